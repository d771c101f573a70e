import Terminal

extension ExplorerView {
  /// The columns of a bar beside a name.
  private static let shortGauge = 6
  /// The columns of a share, such as `100.0 %`, with a space before it.
  private static let shareColumns = 8

  var classList: ClassList? {
    guard layout.kind == .full, let count = state.image.opened?.classes.count, count > 0 else {
      return nil
    }
    return ClassList(area: layout.classes, count: count, selected: state.image.selectedRow)
  }

  func drawClasses(on screen: inout Screen) {
    let area = layout.classes
    screen.write("Classes", x: area.x, y: area.y - 1, style: theme.title)
    guard let list = classList, let classes = state.image.opened?.classes else { return }
    if list.visible.count < classes.count {
      let note = "\(list.visible.lowerBound + 1)–\(list.visible.upperBound) of \(classes.count)"
      screen.write(note, x: area.x + area.width - note.count, y: area.y - 1, style: theme.muted)
    }
    for row in list.visible {
      drawClass(classes[row], isSelected: row == state.image.selectedRow, list, row, &screen)
    }
  }

  private func drawClass(
    _ scored: ClassScore, isSelected: Bool, _ list: ClassList, _ row: Int, _ screen: inout Screen
  ) {
    let line = Rectangle(x: list.area.x, y: list.y(of: row), width: list.area.width, height: 1)
    if isSelected { screen.fill(line, with: theme.blank(theme.selected)) }
    let isShort = list.linesPerClass == 1
    let gaugeColumns = isShort ? Self.shortGauge : line.width - 2 - Self.shareColumns
    let labelColumns = isShort ? line.width - 3 - Self.shareColumns - gaugeColumns : line.width - 2
    let style = isSelected ? theme.selected : theme.plain
    let label = DisplayWidth.truncated(scored.label, to: labelColumns)
    screen.write((isSelected ? "▸ " : "  ") + label, x: line.x, y: line.y, style: style)
    let y = line.y + list.linesPerClass - 1
    let gaugeStart = isShort ? line.x + 2 + labelColumns + 1 : line.x + 2
    drawGauge(scored.probability, columns: gaugeColumns, isSelected, x: gaugeStart, y: y, &screen)
    let share = Formatting.percent(scored.probability)
    screen.write(
      share, x: line.x + line.width - share.count, y: y, style: isShort ? style : theme.plain)
  }

  /// A bar of heavy line, to half a column, on a thin one; what is not zero is seen.
  private func drawGauge(
    _ share: Double, columns: Int, _ isSelected: Bool, x: Int, y: Int, _ screen: inout Screen
  ) {
    let filled = Self.gauge(share, columns: columns)
    let rest = String(repeating: "─", count: columns - filled.count)
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

  /// The chosen class in one line, where there is no room for the list.
  func drawSelectedClass(on screen: inout Screen) {
    let area = layout.caption
    guard let classes = state.image.opened?.classes, let scored = state.image.selectedClass else {
      return
    }
    if case .failed(let reason) = state.image.maps[scored.index] {
      let shown = DisplayWidth.truncated(reason, to: area.width)
      screen.write(shown, x: 0, y: area.y, style: theme.warning)
      return
    }
    let mark = state.image.selectedMap == nil ? spinner : "▸"
    let share = Formatting.percent(scored.probability)
    let place = "\(state.image.selectedRow + 1)/\(classes.count)"
    let right = "\(share)  \(place)"
    screen.write(right, x: area.width - right.count - 1, y: area.y)
    let label = DisplayWidth.truncated(scored.label, to: area.width - right.count - 6)
    screen.write("\(mark) \(label)", x: 1, y: area.y, style: theme.title)
  }
}
