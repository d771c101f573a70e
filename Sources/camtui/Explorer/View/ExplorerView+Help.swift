import Terminal

extension ExplorerView {
  /// The key table in a frame on top of the rest.
  func drawHelp(on screen: inout Screen) {
    let keyColumns = KeyTable.bindings.map { DisplayWidth.columns(of: $0.keys) }.max() ?? 0
    let textColumns = KeyTable.bindings.map { DisplayWidth.columns(of: $0.meaning) }.max() ?? 0
    let frame = centered(
      width: keyColumns + textColumns + 6, height: KeyTable.bindings.count + 2)
    screen.fill(frame, with: Cell(" "))
    let inside = frame.inset(columns: 2, rows: 1)
    for (line, binding) in KeyTable.bindings.prefix(inside.height).enumerated() {
      let y = inside.y + line
      screen.write(binding.keys, x: inside.x, y: y, limit: inside.width, style: theme.title)
      let left = keyColumns + 2
      screen.write(binding.meaning, x: inside.x + left, y: y, limit: inside.width - left)
    }
    screen.box(frame, style: theme.muted)
    screen.write(" Keys ", x: frame.x + 2, y: frame.y, style: theme.title)
  }

  private func centered(width: Int, height: Int) -> Rectangle {
    let width = min(width, layout.bounds.width)
    let height = min(height, layout.bounds.height)
    return Rectangle(
      x: (layout.bounds.width - width) / 2, y: (layout.bounds.height - height) / 2, width: width,
      height: height)
  }
}
