/// A character as strokes of a round pen, in pixels of a cell: whole numbers are the middles of
/// pixels, 0 is the leftmost column or the topmost row.
///
/// Written as text like the path of an SVG, in absolute numbers between spaces: `M x y` puts the pen
/// down, `L x y ...` draws straight lines, `Q cx cy x y ...` quadratic Bézier curves, `F` fills the
/// strokes that follow it.
struct GlyphPath: Equatable {
  typealias Point = SIMD2<Float>

  /// Lines from point to point that belong together.
  struct Stroke: Equatable {
    var points: [Point]
    var isFilled: Bool
  }

  private(set) var strokes: [Stroke] = []

  private static let piecesPerCurve = 8

  /// Reads a path; what is malformed in it is left out.
  init(_ text: String) {
    var command: Character = "M"
    var isFilled = false
    var numbers: [Float] = []
    for word in text.split(separator: " ") {
      if let number = Float(word) {
        numbers.append(number)
        if take(numbers, command, isFilled) { numbers = [] }
      } else if word == "F" {
        isFilled = true
      } else {
        command = word.first ?? command
      }
    }
  }

  /// Does a command with its numbers; `false` while some are missing.
  private mutating func take(_ numbers: [Float], _ command: Character, _ isFilled: Bool) -> Bool {
    guard numbers.count == (command == "Q" ? 4 : 2) else { return false }
    let point = Point(numbers[0], numbers[1])
    switch command {
    case "M":
      strokes.append(Stroke(points: [point], isFilled: isFilled))
    case "Q" where !strokes.isEmpty:
      addCurve(around: point, to: Point(numbers[2], numbers[3]))
    case _ where !strokes.isEmpty:
      strokes[strokes.count - 1].points.append(point)
    default:
      break
    }
    return true
  }

  private mutating func addCurve(around control: Point, to end: Point) {
    let last = strokes.count - 1
    guard let start = strokes[last].points.last else { return }
    for piece in 1...Self.piecesPerCurve {
      let t = Float(piece) / Float(Self.piecesPerCurve)
      let first = start + (control - start) * t
      let second = control + (end - control) * t
      strokes[last].points.append(first + (second - first) * t)
    }
  }

  /// The path with every point at `offset + scale * point`.
  func placed(scale: Float, offset: Point) -> GlyphPath {
    var result = self
    for stroke in strokes.indices {
      result.strokes[stroke].points = strokes[stroke].points.map { offset + $0 * scale }
    }
    return result
  }

  /// This path and another one.
  func joined(with other: GlyphPath) -> GlyphPath {
    var result = self
    result.strokes += other.strokes
    return result
  }

  /// The pixels that a pen of `penWidth` covers: all within half of it, and half a pixel of fading
  /// on both sides of that edge.
  func mask(penWidth: Float, columns: Int = 1) -> GlyphMask {
    GlyphMask(columns: columns) { x, y in
      let point = Point(Float(x), Float(y))
      return strokes.map { 0.5 + penWidth / 2 - $0.distance(to: point) }.max() ?? 0
    }
  }
}

extension GlyphPath.Stroke {
  /// The distance from a point, 0 inside of a filled one.
  fileprivate func distance(to point: GlyphPath.Point) -> Float {
    if isFilled, contains(point) { return 0 }
    guard points.count > 1 else {
      return points.first.map { Self.length(point - $0) } ?? .infinity
    }
    return zip(points, points.dropFirst())
      .map { Self.distance(of: point, from: $0, to: $1) }.min() ?? .infinity
  }

  /// Whether a ray from the point crosses the outline an odd number of times.
  private func contains(_ point: GlyphPath.Point) -> Bool {
    zip(points, points.dropFirst() + points.prefix(1)).count { first, second in
      guard (first.y > point.y) != (second.y > point.y) else { return false }
      let share = (point.y - first.y) / (second.y - first.y)
      return point.x < first.x + share * (second.x - first.x)
    } % 2 == 1
  }

  private static func distance(
    of point: GlyphPath.Point, from start: GlyphPath.Point, to end: GlyphPath.Point
  ) -> Float {
    let line = end - start
    let square = (line * line).sum()
    guard square > 0 else { return length(point - start) }
    let share = min(max(0, ((point - start) * line).sum() / square), 1)
    return length(point - start - line * share)
  }

  private static func length(_ vector: GlyphPath.Point) -> Float {
    (vector * vector).sum().squareRoot()
  }
}
