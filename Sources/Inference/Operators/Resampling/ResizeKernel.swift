/// How the places near a point are weighted (ONNX specification, Resize, `mode`).
enum ResizeKernel: Sendable {
  /// The nearest place, in between by a rule.
  case nearest(NearestRule)
  case linear(isAntialiased: Bool)
  /// Keys 1981, with the coefficient `a`.
  case cubic(a: Double, isAntialiased: Bool)

  /// Which of two places a point between them takes.
  enum NearestRule: String, Sendable {
    case preferFloor = "round_prefer_floor"
    case preferCeil = "round_prefer_ceil"
    case floor, ceil
  }

  /// The weights of neighbouring places.
  ///
  /// - Parameters:
  ///   - ratio: how far the point lies behind the place left of it, above 0 up to 1.
  ///   - scale: the length after over the length before.
  /// - Returns: the weights, and the first one's distance from the place on the left.
  func weights(_ ratio: Double, scale: Double) -> (weights: [Double], first: Int) {
    let narrowed = min(scale, 1)
    switch self {
    case .nearest(let rule):
      let takesLeft: Bool
      switch rule {
      case .preferFloor: takesLeft = ratio <= 0.5
      case .preferCeil: takesLeft = ratio < 0.5
      case .floor: takesLeft = ratio < 1
      case .ceil: takesLeft = false
      }
      return (takesLeft ? [1, 0] : [0, 1], 0)
    case .linear(false): return ([1 - ratio, ratio], 0)
    case .linear(true):
      return spread(ratio, narrowed, reach: 1) { max(0, 1 - abs($0)) }
    case .cubic(let a, false):
      return ((-1...2).map { Self.cubic(Double($0) - ratio, a) }, -1)
    case .cubic(let a, true):
      return spread(ratio, narrowed, reach: 2) { Self.cubic($0, a) }
    }
  }

  /// The kernel stretched by what the axis shrinks, its sum 1.
  private func spread(
    _ ratio: Double, _ scale: Double, reach: Double, _ kernel: (Double) -> Double
  ) -> (weights: [Double], first: Int) {
    let first = Int((-reach / scale).rounded(.down)) + 1
    let last = 1 - first
    let values = (first...max(first, last)).map { kernel((Double($0) - ratio) * scale) }
    let sum = values.reduce(0, +)
    return (values.map { $0 / sum }, first)
  }

  private static func cubic(_ x: Double, _ a: Double) -> Double {
    let x = abs(x)
    if x <= 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    if x < 2 { return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a }
    return 0
  }
}
