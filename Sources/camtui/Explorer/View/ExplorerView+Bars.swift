import Terminal

extension ExplorerView {
  /// The line at the top: the program, the image, the steps.
  func drawHeader(on screen: inout Screen) {
    let area = layout.header
    screen.fill(area, with: theme.blank(theme.bar))
    var column = screen.write(" camtui ", x: 0, y: area.y, style: theme.barStrong)
    let tabs = stepTabs
    let end = tabs.first?.area.x ?? area.width
    let place = state.images.count > 1 ? " (\(state.currentImage + 1)/\(state.images.count))" : ""
    let notes = (state.view == .single ? [] : [ViewTable.definition(of: state.view).title])
    let view = (notes + (zoomNote.map { [$0] } ?? [])).map { " · " + $0 }.joined()
    let room = end - column - place.count - DisplayWidth.columns(of: view) - 2
    let name = DisplayWidth.truncated(state.image.name, to: max(0, room))
    column = screen.write(" " + name, x: column, y: area.y, style: theme.bar)
    column = screen.write(place, x: column, y: area.y, style: theme.barMuted)
    screen.write(view, x: column, y: area.y, limit: max(0, end - column), style: theme.barStrong)
    for tab in tabs { screen.write(tab.text, x: tab.area.x, y: area.y, style: tab.style) }
  }

  /// The steps with their keys at the right of the header; the shown one stands in brackets.
  var stepTabs: [(text: String, style: TextStyle, area: Rectangle)] {
    guard layout.kind == .full else { return [] }
    let texts = state.steps.enumerated().map { place, step in
      isShown(step) ? "[\(place + 1) \(step.name)]" : " \(place + 1) \(step.name) "
    }
    var x = layout.header.width - texts.reduce(0) { $0 + $1.count + 1 }
    return zip(state.steps, texts).map { step, text in
      defer { x += text.count + 1 }
      let area = Rectangle(x: x, y: layout.header.y, width: text.count, height: 1)
      return (text, isShown(step) ? theme.barStrong : theme.barMuted, area)
    }
  }

  /// Whether the step is the one in the large picture.
  func isShown(_ step: Step) -> Bool { state.view == .single && step == state.step }

  /// The line at the bottom: facts at the left, the most important keys at the right.
  func drawStatus(on screen: inout Screen) {
    let area = layout.status
    screen.fill(area, with: theme.blank(theme.bar))
    if let note = state.savingNote {
      let shown = DisplayWidth.truncated(note, to: max(0, area.width - 2))
      screen.write(shown, x: 1, y: area.y, style: theme.barStrong)
      return
    }
    let keys = keyHints
    let room = area.width - DisplayWidth.columns(of: keys) - 3
    var facts = statusFacts
    var text = facts.joined(separator: " · ")
    while DisplayWidth.columns(of: text) > room, facts.count > 1 {
      facts.removeLast()
      text = facts.joined(separator: " · ")
    }
    screen.write(
      DisplayWidth.truncated(text, to: max(0, room)), x: 1, y: area.y, style: theme.bar)
    screen.write(
      keys, x: area.width - DisplayWidth.columns(of: keys) - 1, y: area.y, style: theme.barStrong)
  }

  /// The keys that a newcomer needs, as many as take up to two thirds of the line.
  private var keyHints: String {
    let list = "↑↓ \(state.focus == .classes ? "class" : "layer")"
    let all = [
      (state.viewHasArrows ? state.viewArrows ?? list : list, 2),
      (state.viewHint ?? "←→ step", 3),
      ("Tab \(state.viewHasArrows ? "classes" : "layers")", 7),
      ("/ find", 5), ("m method", 6), ("v view", 8), ("t explain", 4), ("? help", 0), ("q quit", 1),
    ]
    let room = layout.status.width * 2 / 3
    let affordable = (1...all.count).last { count in
      all.filter { $0.1 < count }.reduce(0) { $0 + $1.0.count + 2 } <= room
    }
    return all.filter { $0.1 < affordable ?? 1 }.map(\.0).joined(separator: "  ")
  }

  /// In the order of importance: what does not fit is left out from the end.
  private var statusFacts: [String] {
    let time = state.seconds(at: state.step).map { [Formatting.duration($0)] } ?? []
    if layout.kind == .compact {
      return [compactStep] + (zoomNote.map { [$0] } ?? []) + time
    }
    let layer = state.selectedLayer
    let facts = [state.model.name] + time + ["\(layer.name) \(layer.shape)"]
    let colors = [state.terminal.colorMode.displayName]
    return facts + colors + (state.terminal.colorHint.map { [$0] } ?? []) + head
  }

  /// What the scores are, and whether anything was assumed.
  private var head: [String] {
    let name = state.model.head.name
    guard !name.isEmpty else { return [] }
    return [name + (state.model.notes.isEmpty ? "" : " (assumed: camtui inspect)")]
  }

  /// The step, and how far Phase 2 is.
  private var compactStep: String {
    guard state.step.needsScoring, let scoring = state.scoring, !scoring.isComplete else {
      return state.view == .single ? state.step.name : ViewTable.definition(of: state.view).title
    }
    let count = "\(scoring.scoredCount)/\(scoring.order.count)"
    return state.isScoring ? "\(state.step.name): \(count)" : "partial: \(count)"
  }
}

extension ColorMode {
  /// The mode in words.
  var displayName: String {
    switch self {
    case .truecolor: "truecolor"
    case .indexed256: "256 colours"
    case .indexed16: "16 colours"
    case .mono: "no colours"
    }
  }
}
