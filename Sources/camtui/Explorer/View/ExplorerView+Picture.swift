import Terminal

extension ExplorerView {
  /// The ticks for which the last map stays on the screen while the next one is computed; after
  /// that the photo alone is shown. Quick changes of class do not flicker this way.
  private static let bridgedTicks = 2

  /// The map to be drawn: the chosen one, or for a moment the last one.
  var shownMap: ShownMap? {
    guard let request = state.request(at: state.step) else { return nil }
    if state.map(at: state.step) != nil { return ShownMap(request: request, step: state.step) }
    guard state.isComputing, state.ticks < Self.bridgedTicks, let last = state.lastShown,
      last.request.image == state.currentImage
    else { return nil }
    return last
  }

  /// Draws a picture as large as it fits.
  func draw(_ composition: PictureComposition, in area: Rectangle, on screen: inout Screen) {
    guard area.width > 0, area.height > 0 else { return }
    let region = composition.shownRegion
    let fit = PictureLayout(
      pictureWidth: region.width, pictureHeight: region.height,
      columns: area.width, rows: area.height, glyphs: state.terminal.glyphs,
      cellAspect: state.terminal.cellAspect)
    screen.draw(Screen(composition.pixels(for: fit), layout: fit), x: area.x, y: area.y)
  }

  /// What a map looks like over the photo, as overlay, heatmap or not at all.
  func composition(_ image: OpenedImage, _ map: ActivationMap?, isSigned: Bool)
    -> PictureComposition
  {
    guard let map, state.content != .photo else {
      return PictureComposition(image: image, layer: .photo)
    }
    let opacity = state.content == .heatmap ? 1 : Float(state.opacity) / 100
    let table = colorTable(isSigned: isSigned)
    return PictureComposition(image: image, layer: .map(map, opacity: opacity, table))
  }

  /// The picture of a step.
  func composition(_ image: OpenedImage, at step: Step) -> PictureComposition {
    composition(image, state.map(at: step), isSigned: state.isSignedMap(at: step))
  }

  /// The colour map; without colours, one that only gets brighter.
  func colorTable(isSigned: Bool) -> ColorTable {
    if state.terminal.colorMode == .mono { return .brightness }
    return isSigned ? .signed : state.colorTable
  }

  /// The height over the width of what the model saw, in cells.
  func cellAspect(of image: OpenedImage) -> Double {
    image.seenRegion.height / image.seenRegion.width / state.terminal.cellAspect
  }

  /// The line under the picture, where the screen has one.
  func writeCaption(_ caption: (text: String, style: TextStyle), on screen: inout Screen) {
    guard layout.kind == .full else { return }
    let area = layout.caption.inset(columns: 1, rows: 0)
    writeCentered(caption.text, in: area, style: caption.style, on: &screen)
  }

  /// One line in the middle of a rectangle.
  func writeCentered(
    _ text: String, in area: Rectangle, style: TextStyle, on screen: inout Screen
  ) {
    let shown = DisplayWidth.truncated(text, to: area.width)
    let left = area.x + max(0, (area.width - DisplayWidth.columns(of: shown)) / 2)
    screen.write(shown, x: left, y: area.y, limit: area.width, style: style)
  }
}
