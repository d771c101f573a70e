import RandomTestSupport
import Testing

@testable import CAMEngine

/// The first singular vector by either Gram matrix.
@Suite struct EigenCAMTests {
  /// A matrix of which one vector of places stands out, and that vector times its singular value.
  private func matrix(channels: Int, area: Int) -> (matrix: [Double], projection: [Double]) {
    let (u, v) = (unit(channels, step: 3), unit(area, step: 7))
    let (w, x) = (orthogonal(to: u), orthogonal(to: v))
    var values: [Double] = []
    for channel in 0..<channels {
      for place in 0..<area {
        values.append(5 * u[channel] * v[place] + 2 * w[channel] * x[place])
      }
    }
    return (values, v.map { 5 * $0 })
  }

  private func unit(_ count: Int, step: Int) -> [Double] {
    scaled((0..<count).map { 1 + Double($0 * step % 11) })
  }

  /// A unit vector at a right angle to another.
  private func orthogonal(to vector: [Double]) -> [Double] {
    var result = Array(repeating: 0.0, count: vector.count)
    (result[0], result[1]) = (vector[1], -vector[0])
    return scaled(result)
  }

  private func scaled(_ vector: [Double]) -> [Double] {
    let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return vector.map { $0 / norm }
  }

  @Test(arguments: [(8, 3), (3, 8), (5, 5), (2, 400), (400, 2)])
  func theSmallerMatrixDoes(channels: Int, area: Int) throws {
    let (matrix, expected) = matrix(channels: channels, area: area)
    let found = try EigenCAM.firstProjection(matrix, area: area)
    let sign: Double = found[0] * expected[0] < 0 ? -1 : 1
    for (one, other) in zip(found, expected) { #expect(abs(sign * one - other) < 1e-6) }
  }

  /// A layer of 224 x 224 places, whose own Gram matrix would take 20 GB.
  @Test func aLargeLayerTakesLittle() throws {
    let (matrix, expected) = matrix(channels: 4, area: 224 * 224)
    let found = try EigenCAM.firstProjection(matrix, area: 224 * 224)
    #expect(abs(abs(found[9]) - abs(expected[9])) < 1e-6)
  }

  @Test func noDifferenceIsNoMap() throws {
    #expect(try EigenCAM.firstProjection(Array(repeating: 0, count: 12), area: 4) == [0, 0, 0, 0])
    #expect(
      try EigenCAM.firstProjection(Array(repeating: 0, count: 12), area: 6).allSatisfy { $0 == 0 })
  }

  /// What takes long looks whether anybody still wants it.
  @Test func longLoopsCanBeCancelled() async {
    let works: [@Sendable () throws -> Void] = [
      { _ = try EigenCAM.firstProjection(Array(repeating: 1, count: 64), area: 8) },
      { _ = try GaussianBlur(size: 51, deviation: 50).blurred([1, 2, 3, 4], height: 2, width: 2) },
      { _ = try RISEBlur.blurred([1, 2, 3, 4], height: 2, width: 2) },
    ]
    for work in works {
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        try work()
      }
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }
}
