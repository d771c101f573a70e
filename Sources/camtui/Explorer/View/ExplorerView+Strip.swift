import Terminal

extension ExplorerView {
  /// The places of the small pictures, with the lines under them.
  var stripCells: [Rectangle] {
    guard layout.strip.height > 2, let image = state.image.opened else { return [] }
    let height = layout.strip.height
    let natural = Int((Double(height - 2) / cellAspect(of: image)).rounded())
    let width = min(layout.strip.width / state.steps.count - 2, max(14, natural))
    let gap = 2
    let left = (layout.strip.width - state.steps.count * (width + gap) + gap) / 2
    return state.steps.indices.map { place in
      Rectangle(
        x: left + place * (width + gap), y: layout.strip.y, width: width, height: height)
    }
  }

  /// The small pictures of all steps.
  func drawStrip(on screen: inout Screen) {
    guard let image = state.image.opened else { return }
    for (place, cell) in stripCells.enumerated() {
      let step = state.steps[place]
      let picture = Rectangle(
        x: cell.x, y: cell.y + 1, width: cell.width, height: cell.height - 2)
      let title = Rectangle(
        x: cell.x, y: cell.y + cell.height - 1, width: cell.width, height: 1)
      if step == .input || state.map(at: step) != nil {
        var small = composition(image, at: step).cropped
        // Where one looks, when the large picture shows a part only.
        if state.zoom != .whole { small.framed = placements.first?.region }
        draw(small, in: picture, on: &screen)
      } else {
        drawMissing(step, in: picture, on: &screen)
      }
      let name = "\(place + 1) \(step.name)"
      writeCentered(
        isShown(step) ? "[\(name)]" : name, in: title,
        style: isShown(step) ? theme.title : theme.muted, on: &screen)
    }
  }

  private func drawMissing(_ step: Step, in area: Rectangle, on screen: inout Screen) {
    screen.box(area, style: theme.muted)
    let line = Rectangle(
      x: area.x + 1, y: area.y + area.height / 2, width: area.width - 2, height: 1)
    let text = state.failure(at: step) != nil ? "failed" : "not yet"
    writeCentered(text, in: line, style: theme.muted, on: &screen)
  }
}
