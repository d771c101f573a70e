import Terminal

extension ExplorerView {
  /// Longer lines are hard to read.
  private static let longestLine = 110

  /// The lines that the lesson needs on a screen of a width; 0 when nothing is explained.
  static func lessonRows(_ state: ExplorerState, columns: Int) -> Int {
    guard let text = state.lessonText else { return 0 }
    return 1 + lessonLines(text, columns: columns).count
  }

  private static func lessonLines(_ text: LessonText, columns: Int) -> [(String, Bool)] {
    let width = max(20, min(columns - 2, longestLine))
    func lines(_ part: String, isFormula: Bool = false) -> [(String, Bool)] {
      Formatting.wrapped(part, width: width).map { ($0, isFormula) }
    }
    let formula: [(String, Bool)] =
      text.formula.isEmpty
      ? []
      : text.formula.count + 2 <= width
        ? [("  " + text.formula, true)] : lines(text.formula, isFormula: true)
    return lines(text.words) + formula + lines(text.numbers)
  }

  /// The text of the lesson under everything else.
  func drawLesson(on screen: inout Screen) {
    let area = layout.lesson
    guard area.height > 0, let text = state.lessonText else { return }
    if area.height == 1 { return drawFormula(text, in: area, on: &screen) }
    let rule = String(repeating: "─", count: area.width)
    screen.write(rule, x: area.x, y: area.y, style: theme.muted)
    screen.write(" \(text.title) ", x: area.x + 2, y: area.y, style: theme.title)
    let keys = " \(lessonPlace)  Space: next, b: back, t: close "
    screen.write(
      keys, x: area.x + area.width - keys.count - 2, y: area.y, style: theme.muted)
    let lines = Self.lessonLines(text, columns: area.width)
    for (line, (text, isFormula)) in lines.prefix(area.height - 1).enumerated() {
      screen.write(
        text, x: area.x + 1, y: area.y + 1 + line, limit: area.width - 2,
        style: isFormula ? theme.formula : theme.plain)
    }
  }

  private func drawFormula(_ text: LessonText, in area: Rectangle, on screen: inout Screen) {
    let end = screen.write("\(lessonPlace) ", x: area.x + 1, y: area.y, style: theme.muted)
    let shown = text.formula.isEmpty ? text.title : text.formula
    screen.write(
      DisplayWidth.truncated(shown, to: area.width - end), x: end, y: area.y,
      style: theme.formula)
  }

  private var lessonPlace: String {
    "\(state.lessonPage + 1)/\(Lesson.pages(isIncrementCAM: state.isIncrementCAM).count)"
  }
}
