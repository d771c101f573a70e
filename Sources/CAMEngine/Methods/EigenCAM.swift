import Inference

/// EigenCAM: Muhammad and Yeasin 2020. The activations of the places, centred channel by channel, are
/// projected on their first right singular vector; the class has no part in it. The sign, which a
/// singular vector leaves open, is the one with the larger extreme. Cost: one forward pass.
enum EigenCAM: CAMMethod {
  static let name = "eigen-cam"

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes { Passes(forward: 1) }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let projection = firstProjection(
      centred(scene.activation, area: scene.area), area: scene.area)
    let (low, high) = (projection.min() ?? 0, projection.max() ?? 0)
    let sign: Double = abs(low) > abs(high) ? -1 : 1
    return .map(name, projection.map { Float(sign * $0) })
  }

  /// `[K, h w]`, the mean of every channel taken off.
  private static func centred(_ activation: [Float], area: Int) -> [Double] {
    var result = activation.map { Double($0) }
    for channel in 0..<result.count / area {
      let range = channel * area..<(channel + 1) * area
      let mean = result[range].reduce(0, +) / Double(area)
      for index in range { result[index] -= mean }
    }
    return result
  }

  /// The projection is the first eigenvector of the places' Gram matrix times its singular value;
  /// power iteration finds it. `h w` is small.
  private static func firstProjection(_ matrix: [Double], area: Int) -> [Double] {
    let gram = gram(matrix, area: area)
    // Not orthogonal to the wanted vector but by accident, whatever the symmetries of the map.
    var vector = (0..<area).map { 1 + 0.5 * Double(($0 * 7919) % 101) / 101 }
    var eigenvalue = 0.0
    for _ in 0..<5000 {
      var next = Array(repeating: 0.0, count: area)
      for row in 0..<area {
        for column in 0..<area { next[row] += gram[row * area + column] * vector[column] }
      }
      let norm = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 0 else { return next }
      let change = zip(next, vector).reduce(0) { max($0, abs($1.0 / norm - $1.1)) }
      vector = next.map { $0 / norm }
      eigenvalue = norm
      if change < 1e-9 { break }
    }
    return vector.map { $0 * eigenvalue.squareRoot() }
  }

  private static func gram(_ matrix: [Double], area: Int) -> [Double] {
    var gram = Array(repeating: 0.0, count: area * area)
    matrix.withUnsafeBufferPointer { matrix in
      gram.withUnsafeMutableBufferPointer { gram in
        for channel in 0..<matrix.count / area {
          let row = channel * area
          for i in 0..<area where matrix[row + i] != 0 {
            let value = matrix[row + i]
            for j in 0..<area { gram[i * area + j] += value * matrix[row + j] }
          }
        }
      }
    }
    return gram
  }
}
