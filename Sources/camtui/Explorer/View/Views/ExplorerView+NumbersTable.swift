import Foundation
import Terminal

extension ExplorerView {
  /// The numbers, a line each; those of all phases side by side where there is room.
  func drawNumbersTable(_ parts: NumbersLayout, on screen: inout Screen) {
    let steps = state.measuredSteps
    let columns = NumbersLayout.Columns(
      left: parts.table.x, width: parts.table.width, maps: steps.count)
    let shown = columns.maps == 1 ? [state.numbersStep] : steps
    drawNumbersHead(parts.head, columns, shown, on: &screen)
    let numbers = state.shownNumbers
    let row = max(0, min(state.numbers.row, numbers.count - 1))
    let list = ScrolledList(area: parts.table, count: numbers.count, selected: row)
    for place in list.visible {
      let line = Rectangle(
        x: parts.table.x, y: list.y(of: place), width: parts.table.width, height: 1)
      drawNumber(numbers[place], isSelected: place == row, shown, columns, in: line, on: &screen)
    }
  }

  private func drawNumbersHead(
    _ line: Rectangle, _ columns: NumbersLayout.Columns, _ shown: [Step],
    on screen: inout Screen
  ) {
    let isBestMarked = columns.words == nil && hasBest(shown)
    let legend =
      isBestMarked
      ? "↑ or ↓ is better, * best"
      : "↑ higher ↓ lower \(layout.kind == .full ? "is " : "")better"
    screen.write(legend, x: line.x, y: line.y, style: theme.muted)
    for (end, step) in zip(columns.valueEnds, shown) {
      let isChosen = step == state.numbersStep && shown.count > 1
      let title = (isChosen ? "▸" : "") + step.name
      screen.write(
        title, x: end - title.count, y: line.y, style: isChosen ? theme.title : theme.muted)
    }
    if let end = columns.passesEnd {
      let title = columns.isWide ? "passes" : "pass"
      screen.write(title, x: end - title.count, y: line.y, style: theme.muted)
    }
    if let better = columns.better {
      screen.write("better", x: better, y: line.y, style: theme.muted)
    }
    if let words = columns.words {
      let note = hasBest(shown) ? "* the best of the phases" : ""
      screen.write(note, x: words, y: line.y, style: theme.muted)
    }
  }

  private func drawNumber(
    _ number: MapNumber, isSelected: Bool, _ shown: [Step], _ columns: NumbersLayout.Columns,
    in line: Rectangle, on screen: inout Screen
  ) {
    if isSelected { screen.fill(line, with: theme.blank(theme.selected)) }
    let (plain, quiet) =
      isSelected ? (theme.selected, theme.selected) : (theme.plain, theme.muted)
    if isSelected { screen.write("▸", x: line.x, y: line.y, style: plain) }
    let arrow = line.x + NumbersLayout.Columns.mark
    screen.write(number.arrow, x: arrow, y: line.y, style: quiet)
    screen.write(
      number.title, x: arrow + NumbersLayout.Columns.arrow, y: line.y, style: plain)
    for (end, step) in zip(columns.valueEnds, shown) {
      let text = numberText(number, at: step, in: shown)
      screen.write(text, x: end - DisplayWidth.columns(of: text), y: line.y, style: plain)
    }
    if let end = columns.passesEnd, let passes = passesText(number) {
      screen.write(passes, x: end - passes.count, y: line.y, style: quiet)
    }
    if let better = columns.better {
      screen.write(number.better, x: better, y: line.y, style: quiet)
    }
    if let words = columns.words {
      let text = columns.isBrief ? number.brief : number.words
      screen.write(text, x: words, y: line.y, style: quiet)
    }
  }

  /// A number, or why it is not there; the best of several is marked.
  private func numberText(_ number: MapNumber, at step: Step, in shown: [Step]) -> String {
    if let text = valueText(number, at: step) {
      return text + (shown.count < 2 ? "" : best(number, shown).contains(step) ? "*" : " ")
    }
    let space = shown.count < 2 ? "" : " "
    if case .measure(let running)? = state.job, running.map == state.measuredMap(at: step),
      running.part == number.part
    {
      return spinner + space
    }
    return Notation(encoding: state.terminal.encoding)("–", "-") + space
  }

  /// A number as text.
  func valueText(_ number: MapNumber, at step: Step) -> String? {
    guard let value = state.measured(at: step)?.numbers.values[number] else { return nil }
    return number.text(value)
  }

  /// The steps with the best number; none while one is missing, or where all are alike.
  private func best(_ number: MapNumber, _ shown: [Step]) -> [Step] {
    guard shown.count > 1, let isHigherBetter = number.isHigherBetter, !number.isYesOrNo else {
      return []
    }
    let texts = shown.compactMap { valueText(number, at: $0) }
    let values = shown.compactMap { state.measured(at: $0)?.numbers.values[number] }
    guard values.count == shown.count, Set(texts).count > 1,
      let best = isHigherBetter ? values.max() : values.min(),
      let place = values.firstIndex(of: best)
    else { return [] }
    return shown.indices.filter { texts[$0] == texts[place] }.map { shown[$0] }
  }

  private func hasBest(_ shown: [Step]) -> Bool {
    state.shownNumbers.contains { !best($0, shown).isEmpty }
  }

  /// The passes that a number of the shown map took.
  private func passesText(_ number: MapNumber) -> String? {
    state.measured(at: state.numbersStep)?.numbers.passes[number].map { "\($0)" }
  }
}

extension MapNumber {
  /// The direction that is better, as an arrow.
  var arrow: String { isHigherBetter.map { $0 ? "↑" : "↓" } ?? " " }

  /// The direction that is better, in a word.
  var better: String { isHigherBetter.map { $0 ? "higher" : "lower" } ?? "neither" }

  /// A value of it as text.
  func text(_ value: Double) -> String {
    if isYesOrNo { return value > 0 ? "yes" : "no" }
    switch self {
    case .averageDrop, .averageGain, .energyPointingGame, .pixelAveragePrecision:
      return Formatting.percent(value)
    default: return String(format: "%.3f", value)
    }
  }
}
