import CAMEngine
import Terminal

extension ExplorerView {
  /// The line under the picture: what it shows, or what is being computed.
  func drawCaption(on screen: inout Screen) {
    guard layout.kind == .full, let (text, style) = caption else { return }
    let columns = layout.caption.inset(columns: 1, rows: 0).width
    writeCaption((caseCaption(text, columns: columns), style), on: &screen)
  }

  /// A caption behind the image's place in an evaluation, as much of both as fits.
  private func caseCaption(_ text: String, columns: Int) -> String {
    guard let known = state.shownCase(at: captionStep), let label = state.selectedClass?.shortLabel
    else {
      return text
    }
    let place = "\(known.rank), \(known.figure)"
    let isReady = captionStep == .input || state.map(at: captionStep) != nil
    let all = ["\(place): \(text)"] + (isReady ? ["\(place) for \(label)", place] : [])
    return all.first { DisplayWidth.columns(of: $0) <= columns } ?? text
  }

  /// The step that the caption is about: of all side by side, the last one.
  private var captionStep: Step {
    state.view == .phases ? state.steps[state.steps.count - 1] : state.step
  }

  var caption: (text: String, style: TextStyle)? {
    guard state.image.opened != nil else { return nil }
    if let note = readingNote(columns: layout.caption.width - 2) { return (note, theme.title) }
    guard let selected = state.selectedClass else {
      return ("\(spinner) asking the model what this is", theme.muted)
    }
    let step = captionStep
    if step == .input {
      let isFramed = state.image.opened?.crop != nil
      return ("the photo\(isFramed ? "; the model saw what the frame holds" : "")", theme.muted)
    }
    if let failure = state.failure(at: step) {
      return ("\(title(of: step)) failed: \(failure)", theme.warning)
    }
    if let progress = progressCaption(step) { return progress }
    guard let map = state.map(at: step) else {
      return ("\(spinner) computing \(title(of: step)) for \(selected.shortLabel)", theme.muted)
    }
    return finishedCaption(step, map, selected)
  }

  /// Said of a map that is empty after its ReLU.
  static let emptyNote = "empty: nothing speaks for it (a: what is against)"

  private func finishedCaption(
    _ step: Step, _ map: ActivationMap, _ selected: ClassScore
  ) -> (text: String, style: TextStyle) {
    let name = "\(title(of: step)) for \(selected.shortLabel)"
    if state.isSignedMap(at: step) {
      return ("against (blue), for (red): \(selected.shortLabel)", theme.plain)
    }
    if map.isEmpty {
      return (Self.emptyNote, theme.warning)
    }
    return state.content == .photo ? ("\(name) (hidden: o)", theme.muted) : (name, theme.plain)
  }

  /// What is said while Phase 2 is under way, or was stopped.
  private func progressCaption(_ step: Step) -> (text: String, style: TextStyle)? {
    guard step.needsScoring, let scoring = state.scoring, !scoring.isComplete else { return nil }
    let count = "\(scoring.scoredCount) of \(scoring.order.count) channels"
    guard state.isScoring else {
      return ("\(step.name), partial: \(count); Enter goes on", theme.warning)
    }
    let time = scoring.secondsLeft.map { ", \(Formatting.duration($0)) left" } ?? ""
    return ("\(spinner) \(step.name): \(count)\(time); Esc stops", theme.plain)
  }

  /// What a step is called in a sentence.
  func title(of step: Step) -> String {
    switch step {
    case .input: "Input"
    case .phaseOne: "Phase 1, Grad-CAM,"
    case .phaseTwo: "Phase 2, scored masks,"
    case .phaseThree: "Phase 3, Increment-CAM,"
    case .map: MethodNote.of(state.method).title
    }
  }
}
