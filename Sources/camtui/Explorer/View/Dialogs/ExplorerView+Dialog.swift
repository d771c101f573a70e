import Terminal

extension ExplorerView {
  /// What lies on top of the rest. Menus cover the lists, not the picture, where there are lists.
  func drawDialog(on screen: inout Screen) {
    switch state.dialog {
    case nil: break
    case .help(let line): drawHelp(from: line, on: &screen)
    case .methods(let row): drawMethods(row, on: &screen)
    case .parameters(let row): drawParameters(row, on: &screen)
    case .search(let search): drawSearch(search, on: &screen)
    }
  }

  /// An empty box with a title over the panel, or over everything where there is no panel; returns
  /// its inside.
  func drawMenuBox(
    _ title: String, rows: Int, hint: String, on screen: inout Screen
  ) -> Rectangle {
    let panel = layout.panel
    let frame =
      layout.kind == .full
      ? Rectangle(
        x: panel.x - 1, y: panel.y, width: panel.width + 2,
        height: min(rows + 2, panel.height))
      : centered(width: layout.bounds.width, height: min(rows + 2, layout.bounds.height - 1))
    return drawBox(frame, title, hint: hint, on: &screen)
  }

  func drawBox(
    _ frame: Rectangle, _ title: String, hint: String, on screen: inout Screen
  ) -> Rectangle {
    screen.fill(frame, with: Cell(" "))
    screen.box(frame, style: theme.muted)
    screen.write(
      " \(title) ", x: frame.x + 2, y: frame.y, limit: frame.width - 4, style: theme.title)
    let shown = DisplayWidth.truncated(hint, to: max(0, frame.width - 6))
    let left = frame.x + frame.width - DisplayWidth.columns(of: shown) - 4
    screen.write(
      " \(shown) ", x: left, y: frame.y + frame.height - 1, style: theme.muted)
    return frame.inset(columns: 2, rows: 1)
  }

  func centered(width: Int, height: Int) -> Rectangle {
    let width = min(width, layout.bounds.width)
    let height = min(height, layout.bounds.height)
    return Rectangle(
      x: (layout.bounds.width - width) / 2, y: (layout.bounds.height - height) / 2, width: width,
      height: height)
  }

  /// A line of a menu: text at the left, more at the right.
  func drawMenuRow(
    _ left: String, _ right: String, isMarked: Bool, in line: Rectangle,
    on screen: inout Screen
  ) {
    if isMarked { screen.fill(line, with: theme.blank(theme.selected)) }
    let style = isMarked ? theme.selected : theme.plain
    let rightColumns = DisplayWidth.columns(of: right)
    let room = max(0, line.width - 3 - rightColumns)
    let text = (isMarked ? "▸ " : "  ") + DisplayWidth.truncated(left, to: room)
    screen.write(text, x: line.x, y: line.y, limit: line.width, style: style)
    screen.write(
      right, x: line.x + line.width - rightColumns, y: line.y, style: style)
  }
}
