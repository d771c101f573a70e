import Terminal

/// The state as a screen: the same state and size always give the same cells.
struct ExplorerView {
  let state: ExplorerState
  let layout: ExplorerLayout
  let theme: Theme

  init(state: ExplorerState, columns: Int, rows: Int) {
    self.state = state
    layout = ExplorerLayout(columns: columns, rows: rows)
    theme = Theme(colorMode: state.terminal.colorMode)
  }

  func screen() -> Screen {
    var screen = Screen(width: layout.bounds.width, height: layout.bounds.height)
    switch layout.kind {
    case .tooSmall:
      drawSizeSentence(on: &screen)
      return screen
    case .compact:
      drawPicture(on: &screen)
      drawSelectedClass(on: &screen)
    case .full:
      drawHeader(on: &screen)
      drawPicture(on: &screen)
      drawCaption(on: &screen)
      drawClasses(on: &screen)
      drawLegend(on: &screen)
    }
    drawStatus(on: &screen)
    if state.isHelpShown { drawHelp(on: &screen) }
    return screen
  }

  /// What a use of the mouse asks for.
  func command(for mouse: MouseEvent) -> ExplorerCommand? {
    switch mouse.action {
    case .wheelUp: return .previousClass
    case .wheelDown: return .nextClass
    case .press(1):
      if state.isHelpShown { return .dismiss }
      return classList?.row(atX: mouse.x, y: mouse.y).map { .selectClass($0) }
    default: return nil
    }
  }

  private func drawSizeSentence(on screen: inout Screen) {
    let (columns, rows) = ExplorerLayout.smallest
    let sentence = """
      camtui needs \(columns) × \(rows) characters; this terminal has \
      \(screen.width) × \(screen.height).
      """
    let lines = Formatting.wrapped(sentence, width: screen.width)
    for (line, text) in lines.prefix(screen.height).enumerated() {
      screen.write(text, x: 0, y: line)
    }
  }
}
