import Terminal

extension ExplorerView {
  /// The line at the top: the program, the image, what is shown.
  func drawHeader(on screen: inout Screen) {
    let area = layout.header
    screen.fill(area, with: theme.blank(theme.bar))
    var column = screen.write(" camtui ", x: 0, y: area.y, style: theme.barStrong)
    let shown = contentTabs
    let tabs = shown.reduce(0) { $0 + DisplayWidth.columns(of: $1.text) + 1 }
    let place = state.images.count > 1 ? " (\(state.currentImage + 1)/\(state.images.count))" : ""
    let room = area.width - column - tabs - place.count - 3
    let name = DisplayWidth.truncated(state.image.name, to: room)
    column = screen.write(" " + name, x: column, y: area.y, style: theme.bar)
    screen.write(place, x: column, y: area.y, style: theme.barMuted)
    column = area.width - tabs
    for tab in shown {
      column = screen.write(tab.text, x: column, y: area.y, style: tab.style) + 1
    }
  }

  /// The keys 1 to 3 with what they show; the one that is shown stands in brackets.
  private var contentTabs: [(text: String, style: TextStyle)] {
    PictureContent.allCases.enumerated().map { index, content in
      let isShown = content == state.content
      let name = "\(index + 1) \(content.rawValue)"
      return (
        text: isShown ? "[\(name)]" : " \(name) ",
        style: isShown ? theme.barStrong : theme.barMuted
      )
    }
  }

  /// The line at the bottom: model, layer, time, colours, and how to get help.
  func drawStatus(on screen: inout Screen) {
    let area = layout.status
    screen.fill(area, with: theme.blank(theme.bar))
    let help = layout.kind == .full ? "? help  q quit " : "? help "
    let room = area.width - help.count - 2
    var facts = statusFacts
    var text = facts.joined(separator: " · ")
    while DisplayWidth.columns(of: text) > room, facts.count > 1 {
      facts.removeLast()
      text = facts.joined(separator: " · ")
    }
    screen.write(
      DisplayWidth.truncated(text, to: room), x: 1, y: area.y, style: theme.bar)
    screen.write(help, x: area.width - help.count, y: area.y, style: theme.barStrong)
  }

  /// In the order of importance: what does not fit is left out from the end.
  private var statusFacts: [String] {
    guard let image = state.image.opened else { return [state.terminal.colorMode.displayName] }
    let map = state.image.selectedMap
    let time = map.map { [Formatting.duration($0.seconds)] } ?? []
    if layout.kind == .compact { return [state.content.rawValue] + time + [image.modelName] }
    let layer = map.map { "\(image.layerName) \($0.width)×\($0.height)" } ?? image.layerName
    let facts = [image.modelName, layer] + time + [state.terminal.colorMode.displayName]
    return facts + (state.terminal.colorHint.map { [$0] } ?? [])
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
