import Inference

/// EigenCAM: Muhammad and Yeasin 2020. The activations of the places, centred channel by channel, are
/// projected on their first right singular vector; the class has no part in it. The sign, which a
/// singular vector leaves open, is the one with the larger extreme. Cost: one forward pass.
enum EigenCAM: CAMMethod {
  static let name = "eigen-cam"
  static let note = MethodNote(
    "EigenCAM",
    "The pattern that most channels share, without regard to any class: the map is the same for"
      + " all of them.",
    "A = U S Vᵀ        L = N( A · v_1 )")

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes { Passes(forward: 1) }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let centred = centred(scene.activation, area: scene.area)
    let projection = try firstProjection(centred, area: scene.area)
    let (low, high) = (projection.min() ?? 0, projection.max() ?? 0)
    let sign: Double = abs(low) > abs(high) ? -1 : 1
    return .map(name, projection.map { Float(sign * $0) })
  }

  /// `[K, h w]`, the mean of every channel taken off.
  private static func centred(_ activation: [Float], area: Int) -> [Double] {
    var result = activation.map { Double($0) }
    result.withUnsafeMutableBufferPointer { result in
      for channel in 0..<result.count / area {
        let range = channel * area..<(channel + 1) * area
        var sum = 0.0
        for index in range { sum += result[index] }
        for index in range { result[index] -= sum / Double(area) }
      }
    }
    return result
  }

  /// The first right singular vector of a matrix times its singular value: what every place is on it.
  ///
  /// It follows from the first eigenvector of the smaller one of both Gram matrices: of the places where
  /// there are fewer of them than channels, else of the channels, whose eigenvector the matrix brings to
  /// the places. Power iteration finds it. Cost: `K h w min(K, h w)` multiplications once.
  ///
  /// - Parameters:
  ///   - matrix: `[K, h w]`.
  ///   - area: h w.
  /// - Returns: `[h w]`, of any sign.
  /// - Throws: `CancellationError`.
  static func firstProjection(_ matrix: [Double], area: Int) throws -> [Double] {
    let channels = matrix.count / area
    guard channels < area else {
      let places = try transposed(matrix, rows: channels, columns: area)
      let (vector, value) = try firstEigenvector(
        try gram(places, rows: area, columns: channels), size: area)
      return vector.map { $0 * value.squareRoot() }
    }
    let (vector, _) = try firstEigenvector(
      try gram(matrix, rows: channels, columns: area), size: channels)
    var projection = Array(repeating: 0.0, count: area)
    for (channel, weight) in vector.enumerated() {
      for place in 0..<area { projection[place] += weight * matrix[channel * area + place] }
    }
    return projection
  }

  private static func firstEigenvector(
    _ gram: [Double], size: Int
  ) throws -> (vector: [Double], value: Double) {
    // Not orthogonal to the wanted vector but by accident, whatever the symmetries of the map.
    var vector = (0..<size).map { 1 + 0.5 * Double(($0 * 7919) % 101) / 101 }
    var eigenvalue = 0.0
    for _ in 0..<5000 {
      try Task.checkCancellation()
      let next = product(gram, vector)
      let norm = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 0 else { return (next, 0) }
      let change = zip(next, vector).reduce(0) { max($0, abs($1.0 / norm - $1.1)) }
      vector = next.map { $0 / norm }
      eigenvalue = norm
      if change < 1e-9 { break }
    }
    return (vector, eigenvalue)
  }

  /// A square matrix times a vector.
  private static func product(_ matrix: [Double], _ vector: [Double]) -> [Double] {
    matrix.withUnsafeBufferPointer { matrix in
      vector.withUnsafeBufferPointer { vector in
        vector.indices.map { row in
          var sum = 0.0
          for column in vector.indices {
            sum += matrix[row * vector.count + column] * vector[column]
          }
          return sum
        }
      }
    }
  }

  /// `M Mᵀ`, symmetric.
  private static func gram(_ matrix: [Double], rows: Int, columns: Int) throws -> [Double] {
    var gram = Array(repeating: 0.0, count: rows * rows)
    for row in 0..<rows {
      try Task.checkCancellation()
      matrix.withUnsafeBufferPointer { matrix in
        for other in 0...row {
          var sum = 0.0
          for column in 0..<columns {
            sum += matrix[row * columns + column] * matrix[other * columns + column]
          }
          gram[row * rows + other] = sum
          gram[other * rows + row] = sum
        }
      }
    }
    return gram
  }

  private static func transposed(_ matrix: [Double], rows: Int, columns: Int) throws -> [Double] {
    try Task.checkCancellation()
    return [Double](unsafeUninitializedCapacity: matrix.count) { result, count in
      matrix.withUnsafeBufferPointer { matrix in
        for row in 0..<rows {
          for column in 0..<columns { result[column * rows + row] = matrix[row * columns + column] }
        }
      }
      count = matrix.count
    }
  }
}
