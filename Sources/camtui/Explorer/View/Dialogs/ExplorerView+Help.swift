import Terminal

extension ExplorerView {
  /// The key table in a frame on top of the rest: in two columns where one would not fit.
  func drawHelp(from firstLine: Int, on screen: inout Screen) {
    let bindings = state.keys.bindings
    let keyColumns = bindings.map { DisplayWidth.columns(of: $0.keys) }.max() ?? 0
    let textColumns = bindings.map { DisplayWidth.columns(of: $0.meaning) }.max() ?? 0
    let width = keyColumns + textColumns + 2
    let room = layout.bounds.height - 3
    let isDouble = bindings.count > room && 2 * width + 6 <= layout.bounds.width
    let rows = isDouble ? (bindings.count + 1) / 2 : bindings.count
    let frame = centered(
      width: (isDouble ? 2 * width + 2 : width) + 4, height: min(rows, room) + 2)
    let inside = drawBox(
      frame, "Keys", hint: rows > room ? "↑↓ scrolls, Esc closes" : "Esc closes", on: &screen)
    let first = min(firstLine, max(0, rows - inside.height))
    for (place, binding) in bindings.enumerated() {
      let line = place % rows - first
      guard (0..<inside.height).contains(line) else { continue }
      let x = inside.x + place / rows * (width + 2)
      let limit = inside.x + inside.width - x
      screen.write(binding.keys, x: x, y: inside.y + line, limit: limit, style: theme.title)
      let left = keyColumns + 2
      screen.write(
        binding.meaning, x: x + left, y: inside.y + line, limit: max(0, limit - left))
    }
  }
}
