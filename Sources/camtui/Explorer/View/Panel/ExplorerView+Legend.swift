import Terminal

extension ExplorerView {
  /// The colour map from its least to its greatest value, with its name and the opacity.
  func drawLegend(on screen: inout Screen) {
    let area = layout.legend
    guard area.width > 12, area.height >= 3, state.image.opened != nil else { return }
    let isSigned =
      state.view == .compare ? state.isSigned : state.isSignedMap(at: state.step)
    let table = colorTable(isSigned: isSigned)
    screen.write(
      legendTitle(table), x: area.x, y: area.y, limit: area.width, style: theme.title)
    let (low, high) = isSigned ? ("-1", "+1") : ("0", "1")
    let bar = area.width - low.count - high.count - 2
    screen.write(low, x: area.x, y: area.y + 1, style: theme.muted)
    screen.write(high, x: area.x + area.width - high.count, y: area.y + 1, style: theme.muted)
    for column in 0..<bar {
      screen[area.x + low.count + 1 + column, area.y + 1] = legendCell(column, of: bar, table)
    }
    guard let value = state.reading?.value else { return }
    let column = Int((min(max(value, 0), 1) * Float(bar - 1)).rounded())
    screen.write("▲", x: area.x + low.count + 1 + column, y: area.y + 2, style: theme.title)
  }

  private func legendTitle(_ table: ColorTable) -> String {
    switch state.content {
    case .photo: "\(table.name) (map hidden)"
    case .overlay: "\(table.name), \(state.opacity) % opaque"
    case .heatmap: table.name
    }
  }

  private func legendCell(_ column: Int, of columns: Int, _ table: ColorTable) -> Cell {
    let value = Float(column) / Float(max(1, columns - 1))
    if state.terminal.colorMode == .mono {
      let steps = Array(" .:-=+*#%@".unicodeScalars)
      return Cell(steps[min(steps.count - 1, Int(value * Float(steps.count)))])
    }
    return Cell(" ", background: table.color(of: value))
  }
}
