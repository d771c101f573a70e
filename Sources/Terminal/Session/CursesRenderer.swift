import CNcurses
import Glibc

/// Writes screens through ncurses, and remembers what is shown.
struct CursesRenderer {
  private static let beginUpdate = Array("\u{1B}[?2026h".utf8)
  private static let endUpdate = Array("\u{1B}[?2026l".utf8)

  private let encoding: TextEncoding
  private var colors: CursesColors
  private var shown: Screen?
  /// The colours of every cell of the frame that is being made, as the terminal has them.
  private var cellColors: [PairColors] = []
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
  mutating func draw(_ wanted: Screen) -> Int {
    let screen = encoding == .utf8 ? wanted : wanted.asciiFallback
    guard screen != shown else { return 0 }
    let isComplete = shown?.width != screen.width || shown?.height != screen.height
    if isComplete {
      werase(cncurses_stdscr())
      shownPairs = Array(repeating: 0, count: screen.cells.count)
      cellColors = Array(repeating: .standard, count: screen.cells.count)
    }
    let rows = changedRows(of: screen, all: isComplete)
    definePairs(for: screen, rows)
    var buffer = [cchar_t](repeating: cchar_t(), count: screen.width)
    for y in rows { write(screen, row: y, by: &buffer) }
    clearok(cncurses_curscr(), isComplete)
    shown = screen
    update()
    return rows.count * screen.width
  }

  private func changedRows(of screen: Screen, all: Bool) -> [Int] {
    guard !all, let shown else { return Array(0..<screen.height) }
    return (0..<screen.height).filter { y in
      shown.cells[screen.indices(ofRow: y)] != screen.cells[screen.indices(ofRow: y)]
    }
  }

  /// Makes a pair for all colours of the rows that have changed; the other rows keep theirs.
  private mutating func definePairs(for screen: Screen, _ rows: [Int]) {
    colors.beginFrame(cells: screen.cells.count)
    var isChanged = Array(repeating: false, count: screen.height)
    for y in rows { isChanged[y] = true }
    for y in 0..<screen.height {
      for index in screen.indices(ofRow: y) {
        if isChanged[y] {
          cellColors[index] = colors.colors(of: screen.cells[index])
          colors.want(cellColors[index])
        } else {
          colors.use(shownPairs[index])
        }
      }
    }
    // ncurses searches its screen for cells of a pair whenever the pair is given new colours,
    // except when it is about to clear that screen. No cell shows a pair that is given away.
    clearok(cncurses_curscr(), true)
    colors.define()
  }

  /// Writes a row into ncurses' window: a wide character has one of its cells for two columns.
  private mutating func write(_ screen: Screen, row y: Int, by row: inout [cchar_t]) {
    var count = 0
    let range = screen.indices(ofRow: y)
    for index in range {
      var cell = screen.cells[index]
      let pair = colors.pair(cellColors[index])
      shownPairs[index] = pair
      if cell.scalar == Cell.continuation { continue }
      let isWide =
        index + 1 < range.upperBound && screen.cells[index + 1].scalar == Cell.continuation
      let columns = isWide ? 2 : 1
      if !Self.hasWidth(cell.scalar, columns) {
        // The C library sees another width: everything after it would be shifted.
        cell.scalar = "?"
        for _ in 1..<columns { append("?", cell, pair, to: &row, &count) }
      }
      append(cell.scalar, cell, pair, to: &row, &count)
    }
    mvwadd_wchnstr(cncurses_stdscr(), Int32(y), 0, row, Int32(count))
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

extension Screen {
  /// The places of a row's cells.
  fileprivate func indices(ofRow y: Int) -> Range<Int> { y * width..<(y + 1) * width }

  /// The screen with characters of ASCII only.
  fileprivate var asciiFallback: Screen {
    Screen(width: width, height: height, cells: cells.map(\.asciiFallback))
  }
}
