import CAMEngine
import Terminal

extension ExplorerView {
  /// The columns of a bar beside a name.
  private static let shortGauge = 6
  /// The columns of a share, such as `100.0 %`, with a space before it.
  private static let shareColumns = 8
  /// Narrower lists have no room for a bar beside a name.
  private static let columnsForOneLine = 36

  var classList: ScrolledList? {
    let (area, count) = (layout.classes, state.image.listedTargets.count)
    guard layout.kind == .full, area.height > 0, count > 0 else { return nil }
    let hasBarBelow = count * 2 <= area.height || area.width < Self.columnsForOneLine
    return ScrolledList(
      area: area, count: count, selected: state.image.selectedRow,
      linesPerRow: hasBarBelow ? 2 : 1)
  }

  func drawClasses(on screen: inout Screen) {
    let area = layout.classes
    guard area.height > 0 else { return }
    let count = state.image.listedTargets.count
    let note = classList?.note(count: count)
    drawListTitle(state.model.head.listTitle, .classes, note, above: area, on: &screen)
    guard let list = classList else { return }
    for row in list.visible {
      guard let scored = state.scored(state.image.listedTargets[row]) else { continue }
      drawClass(scored, isSelected: row == state.image.selectedRow, list, row, &screen)
    }
  }

  /// The title of a list; the one that the arrows move in is marked.
  func drawListTitle(
    _ title: String, _ list: Focus, _ note: String?, above area: Rectangle,
    on screen: inout Screen
  ) {
    let isFocused = state.focus == list && !state.viewHasArrows
    let end = screen.write(
      title, x: area.x, y: area.y - 1, style: isFocused ? theme.title : theme.muted)
    let hint = isFocused ? " ↑↓" : " Tab"
    screen.write(hint, x: end, y: area.y - 1, style: theme.muted)
    guard let note else { return }
    screen.write(note, x: area.x + area.width - note.count, y: area.y - 1, style: theme.muted)
  }

  private func drawClass(
    _ scored: ClassScore, isSelected: Bool, _ list: ScrolledList, _ row: Int,
    _ screen: inout Screen
  ) {
    let line = Rectangle(x: list.area.x, y: list.y(of: row), width: list.area.width, height: 1)
    if isSelected { screen.fill(line, with: theme.blank(theme.selected)) }
    let isShort = list.linesPerRow == 1
    let gaugeColumns = isShort ? Self.shortGauge : line.width - 2 - Self.shareColumns
    let labelColumns = isShort ? line.width - 3 - Self.shareColumns - gaugeColumns : line.width - 2
    let style = isSelected ? theme.selected : theme.plain
    let label = DisplayWidth.truncated(scored.label, to: labelColumns)
    screen.write((isSelected ? "▸ " : "  ") + label, x: line.x, y: line.y, style: style)
    let y = line.y + list.linesPerRow - 1
    let gaugeStart = isShort ? line.x + 2 + labelColumns + 1 : line.x + 2
    if let share = scored.probability {
      drawGauge(share, columns: gaugeColumns, isSelected, x: gaugeStart, y: y, &screen)
    }
    let figure = scored.figure
    screen.write(
      figure, x: line.x + line.width - figure.count, y: y, style: isShort ? style : theme.plain)
  }

  /// A bar of heavy line, to half a column, on a thin one; what is not zero is seen.
  func drawGauge(
    _ share: Double, columns: Int, _ isSelected: Bool, x: Int, y: Int, _ screen: inout Screen
  ) {
    let filled = Self.gauge(share, columns: columns)
    let rest = String(repeating: "─", count: max(0, columns - filled.count))
    let style = isSelected ? theme.selectedGauge : theme.gauge
    let end = screen.write(filled, x: x, y: y, style: style)
    screen.write(rest, x: end, y: y, style: theme.muted)
  }

  /// The filled part of a bar.
  static func gauge(_ share: Double, columns: Int) -> String {
    let halves = Int((min(max(share, 0), 1) * Double(columns * 2)).rounded())
    let filled = share > 0 ? max(1, halves) : 0
    return String(repeating: "━", count: filled / 2) + (filled % 2 == 1 ? "╸" : "")
  }

  /// The chosen class, or layer, in one line, where there is no room for the lists.
  func drawSelectedRow(on screen: inout Screen) {
    let area = layout.caption
    if let note = readingNote(columns: area.width - 2) {
      screen.write(note, x: 1, y: area.y, limit: area.width - 2, style: theme.title)
      return
    }
    guard let scored = state.selectedClass else { return }
    let map = state.map(at: state.step)
    if let problem = state.failure(at: state.step) ?? (map?.isEmpty == true ? Self.emptyNote : nil)
    {
      let shown = DisplayWidth.truncated(problem, to: area.width - 2)
      screen.write(shown, x: 1, y: area.y, style: theme.warning)
      return
    }
    let isMissing = state.step != .input && map == nil
    let mark = isMissing || state.isScoring ? spinner : "▸"
    let (left, right) = selectedRow(scored)
    screen.write(right, x: area.width - right.count - 1, y: area.y)
    let label = DisplayWidth.truncated(left, to: area.width - right.count - 6)
    screen.write("\(mark) \(label)", x: 1, y: area.y, style: theme.title)
  }

  private func selectedRow(_ scored: ClassScore) -> (left: String, right: String) {
    guard state.focus == .classes else {
      let place = "\(state.layer + 1)/\(state.model.layers.count)"
      return (state.selectedLayer.name, "\(state.selectedLayer.shape)  \(place)")
    }
    let place =
      state.shownCase(at: state.step)?.rank
      ?? "\(state.image.selectedRow + 1)/\(state.image.listedTargets.count)"
    return (scored.label, "\(scored.figure)  \(place)")
  }
}
