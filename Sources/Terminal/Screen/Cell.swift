/// How a cell's character is set off.
public struct Emphasis: OptionSet, Hashable, Sendable {
  /// The bits of the set.
  public let rawValue: UInt8

  /// A set from its bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// Bold or bright.
  public static let bold = Emphasis(rawValue: 1)
  /// Fainter than normal.
  public static let dim = Emphasis(rawValue: 2)
  /// Underlined.
  public static let underline = Emphasis(rawValue: 4)
  /// Foreground and background exchanged.
  public static let reverse = Emphasis(rawValue: 8)
}

/// One character position of a ``Screen``.
public struct Cell: Hashable, Sendable {
  /// The character; ``continuation`` in the second column of a wide one.
  public var scalar: Unicode.Scalar
  /// The colour of the character.
  public var foreground: Color
  /// The colour behind it.
  public var background: Color
  /// Bold, dim, underline, reverse.
  public var emphasis: Emphasis

  /// A space in the terminal's own colours.
  public static let blank = Cell(" ")

  /// Marks the second column of a character that is two columns wide.
  public static let continuation: Unicode.Scalar = "\u{0}"

  /// A cell with a character, in the terminal's colours unless others are given.
  public init(
    _ scalar: Unicode.Scalar, foreground: Color = .standard, background: Color = .standard,
    emphasis: Emphasis = []
  ) {
    self.scalar = scalar
    self.foreground = foreground
    self.background = background
    self.emphasis = emphasis
  }
}

/// The look of text: colours and emphasis.
public struct TextStyle: Hashable, Sendable {
  /// The colour of the characters.
  public var foreground: Color
  /// The colour behind them, or `nil` to keep what is on the screen.
  public var background: Color?
  /// Bold, dim, underline, reverse.
  public var emphasis: Emphasis

  /// The terminal's foreground on whatever is there.
  public static let plain = TextStyle()

  /// A style; all parts may be left out.
  public init(
    _ foreground: Color = .standard, on background: Color? = nil, _ emphasis: Emphasis = []
  ) {
    self.foreground = foreground
    self.background = background
    self.emphasis = emphasis
  }
}

/// A rectangle of cells.
public struct Rectangle: Hashable, Sendable {
  /// The leftmost column.
  public var x: Int
  /// The topmost row.
  public var y: Int
  /// The number of columns, not negative.
  public var width: Int
  /// The number of rows, not negative.
  public var height: Int

  /// A rectangle; negative sizes become 0.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The rectangle without `columns` at the left and the right and `rows` above and below.
  public func inset(columns: Int, rows: Int) -> Rectangle {
    Rectangle(
      x: x + columns, y: y + rows, width: width - 2 * columns, height: height - 2 * rows)
  }

  /// Whether the cell is inside.
  public func contains(x column: Int, y row: Int) -> Bool {
    column >= x && column < x + width && row >= y && row < y + height
  }
}
