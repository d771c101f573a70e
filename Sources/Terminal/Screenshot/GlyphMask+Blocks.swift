extension GlyphMask {
  /// The mask of a block element (U+2580 to U+259F), exactly the parts of the cell that Unicode
  /// names; `nil` for other characters.
  init?(blockElement scalar: Unicode.Scalar) {
    let width = Float(Self.cellWidth)
    let height = Float(Self.cellHeight)
    self.init()
    switch scalar.value {
    case 0x2580:
      add(left: 0, top: 0, right: width, bottom: height / 2)
    case 0x2581...0x2588:
      let eighths = Float(scalar.value - 0x2580)
      add(left: 0, top: height * (1 - eighths / 8), right: width, bottom: height)
    case 0x2589...0x258F:
      let eighths = Float(0x2590 - scalar.value)
      add(left: 0, top: 0, right: width * eighths / 8, bottom: height)
    case 0x2590:
      add(left: width / 2, top: 0, right: width, bottom: height)
    case 0x2591...0x2593:
      let share = Float(scalar.value - 0x2590) / 4
      self = GlyphMask { _, _ in share }
    case 0x2594:
      add(left: 0, top: 0, right: width, bottom: height / 8)
    case 0x2595:
      add(left: width * 7 / 8, top: 0, right: width, bottom: height)
    case 0x2596...0x259F:
      addQuadrants(Self.quadrants[Int(scalar.value - 0x2596)])
    default:
      return nil
    }
  }

  /// Bits from 1: upper left, upper right, lower left, lower right.
  private static let quadrants: [UInt8] = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14]

  private mutating func addQuadrants(_ bits: UInt8) {
    let (width, height) = (Float(Self.cellWidth) / 2, Float(Self.cellHeight) / 2)
    for quadrant in 0..<4 where bits >> UInt8(quadrant) & 1 == 1 {
      let (x, y) = (Float(quadrant % 2), Float(quadrant / 2))
      add(left: x * width, top: y * height, right: (x + 1) * width, bottom: (y + 1) * height)
    }
  }

  /// The mask of a braille pattern (U+2800 to U+28FF): dots in two columns and four rows; `nil`
  /// for other characters.
  init?(braille scalar: Unicode.Scalar) {
    guard (0x2800...0x28FF).contains(scalar.value) else { return nil }
    let bits = UInt8(scalar.value - 0x2800)
    let dots = Self.brailleDots.enumerated().filter { bits >> UInt8($0.offset) & 1 == 1 }
    self = GlyphMask { x, y in
      dots.map { dot in
        let across = Float(x) - Float(2 + 5 * dot.element.column)
        let down = Float(y) - Float(2 + 5 * dot.element.row)
        return 1.9 - (across * across + down * down).squareRoot()
      }.max() ?? 0
    }
  }

  /// Where the dots 1 to 8 are, which are the bits from the lowest on.
  private static let brailleDots: [(column: Int, row: Int)] = [
    (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3),
  ]
}
