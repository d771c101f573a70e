import Terminal

extension ExplorerView {
  /// The ticks for which the last map stays on the screen while the next one is computed; after
  /// that the photo alone is shown. Quick changes of class do not flicker this way.
  private static let bridgedTicks = 2

  /// The map to be drawn, with its class: the chosen one's, or for a moment the last one.
  var shownMap: (map: ActivationMap, classIndex: Int)? {
    guard let selected = state.image.selectedClass else { return nil }
    if let map = state.image.selectedMap { return (map, selected.index) }
    guard state.isComputing, state.ticks < Self.bridgedTicks,
      let last = state.image.lastShownClass, let map = state.image.map(ofClass: last)
    else { return nil }
    return (map, last)
  }

  func drawPicture(on screen: inout Screen) {
    switch state.image.status {
    case .unopened:
      drawMessage("\(spinner) reading \(state.image.name)", theme.muted, on: &screen)
    case .failed(let reason):
      drawMessage(reason, theme.warning, on: &screen)
    case .opened(let image):
      let area = layout.picture
      let fit = PictureLayout(
        pictureWidth: Double(image.photo.width), pictureHeight: Double(image.photo.height),
        columns: area.width, rows: area.height, glyphs: state.terminal.glyphs,
        cellAspect: state.terminal.cellAspect)
      let picture = composition(of: image).pixels(for: fit)
      screen.draw(Screen(picture, layout: fit), x: area.x, y: area.y)
    }
  }

  private func composition(of image: OpenedImage) -> PictureComposition {
    let map = state.content == .photo ? nil : shownMap?.map
    return PictureComposition(
      image: image, map: map,
      opacity: state.content == .heatmap ? 1 : Float(state.opacity) / 100,
      colorTable: colorTable)
  }

  private func drawMessage(_ text: String, _ style: TextStyle, on screen: inout Screen) {
    let area = layout.picture
    let lines = Formatting.wrapped(text, width: min(60, area.width - 4))
    let top = area.y + max(0, (area.height - lines.count) / 2)
    for (line, text) in lines.prefix(area.height).enumerated() {
      let left = area.x + max(0, (area.width - DisplayWidth.columns(of: text)) / 2)
      screen.write(text, x: left, y: top + line, limit: area.width, style: style)
    }
  }

  /// The line under the picture: what it shows, or what is being computed.
  func drawCaption(on screen: inout Screen) {
    guard let (text, style) = caption else { return }
    let area = layout.caption
    let shown = DisplayWidth.truncated(text, to: area.width - 2)
    let left = area.x + max(1, (area.width - DisplayWidth.columns(of: shown)) / 2)
    screen.write(shown, x: left, y: area.y, limit: area.width - 2, style: style)
  }

  var caption: (text: String, style: TextStyle)? {
    guard let image = state.image.opened, let selected = state.image.selectedClass else {
      return nil
    }
    let name = "\(image.methodName) for \(selected.label)"
    if case .failed(let reason) = state.image.maps[selected.index] {
      return ("\(image.methodName) failed: \(reason)", theme.warning)
    }
    if state.image.selectedMap == nil { return ("\(spinner) computing \(name)", theme.muted) }
    switch state.content {
    case .photo:
      return (
        image.crop == nil ? "the photo" : "the photo; the model saw what the frame holds",
        theme.muted
      )
    case .overlay, .heatmap: return (name, theme.plain)
    }
  }

  /// The colour map; without colours, one that only gets brighter.
  var colorTable: ColorTable {
    guard state.terminal.colorMode == .mono else { return state.colorTable }
    return ColorTable(name: "brightness") { value in
      let grey = UInt8(min(max(value, 0), 1) * 255)
      return (grey, grey, grey)
    }
  }

  /// Turns while something is computed.
  var spinner: String {
    let frames =
      state.terminal.encoding == .utf8
      ? ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] : ["|", "/", "-", "\\"]
    return frames[state.ticks % frames.count]
  }
}
