/// What the pages of the lesson say of the image on the screen.
struct LessonFacts {
  let state: ExplorerState
  let notation: Notation

  init(state: ExplorerState) {
    self.state = state
    notation = Notation(encoding: state.terminal.encoding)
  }

  /// The chosen class in a sentence.
  var className: String {
    guard let label = state.selectedClass?.shortLabel else { return "the class" }
    return notation("“\(label)”", "\"\(label)\"")
  }

  /// The chosen layer.
  var layer: LayerFacts { state.selectedLayer }

  /// The weights of the channels, alpha, once they are known.
  var weights: [Float] {
    state.request.flatMap { state.results.result(of: $0.phaseOne)?.weights } ?? []
  }

  /// The share of the image where a step's map is above one half.
  func brightShare(of step: Step) -> String? {
    guard let request = state.request(at: step), let result = state.results.result(of: request),
      let values = result.map(at: step, merging: state.mergingParameters)?.values, !values.isEmpty
    else { return nil }
    return Formatting.wholePercent(
      Double(values.count { $0 > 0.5 }) / Double(values.count))
  }

  /// While a number is not known yet.
  var pending: String { "Being computed." }
}
