import CNcurses
import Glibc

/// Writes screens through ncurses, and remembers what is shown.
struct CursesRenderer {
  private static let beginUpdate = Array("\u{1B}[?2026h".utf8)
  private static let endUpdate = Array("\u{1B}[?2026l".utf8)

  private let encoding: TextEncoding
  private var colors: CursesColors
  private var shown: Screen?
  /// The pair of every cell that is shown.
  private var shownPairs: [Int32] = []

  init(colorMode: ColorMode, encoding: TextEncoding) {
    self.encoding = encoding
    colors = CursesColors(mode: colorMode)
  }

  /// Makes the next screen be written completely.
  mutating func forgetScreen() {
    shown = nil
  }

  /// Shows a screen and returns how many cells were drawn: those of all rows with a change.
  mutating func draw(_ screen: Screen) -> Int {
    guard screen != shown else { return 0 }
    let isComplete = shown?.width != screen.width || shown?.height != screen.height
    colors.beginFrame(cells: screen.cells.count)
    if isComplete {
      werase(cncurses_stdscr())
      shownPairs = Array(repeating: 0, count: screen.cells.count)
    }
    // ncurses searches its screen for cells of a pair whenever the pair is given new colours,
    // except when it is about to clear that screen. No cell shows a pair that is given away.
    clearok(cncurses_curscr(), true)
    let changedRows = setRows(of: screen, all: isComplete)
    clearok(cncurses_curscr(), isComplete)
    shown = screen
    update()
    return changedRows * screen.width
  }

  private mutating func setRows(of screen: Screen, all: Bool) -> Int {
    var changedRows = 0
    var row = [cchar_t](repeating: cchar_t(), count: screen.width)
    for y in 0..<screen.height {
      let range = y * screen.width..<(y + 1) * screen.width
      if !all, let shown, shown.cells[range] == screen.cells[range] {
        for index in range { colors.use(shownPairs[index]) }
        continue
      }
      let count = convert(screen.cells[range], to: &row)
      mvwadd_wchnstr(cncurses_stdscr(), Int32(y), 0, row, Int32(count))
      changedRows += 1
    }
    return changedRows
  }

  /// Fills a row of ncurses' cells and returns how many there are: a wide character has one for
  /// its two columns.
  private mutating func convert(_ cells: ArraySlice<Cell>, to row: inout [cchar_t]) -> Int {
    var count = 0
    for index in cells.indices {
      var cell = encoding == .utf8 ? cells[index] : cells[index].asciiFallback
      let pair = colors.pair(cell.foreground, on: cell.background)
      shownPairs[index] = pair
      if cell.scalar == Cell.continuation { continue }
      let isWide = index + 1 < cells.endIndex && cells[index + 1].scalar == Cell.continuation
      let columns = isWide ? 2 : 1
      if !Self.hasWidth(cell.scalar, columns) {
        // The C library sees another width: everything after it would be shifted.
        cell.scalar = "?"
        for _ in 1..<columns { append("?", cell, pair, to: &row, &count) }
      }
      append(cell.scalar, cell, pair, to: &row, &count)
    }
    return count
  }

  private func append(
    _ scalar: Unicode.Scalar, _ cell: Cell, _ pair: Int32, to row: inout [cchar_t],
    _ count: inout Int
  ) {
    cncurses_set_cell(
      &row[count], wchar_t(scalar.value), Self.attributes(of: cell.emphasis), pair)
    count += 1
  }

  private static func hasWidth(_ scalar: Unicode.Scalar, _ columns: Int) -> Bool {
    if columns == 1, scalar.value < 0x7F || scalar == "▀" { return true }
    return wcwidth(wchar_t(scalar.value)) == columns
  }

  private static func attributes(of emphasis: Emphasis) -> attr_t {
    guard !emphasis.isEmpty else { return 0 }
    var attributes: attr_t = 0
    if emphasis.contains(.bold) { attributes |= cncurses_bold() }
    if emphasis.contains(.dim) { attributes |= cncurses_dim() }
    if emphasis.contains(.underline) { attributes |= cncurses_underline() }
    if emphasis.contains(.reverse) { attributes |= cncurses_reverse() }
    return attributes
  }

  /// ncurses writes once a row; the brackets around it let the terminal show all rows at once.
  private func update() {
    wnoutrefresh(cncurses_stdscr())
    Descriptor.write(Self.beginUpdate, to: STDOUT_FILENO)
    doupdate()
    Descriptor.write(Self.endUpdate, to: STDOUT_FILENO)
  }
}
