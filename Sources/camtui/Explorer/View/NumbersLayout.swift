import Terminal

/// Where the parts of the numbers view lie: the picture with the curves beside it, the table below.
struct NumbersLayout: Equatable {
  /// The columns of the table, from left to right.
  struct Columns: Equatable {
    static let mark = 2
    static let arrow = 2
    static let title = 22
    private static let better = 11
    /// Room for ``MapNumber/words`` and ``MapNumber/brief`` with spaces before them.
    private static let words = 52
    private static let brief = 40
    /// What there may be behind the passes, the best first.
    private static let extras: [(hasBetter: Bool, meaning: Int)] = [
      (true, words), (false, words), (true, brief), (false, brief), (true, 0),
    ]

    /// How many maps have a column: all of them, or only the one that is shown.
    let maps: Int
    /// Where the values of each map end.
    let valueEnds: [Int]
    /// Whether columns have air between them.
    let isWide: Bool
    /// Where the passes end, and where the better direction in a word and the meaning begin; `nil`
    /// without room.
    let passesEnd: Int?
    let better: Int?
    let words: Int?
    /// Whether there is room for the brief meaning only.
    let isBrief: Bool

    init(left: Int, width: Int, maps count: Int) {
      let start = Self.mark + Self.arrow + Self.title
      let maps = start + count * 8 <= width ? count : 1
      let isWide = start + maps * 11 + 8 <= width
      // The value of a single map has no mark behind it.
      let value = isWide ? 11 : maps > 1 ? 8 : 7
      var end = start + maps * value
      func place(_ columns: Int) -> Int? {
        guard end + columns <= width else { return nil }
        end += columns
        return left + end
      }
      self.maps = maps
      valueEnds = (1...maps).map { left + start + $0 * value }
      passesEnd = place(isWide ? 8 : 5)
      let rest = isWide ? width - end : 0
      let extra = Self.extras.first { ($0.hasBetter ? Self.better : 0) + $0.meaning <= rest }
      better = extra?.hasBetter == true ? place(Self.better).map { $0 - Self.better + 2 } : nil
      isBrief = extra?.meaning == Self.brief
      let meaning = extra?.meaning ?? 0
      words = meaning > 0 ? place(meaning).map { $0 - meaning + 2 } : nil
      self.isWide = isWide
    }
  }

  /// Less than this is no picture.
  private static let smallestTop = 5
  /// From so many rows on, the picture gives one to a line under the table.
  private static let topWithLine = 13
  private static let longestCurve = 72
  private static let highestCurve = 15

  /// The picture of the map; may have no rows.
  let picture: Rectangle
  /// Insertion and deletion; may have no rows.
  let curves: [Rectangle]
  /// The line above the table.
  let head: Rectangle
  let table: Rectangle
  /// Under the table, where it has no numbers of boxes; may have no rows.
  let boxes: Rectangle
  /// How the numbers are taken; may have no rows.
  let note: Rectangle

  /// - Parameters:
  ///   - area: The room of the view.
  ///   - rows: The rows of the table.
  ///   - noteRows: The lines of the note.
  ///   - aspect: The height of a picture over its width, in cells.
  ///   - hasPicture: Whether there is more than the table.
  ///   - hasBoxes: Whether the table has the numbers that need boxes.
  init(
    area: Rectangle, rows: Int, noteRows: Int, aspect: Double, hasPicture: Bool, hasBoxes: Bool
  ) {
    let wanted = rows + 1
    let rest = area.height - wanted
    let lineRows = hasPicture && !hasBoxes && rest >= Self.topWithLine ? 1 : 0
    let top = hasPicture && rest >= Self.smallestTop ? rest - lineRows : 0
    let hasNote = top >= 24 && noteRows > 0
    let upper = hasNote ? top - noteRows - 2 : top
    let natural = Int((Double(upper) / max(0.05, aspect)).rounded())
    let width = min(natural, area.width / 2)
    picture = Rectangle(x: area.x, y: area.y, width: width, height: upper)
    let left = area.x + width + 2
    let room = min(Self.longestCurve, max(0, area.x + area.width - left - 1))
    let height = min(Self.highestCurve, upper / 2)
    let gap = max(0, (upper - 2 * height) / 3)
    curves = [gap, 2 * gap + height].map {
      Rectangle(x: left, y: area.y + $0, width: room, height: height)
    }
    let below = area.y + upper + (hasNote ? 1 : 0)
    head = Rectangle(x: area.x + 1, y: below, width: area.width - 2, height: 1)
    let tableRows = min(rows, area.y + area.height - below - 1)
    table = Rectangle(x: head.x, y: below + 1, width: head.width, height: max(0, tableRows))
    boxes = Rectangle(
      x: table.x, y: table.y + table.height, width: table.width, height: lineRows)
    note = Rectangle(
      x: head.x + Columns.mark, y: boxes.y + lineRows + 1,
      width: head.width - 2 * Columns.mark, height: hasNote ? noteRows : 0)
  }
}
