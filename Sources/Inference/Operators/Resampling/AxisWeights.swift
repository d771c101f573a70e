/// A linear map along one axis of a tensor: every place of the result is a weighted sum of a few
/// places of the source.
struct AxisWeights: Sendable {
  /// The lengths of the axis before and after.
  let sourceLength: Int
  private(set) var resultLength = 0
  private var ends: [Int] = []
  private var places: [Int] = []
  private var weights: [Float] = []

  init(sourceLength: Int) { self.sourceLength = sourceLength }

  /// Adds the next place of the result.
  mutating func append(_ terms: [(place: Int, weight: Float)]) {
    for term in terms where term.weight != 0 {
      places.append(term.place)
      weights.append(term.weight)
    }
    ends.append(places.count)
    resultLength += 1
  }

  /// Visits every term.
  @inline(__always)
  private func forEach(_ body: (_ source: Int, _ result: Int, _ weight: Float) -> Void) {
    var term = 0
    for result in 0..<resultLength {
      while term < ends[result] {
        body(places[term], result, weights[term])
        term += 1
      }
    }
  }

  /// Applies the map to the middle axis of `[outer, length, inner]`, or its transpose, which is its
  /// gradient.
  func apply(
    _ source: UnsafeMutablePointer<Float>, _ result: UnsafeMutablePointer<Float>, outer: Int,
    inner: Int, isTransposed: Bool
  ) {
    let (from, to) =
      isTransposed ? (resultLength, sourceLength) : (sourceLength, resultLength)
    result.update(repeating: 0, count: outer * to * inner)
    for block in 0..<outer {
      let (input, output) = (source + block * from * inner, result + block * to * inner)
      forEach { place, position, weight in
        let (read, written) = isTransposed ? (position, place) : (place, position)
        let (x, y) = (input + read * inner, output + written * inner)
        for index in 0..<inner { y[index] += weight * x[index] }
      }
    }
  }
}
