import Inference

/// Increment-CAM: Niaz, Soomro, Zia and Choi 2024, "Increment-CAM: Incrementally-weighted Class
/// Activation Maps for Better Visual Explanations", as this project reads its abstract: Phase 1 is
/// Grad-CAM, Phase 2 a Score-CAM-like pass over the Grad-CAM activations, Phase 3 merges and
/// regularises. What the abstract leaves open is set by ``IncrementCAMSettings``.
///
/// Cost: one forward and one backward pass, one forward pass for each scored channel, and one for the
/// empty image with the score `increase`.
enum IncrementCAM: CAMMethod {
  static let name = "increment-cam"
  static let maps = ["phase1", "phase2", "phase3"]
  static let note = MethodNote(
    "Increment-CAM",
    "Grad-CAM first; then its channels are weighed again by how sure the network is of the class when"
      + " it sees the image through each of them; then one map is made by both weights.",
    "L = N( ReLU( Σ_k ( α_k / max |α| + S_k / max S ) · A_k ) )        S_k = p_c(Z_k)")

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes {
    let settings = settings.incrementCAM
    let channels =
      switch settings.channels {
      case .all: layer.channels
      case .fraction(let fraction):
        min(layer.channels, max(1, Int((fraction * Double(layer.channels)).rounded(.up))))
      }
    return Passes(forward: 1 + channels + (settings.score == .increase ? 1 : 0), backward: 1)
  }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let increment = settings.incrementCAM.fitting(scene.head)
    try ScoringSize.check(increment.scoringSize, of: scene.executor.structure)
    let one = phaseOne(scene)
    var scoring = PhaseTwoScoring(
      one, planes: scene.planes, head: scene.head, target: scene.target, settings: increment,
      batchSize: settings.batchSize, memoryLimit: settings.memoryLimit)
    while !scoring.isComplete { try scoring.step(scene.executor) }
    let two = scoring.phase
    let three = PhaseThree(one, two, merge: increment.merge, regularize: increment.regularize)
    return MethodResult(
      maps: [
        .init(name: maps[0], values: one.signedMap.values, seconds: one.seconds),
        .init(name: maps[1], values: two.map.values, seconds: two.seconds),
        .init(name: maps[2], values: three.map.values, seconds: three.seconds),
      ], weights: one.alpha, scores: two.scores,
      parameters: increment.parameters(
        inputSize: (scene.executor.structure.width, scene.executor.structure.height)))
  }

  /// Phase 1 on the network's thread.
  static func phaseOne(_ scene: Scene) -> PhaseOne {
    PhaseOne(
      activation: scene.activation, gradient: scene.gradient, width: scene.layer.width,
      height: scene.layer.height, seconds: scene.observation.seconds)
  }
}
