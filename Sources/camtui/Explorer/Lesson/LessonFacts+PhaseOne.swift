/// The image, and Phase 1.
extension LessonFacts {
  var image: LessonText {
    let model = state.model
    return LessonText(
      title: "The image and its scores",
      words: """
        The network takes the part of the photo in the frame, \(model.inputWidth) × \
        \(model.inputHeight) pixels, and gives every class c a score f_c. \(model.head.lesson) The \
        question from here on: which parts of the image made the score of one class high?
        """,
      formula: notation(model.head.formula, model.head.plainFormula),
      numbers: state.selectedClass.map { scored in
        """
        Here \(className) has the score \(Formatting.decimal(scored.score))\
        \(scored.probability.map { " and the probability " + Formatting.percent($0) } ?? ""), \
        among \(model.labels.count) classes.
        """
      } ?? pending)
  }

  var channelWeights: LessonText {
    LessonText(
      title: "Phase 1: channels and their weights",
      words: """
        \(layerWords) Each lights up where it finds \
        its own pattern: fur, an edge, an eye. The weight \(notation.alpha)_k says how much the \
        score would rise if channel k were a little brighter: the mean of the derivative over all \
        places.
        """,
      formula: notation(
        "α_k = mean_ij ∂f_c / ∂A_k,ij        G_k = ReLU(α_k · A_k)",
        "alpha_k = mean_ij df_c / dA_k,ij        G_k = ReLU(alpha_k * A_k)"),
      numbers: channelNumbers ?? pending)
  }

  /// What the layer is made of: channels, or tokens of which each number is one.
  private var layerWords: String {
    guard layer.isTokens else {
      return """
        Inside the network, the layer \(layer.name) holds \(layer.channels) small pictures of \
        \(layer.width) × \(layer.height) places, its channels A_k.
        """
    }
    return """
      Inside the network, the layer \(layer.name) holds a token for each of \(layer.width) × \
      \(layer.height) patches of the image, a list of \(layer.channels) numbers. The number k of \
      all tokens is a small picture, its channel A_k.
      """
  }

  private var channelNumbers: String? {
    guard let best = weights.indices.max(by: { weights[$0] < weights[$1] }) else { return nil }
    let (positive, negative) = (weights.count { $0 > 0 }, weights.count { $0 < 0 })
    let silent = weights.count - positive - negative
    let others = silent == 0 ? "the others" : "\(negative)"
    let rest = silent == 0 ? "" : ", \(silent) say nothing"
    return """
      Here \(positive) of \(weights.count) channels speak for \(className), \(others) against it\(rest); \
      the largest weight is \(notation.alpha) = \(Formatting.decimal(Double(weights[best]))), of \
      channel \(best).
      """
  }

  var gradCAM: LessonText {
    LessonText(
      title: "Phase 1: the Grad-CAM map",
      words: """
        Add all channels up, each times its weight. ReLU sets what is negative to 0: what is left \
        speaks for the class. N scales the result to 0 ... 1, and it is enlarged and laid over the \
        photo. This is Grad-CAM (Selvaraju et al. 2017). Press a to see what speaks against.
        """,
      formula: notation(
        "L1 = N( ReLU( Σ_k α_k · A_k ) )", "L1 = N( ReLU( sum_k alpha_k * A_k ) )"),
      numbers: phaseOneNumbers ?? pending)
  }

  private var phaseOneNumbers: String? {
    guard let map = state.request.flatMap({ state.results.result(of: $0.phaseOne)?.map }) else {
      return nil
    }
    guard !map.isEmpty, let share = brightShare(of: .phaseOne) else {
      return "Here the map is empty: no place of this layer speaks for \(className)."
    }
    return """
      Here the map is above one half on \(share) of the image; it took \
      \(Formatting.duration(map.seconds)).
      """
  }
}
