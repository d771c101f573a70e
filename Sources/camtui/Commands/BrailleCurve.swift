/// A curve of values from 0 to 1 as text: each character shows two by four points of it.
struct BrailleCurve {
  let values: [Float]
  /// Characters across.
  var width = 32
  /// Characters down.
  var height = 5

  /// The bits of U+2800's block by row and column of a character.
  private static let dots: [[UInt32]] = [
    [0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80],
  ]

  /// The lines from top to bottom.
  var lines: [String] {
    var cells = Array(repeating: UInt32(0x2800), count: width * height)
    let columns = width * 2
    var before: Int?
    for column in 0..<columns where !values.isEmpty {
      let row = row(at: Double(column) / Double(columns - 1), of: height * 4)
      for step in min(row, before ?? row)...max(row, before ?? row) {
        cells[step / 4 * width + column / 2] |= Self.dots[step % 4][column % 2]
      }
      before = row
    }
    return (0..<height).map { line in
      String(
        String.UnicodeScalarView(
          cells[line * width..<(line + 1) * width].compactMap(Unicode.Scalar.init)))
    }
  }

  /// The lines from top to bottom with characters of ASCII only: one point a character.
  var asciiLines: [String] {
    var cells = Array(repeating: Character(" "), count: width * height)
    for column in 0..<width where !values.isEmpty {
      let row = row(at: Double(column) / Double(max(1, width - 1)), of: height)
      cells[row * width + column] = "*"
    }
    return (0..<height).map { String(cells[$0 * width..<($0 + 1) * width]) }
  }

  /// The row of the value at a share of the way, of so many; the highest value is at the top.
  private func row(at share: Double, of rows: Int) -> Int {
    let value = values[Int((share * Double(values.count - 1)).rounded())]
    return Int(((1 - Double(min(max(value, 0), 1))) * Double(rows - 1)).rounded())
  }
}
