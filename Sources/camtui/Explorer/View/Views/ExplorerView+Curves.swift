import Foundation
import Terminal

extension ExplorerView {
  /// The columns of the axis with its labels.
  private static let axisColumns = 6
  /// Lower ones have no room for the lower axis.
  private static let rowsForAxis = 5
  /// From so many on, the axis has its labels in a line of their own.
  private static let rowsForLabels = 8

  /// The curve of insertion or deletion with its axes and area, or how far it is.
  func drawCurve(of number: MapNumber, in area: Rectangle, on screen: inout Screen) {
    let known = state.measured(at: state.numbersStep)?.numbers
    drawCurveTitle(number, area, on: &screen)
    let axisRows =
      area.height >= Self.rowsForLabels ? 2 : area.height >= Self.rowsForAxis ? 1 : 0
    let plot = Rectangle(
      x: area.x + Self.axisColumns, y: area.y + 1, width: area.width - Self.axisColumns,
      height: area.height - 1 - axisRows)
    guard plot.width > 4, plot.height > 0 else { return }
    guard let values = known?.curves[number] else {
      return drawCurveProgress(number, in: plot, on: &screen)
    }
    drawAxes(number, around: plot, rows: axisRows, on: &screen)
    let curve = BrailleCurve(values: values, width: plot.width, height: plot.height)
    let lines = state.terminal.encoding == .utf8 ? curve.lines : curve.asciiLines
    for (line, text) in lines.enumerated() {
      screen.write(text, x: plot.x, y: plot.y + line, limit: plot.width, style: theme.gauge)
    }
  }

  private func drawCurveTitle(_ number: MapNumber, _ area: Rectangle, on screen: inout Screen) {
    var column = screen.write(
      number.title, x: area.x, y: area.y, limit: area.width, style: theme.title)
    guard let value = valueText(number, at: state.numbersStep) else { return }
    let isWide = area.width >= 44
    let text = isWide ? ": the area is \(value), \(number.better) is better" : ": area \(value)"
    column = screen.write(
      text, x: column, y: area.y, limit: area.x + area.width - column, style: theme.plain)
    if !isWide {
      screen.write(
        " " + number.arrow, x: column, y: area.y, limit: area.x + area.width - column,
        style: theme.muted)
    }
  }

  /// The class's probability upwards, the share of the pixels to the right.
  private func drawAxes(
    _ number: MapNumber, around plot: Rectangle, rows: Int, on screen: inout Screen
  ) {
    let axis = plot.x - 1
    for line in 0..<plot.height {
      screen.write("│", x: axis, y: plot.y + line, style: theme.muted)
    }
    screen.write("100 %", x: axis - 5, y: plot.y, style: theme.muted)
    let last = plot.y + plot.height - 1
    if plot.height > 1 { screen.write("0 %", x: axis - 3, y: last, style: theme.muted) }
    guard rows > 0 else { return }
    let line = "╰" + String(repeating: "─", count: plot.width)
    screen.write(line, x: axis, y: last + 1, style: theme.muted)
    let labels = Rectangle(x: plot.x, y: last + rows, width: plot.width, height: 1)
    drawPixelLabels(number, in: labels, on: &screen)
  }

  private func drawPixelLabels(
    _ number: MapNumber, in line: Rectangle, on screen: inout Screen
  ) {
    screen.write("0 %", x: line.x, y: line.y, style: theme.muted)
    screen.write("100 %", x: line.x + line.width - 5, y: line.y, style: theme.muted)
    let verb = number == .insertion ? "shown" : "hidden"
    let room = Rectangle(x: line.x + 4, y: line.y, width: max(0, line.width - 10), height: 1)
    for text in [" of the pixels are \(verb) ", " pixels \(verb) ", verb]
    where DisplayWidth.columns(of: text) <= room.width {
      return writeCentered(text, in: room, style: theme.muted, on: &screen)
    }
  }

  /// A bar while it is measured, else a word.
  private func drawCurveProgress(
    _ number: MapNumber, in plot: Rectangle, on screen: inout Screen
  ) {
    guard case .measure(let running)? = state.job,
      running.map == state.measuredMap(at: state.numbersStep), running.part == number.part
    else {
      let isStopped = state.numbers.stopped == state.request
      let text = isStopped ? "stopped; Enter goes on" : state.isComputing ? "waiting" : "not known"
      screen.write(text, x: plot.x, y: plot.y, limit: plot.width, style: theme.muted)
      return
    }
    let count = state.numbers.count ?? PassCount(done: 0, total: 0)
    let share = Double(count.done) / Double(max(1, count.total))
    drawGauge(share, columns: plot.width, true, x: plot.x, y: plot.y, &screen)
    guard plot.height > 1 else { return }
    let text = count.total > 0 ? "\(count.done) of \(count.total) passes" : "\(spinner) starting"
    let hint = text.count + 11 <= plot.width ? "; Esc stops" : ""
    screen.write(text + hint, x: plot.x, y: plot.y + 1, limit: plot.width, style: theme.muted)
  }
}
