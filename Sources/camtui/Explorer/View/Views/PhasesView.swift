import Terminal

extension ViewDefinition {
  /// The pictures of all steps side by side.
  static let phases = ViewDefinition(
    mode: .phases, title: "all steps",
    missingJob: { $0.missingJob(for: $0.requests(for: $0.steps)) },
    draw: { $0.drawPhases(on: &$1) },
    pictures: { $0.phasesGrid?.pictures ?? [] })
}

extension ExplorerView {
  fileprivate func drawPhases(on screen: inout Screen) {
    guard let image = state.image.opened, let grid = phasesGrid else { return }
    for (place, step) in state.steps.enumerated() {
      drawZoomed(composition(image, at: step).cropped, in: grid.pictures[place], on: &screen)
      let (text, style) = phaseTitle(step, place)
      writeCentered(text, in: grid.titles[place], style: style, on: &screen)
    }
    drawCaption(on: &screen)
  }

  fileprivate var phasesGrid: PictureGrid? {
    state.image.opened.map {
      PictureGrid(area: layout.picture, count: state.steps.count, aspect: cellAspect(of: $0))
    }
  }

  private func phaseTitle(_ step: Step, _ place: Int) -> (String, TextStyle) {
    let name = "\(place + 1) \(step.name)"
    if state.failure(at: step) != nil { return ("\(name): failed", theme.warning) }
    guard step != .input else { return (name, theme.title) }
    guard state.map(at: step) != nil else { return ("\(name) \(spinner)", theme.muted) }
    guard step.needsScoring, let scoring = state.scoring, !scoring.isComplete else {
      return (name, theme.title)
    }
    return ("\(name): \(scoring.scoredCount) of \(scoring.order.count)", theme.title)
  }
}
