/// How much of every pixel of a cell a character covers.
struct GlyphMask: Hashable {
  /// The width of a cell in pixels.
  static let cellWidth = 10
  /// The height of a cell in pixels; even, so that half blocks are exact.
  static let cellHeight = 20

  /// The number of pixels in a row: a wide character has two cells.
  let width: Int
  /// 0 for none to 255 for all of a pixel: `[cellHeight, width]`.
  private(set) var coverage: [UInt8]

  /// The mask of nothing.
  init(columns: Int = 1) {
    width = columns * Self.cellWidth
    coverage = Array(repeating: 0, count: width * Self.cellHeight)
  }

  /// A mask from the share of every pixel, 0 to 1, by its column and row.
  init(columns: Int = 1, share: (_ x: Int, _ y: Int) -> Float) {
    self.init(columns: columns)
    for y in 0..<Self.cellHeight {
      for x in 0..<width {
        coverage[y * width + x] = UInt8(min(max(0, share(x, y)), 1) * 255 + 0.5)
      }
    }
  }

  /// Adds a rectangle with edges in pixels from the top left corner; it covers shares of the pixels
  /// that it cuts.
  mutating func add(left: Float, top: Float, right: Float, bottom: Float) {
    for y in 0..<Self.cellHeight {
      let down = Self.overlap(y, top, bottom)
      guard down > 0 else { continue }
      for x in 0..<width {
        let share = down * Self.overlap(x, left, right)
        let index = y * width + x
        coverage[index] = max(coverage[index], UInt8(share * 255 + 0.5))
      }
    }
  }

  /// How much of pixel `position` lies between two edges.
  private static func overlap(_ position: Int, _ start: Float, _ end: Float) -> Float {
    max(0, min(end, Float(position + 1)) - max(start, Float(position)))
  }
}
