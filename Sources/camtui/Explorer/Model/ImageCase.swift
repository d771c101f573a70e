import CAMEngine

/// Why an image is in the list: its place in an evaluation.
struct ImageCase: Equatable, Sendable {
  /// The map that was measured; where that is of Phase 1, of Increment-CAM.
  var request: MapRequest
  /// The step that was measured.
  var step: Step
  /// The parameters of Phase 3 that were measured.
  var merging = ParameterValues()
  /// The place, such as `worst 3 of 48`.
  var rank: String
  /// The metric with its value, such as `pixel precision 12.3 %`.
  var figure: String

  /// What was explained.
  var target: Target { request.target }
}

extension ExplorerState {
  /// The place of the image in an evaluation, where a step shows the map that was measured; the input
  /// belongs to it too.
  func shownCase(at step: Step) -> ImageCase? {
    guard let known = image.evaluated, known.step == step || step == .input,
      let request, known.request.method == request.method, hasMap(of: known, request)
    else { return nil }
    return known
  }

  /// Whether a request makes the map that was measured, by the parameters that matter to its step.
  private func hasMap(of known: ImageCase, _ request: MapRequest) -> Bool {
    switch known.step {
    case .phaseOne: request.phaseOne == known.request.phaseOne
    case .phaseThree: request == known.request && mergingParameters == known.merging
    default: request == known.request
    }
  }
}
