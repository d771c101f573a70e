import Terminal

/// The state as a screen: the same state and size always give the same cells.
struct ExplorerView {
  let state: ExplorerState
  let layout: ExplorerLayout
  let theme: Theme

  init(state: ExplorerState, columns: Int, rows: Int) {
    self.state = state
    let content = ExplorerLayout.Content(
      lessonRows: Self.lessonRows(state, columns: columns),
      hasStrip: state.view == .single, hasScoring: state.showsScoring, focus: state.focus,
      layerCount: state.model.layers.count)
    layout = ExplorerLayout(columns: columns, rows: rows, content: content)
    theme = Theme(colorMode: state.terminal.colorMode)
  }

  func screen() -> Screen {
    var screen = Screen(width: layout.bounds.width, height: layout.bounds.height)
    switch layout.kind {
    case .tooSmall:
      drawSizeSentence(on: &screen)
      return screen
    case .compact:
      drawMiddle(on: &screen)
      drawSelectedRow(on: &screen)
      drawLesson(on: &screen)
    case .full:
      drawHeader(on: &screen)
      drawMiddle(on: &screen)
      drawStrip(on: &screen)
      drawClasses(on: &screen)
      drawLayers(on: &screen)
      drawScoring(on: &screen)
      drawLegend(on: &screen)
      drawLesson(on: &screen)
    }
    drawStatus(on: &screen)
    drawDialog(on: &screen)
    return screen
  }

  /// The view, or why there is none.
  private func drawMiddle(on screen: inout Screen) {
    switch state.image.status {
    case .unopened:
      drawMessage("\(spinner) reading \(state.image.name)", theme.muted, on: &screen)
    case .failed(let reason):
      drawMessage(reason, theme.warning, on: &screen)
    case .opened:
      ViewTable.definition(of: state.view).draw(self, &screen)
    }
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

  /// Turns while something is computed.
  var spinner: String {
    let frames =
      state.terminal.encoding == .utf8
      ? ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] : ["|", "/", "-", "\\"]
    return frames[state.ticks % frames.count]
  }
}
