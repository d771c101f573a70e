import Terminal

extension ExplorerView {
  /// The colour map from 0 to 1, with its name and the opacity.
  func drawLegend(on screen: inout Screen) {
    let area = layout.legend
    guard area.width > 12, area.height >= 3, state.image.opened != nil else { return }
    screen.write(legendTitle, x: area.x, y: area.y, limit: area.width, style: theme.title)
    let bar = area.width - 4
    screen.write("0", x: area.x, y: area.y + 1, style: theme.muted)
    screen.write("1", x: area.x + area.width - 1, y: area.y + 1, style: theme.muted)
    for column in 0..<bar {
      screen[area.x + 2 + column, area.y + 1] = legendCell(column, of: bar)
    }
  }

  private var legendTitle: String {
    switch state.content {
    case .photo: "\(colorTable.name) (map hidden)"
    case .overlay: "\(colorTable.name), \(state.opacity) % opaque"
    case .heatmap: colorTable.name
    }
  }

  private func legendCell(_ column: Int, of columns: Int) -> Cell {
    let value = Float(column) / Float(max(1, columns - 1))
    if state.terminal.colorMode == .mono {
      let steps = Array(" .:-=+*#%@".unicodeScalars)
      return Cell(steps[min(steps.count - 1, Int(value * Float(steps.count)))])
    }
    return Cell(" ", background: colorTable.color(of: value))
  }
}
