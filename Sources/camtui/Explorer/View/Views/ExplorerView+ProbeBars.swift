import CAMEngine
import Terminal

extension ExplorerView {
  /// Where the columns of the bars lie in a line.
  private struct ProbeColumns {
    /// The columns of a share, such as `100.0 %`.
    static let share = 7
    let label: Int
    let gauge: Int
    /// Where the bar and the share of before begin, and of after.
    let starts: [Int]

    init(_ area: Rectangle) {
      label = max(10, min(34, area.width / 3))
      let rest = area.width - 1 - label
      let half = rest / 2
      gauge = max(0, half - Self.share - 3)
      starts = [area.x + 1 + label + 1, area.x + 1 + label + 1 + half]
    }
  }

  /// The probabilities with the whole image and without what is hidden.
  func drawProbeBars(in area: Rectangle, on screen: inout Screen) {
    guard let before = state.image.scores, let selected = state.selectedClass else { return }
    let after = state.probedScores
    guard area.height > 1 else {
      let text = Self.shares(before, after, selected.index).joined(separator: " → ")
      return writeCentered("hidden: \(text)", in: area, style: theme.plain, on: &screen)
    }
    let columns = ProbeColumns(area)
    for (start, title) in zip(columns.starts, ["before", "after"]) {
      screen.write(title, x: start, y: area.y, style: theme.muted)
    }
    for (line, index) in probedClasses(area.height - 1).enumerated() {
      let y = area.y + 1 + line
      let isSelected = index == selected.index
      let label = state.scored(.ofClass(index))?.shortLabel ?? ""
      screen.write(
        (isSelected ? "▸ " : "  ") + DisplayWidth.truncated(label, to: columns.label - 2),
        x: area.x + 1, y: y, style: isSelected ? theme.title : theme.plain)
      for (start, scores) in zip(columns.starts, [before, after]) {
        drawShare(of: index, scores, isSelected, columns.gauge, x: start, y: y, &screen)
      }
    }
  }

  private func drawShare(
    of index: Int, _ scores: ClassScores?, _ isSelected: Bool, _ gauge: Int, x: Int, y: Int,
    _ screen: inout Screen
  ) {
    guard let scores, let text = scores.figure(of: index) else {
      screen.write(spinner, x: x, y: y, style: theme.muted)
      return
    }
    if let share = scores.probabilities?[index] {
      drawGauge(Double(share), columns: gauge, isSelected, x: x, y: y, &screen)
    }
    let end = x + gauge + 1 + ProbeColumns.share
    screen.write(text, x: end - text.count, y: y, style: isSelected ? theme.title : theme.plain)
  }

  /// The chosen class, the most probable ones of the whole image, and what comes first with the box.
  private func probedClasses(_ count: Int) -> [Int] {
    guard let before = state.image.scores, let selected = state.selectedClass else { return [] }
    var classes = [selected.index] + before.top.filter { $0 != selected.index }
    classes = Array(classes.prefix(count))
    if let first = state.probedScores?.top.first, !classes.contains(first), count > 1 {
      classes[classes.count - 1] = first
    }
    return classes
  }

  private static func shares(_ before: ClassScores, _ after: ClassScores?, _ index: Int) -> [String]
  {
    [before, after].compactMap { $0?.figure(of: index) }
  }
}
