/// What each method does, in words and as a formula.
struct MethodNotes: Sendable {
  /// The name as people write it.
  let title: String
  let text: String
  let formula: String

  init(_ title: String, _ text: String, _ formula: String) {
    self.title = title
    self.text = text
    self.formula = formula
  }

  /// The formula with characters of ASCII only.
  var asciiFormula: String {
    let names: [(String, String)] = [
      ("Σ", "sum"), ("α", "alpha"), ("∂", "d"), ("·", "*"), ("²", "^2"), ("³", "^3"),
      ("−", "-"), ("ᵀ", "^T"),
    ]
    return names.reduce(formula) {
      $0.split(separator: $1.0, omittingEmptySubsequences: false)
        .joined(separator: $1.1)
    }
  }

  /// The note of a method, by its name on the command line; a method without one has its name.
  static func note(of method: String) -> MethodNotes {
    notes[method] ?? MethodNotes(method, "", "")
  }

  private static let notes: [String: MethodNotes] = [
    "increment-cam": MethodNotes(
      "Increment-CAM",
      "Grad-CAM first; then its channels are weighed again by what the network gains when it sees the"
        + " image through each of them; then both maps are joined.",
      "L = N( L1 + L2 )"),
    "grad-cam": MethodNotes(
      "Grad-CAM",
      "Channels are added up, each times the mean of the score's derivative. One forward and one"
        + " backward pass.",
      "L = N( ReLU( Σ_k α_k · A_k ) )        α_k = mean_ij ∂f_c / ∂A_k,ij"),
    "grad-cam-plus-plus": MethodNotes(
      "Grad-CAM++",
      "As Grad-CAM, but only places that raise the score count, and each occurrence of an object"
        + " counts alike, however small it is.",
      "α_k = Σ_ij a_k,ij · ReLU( g_k,ij )        a = g² / ( 2 g² + Σ A_k · g³ )"),
    "hires-cam": MethodNotes(
      "HiResCAM",
      "Every place of a channel is multiplied by its own derivative, not by the channel's mean: what"
        + " is bright was really used.",
      "L = N( ReLU( Σ_k ∂f_c / ∂A_k · A_k ) )"),
    "xgrad-cam": MethodNotes(
      "XGrad-CAM",
      "As Grad-CAM, but places count by how bright they are in the channel.",
      "α_k = Σ_ij ( A_k,ij / Σ A_k ) · ∂f_c / ∂A_k,ij"),
    "layer-cam": MethodNotes(
      "LayerCAM",
      "Every place is multiplied by its own derivative where that is positive; gives fine maps of"
        + " early layers, too.",
      "L = N( ReLU( Σ_k ReLU( ∂f_c / ∂A_k ) · A_k ) )"),
    "eigen-cam": MethodNotes(
      "EigenCAM",
      "The pattern that most channels share, without regard to any class: the map is the same for"
        + " all of them.",
      "A = U S Vᵀ        L = N( A · v_1 )"),
    "score-cam": MethodNotes(
      "Score-CAM",
      "No derivatives: the network sees the image through every channel, and softmax over the scores"
        + " gives the weights. One forward pass a channel.",
      "L = N( ReLU( Σ_k softmax_k( f_c(Z_k) ) · A_k ) )"),
    "score-cam-probability": MethodNotes(
      "Score-CAM, probabilities",
      "As the authors' program computes it: the weight of a channel is the class's probability for"
        + " the masked image.",
      "L = N( ReLU( Σ_k p_c(Z_k) · A_k ) )"),
    "ablation-cam": MethodNotes(
      "Ablation-CAM",
      "The weight of a channel is the share of the score that is lost when the channel is set to 0.",
      "α_k = ( f_c − f_c(without A_k) ) / f_c"),
    "recipro-cam": MethodNotes(
      "Recipro-CAM",
      "Without derivatives: the network's tail sees one place of the layer at a time.",
      "L_ij = f_c( A · mask_ij )"),
    "group-cam": MethodNotes(
      "Group-CAM",
      "Channels are put into groups; each group's sum masks the image, and what it keeps of the score"
        + " is its weight.",
      "L = N( ReLU( Σ_g S_g · M_g ) )"),
  ]
}
