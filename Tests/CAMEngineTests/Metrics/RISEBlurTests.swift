import Testing

@testable import CAMEngine

@Suite struct RISEBlurTests {
  /// `scipy.ndimage.gaussian_filter` of an 11 x 11 field with a single 1, sigma 5, SciPy 1.x: the middle
  /// row over the root of its middle.
  private static let reference: [Float] = [
    0.08795814577727815, 0.08889611977709484, 0.09047419654910865, 0.09219111781938806,
    0.09348938844291409, 0.09398206326843248, 0.09348938844291409, 0.09219111781938806,
    0.09047419654910865, 0.08889611977709484, 0.08795814577727815,
  ]

  @Test func theKernelIsSciPys() {
    #expect(RISEBlur.weights.count == 11)
    for (weight, expected) in zip(RISEBlur.weights, Self.reference) {
      #expect(abs(weight - expected) < 1e-7)
    }
  }

  @Test func aPointBecomesTheKernel() throws {
    let (height, width) = (15, 13)
    var planes = Array(repeating: Float(0), count: 2 * height * width)
    planes[height * width + 7 * width + 6] = 1
    let blurred = try RISEBlur.blurred(planes, height: height, width: width)
    #expect(blurred.prefix(height * width).allSatisfy { $0 == 0 })
    for y in 0..<height {
      for x in 0..<width {
        let isNear = abs(y - 7) <= 5 && abs(x - 6) <= 5
        let expected = isNear ? Self.reference[y - 2] * Self.reference[x - 1] : 0
        #expect(abs(blurred[height * width + y * width + x] - expected) < 1e-7)
      }
    }
  }

  /// Zeros lie around the image: a corner keeps six of eleven weights in each direction.
  @Test func bordersFade() throws {
    let blurred = try RISEBlur.blurred(Array(repeating: 1, count: 400), height: 20, width: 20)
    let kept = Self.reference.dropFirst(5).reduce(0, +)
    #expect(abs(blurred[0] - kept * kept) < 1e-6)
    #expect(abs(blurred[10 * 20 + 10] - 1) < 1e-6)
  }
}
