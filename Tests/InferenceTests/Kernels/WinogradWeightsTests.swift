import RandomTestSupport
import Testing

@testable import Inference

/// Our transform of Winograd's weights against oneDNN's own.
@Suite struct WinogradWeightsTests {
  private let engine: OneDNNEngine

  init() throws { engine = try OneDNNEngine() }

  private func layout(
    batch: Int, inputs: Int, outputs: Int, size: Int
  ) throws -> MemoryDescriptor? {
    let geometry = ConvolutionGeometry(
      strides: [1, 1], dilations: [0, 0], padsBegin: [1, 1], padsEnd: [1, 1])
    // Where the processor has no Winograd kernels there is nothing to compare.
    return try? PrimitiveDescriptor.convolution(
      .winograd, source: try .any([batch, inputs, size, size]),
      weights: try .any([outputs, inputs, 3, 3]), bias: nil,
      destination: try .any([batch, outputs, size, size]), geometry: geometry,
      attributes: try PrimitiveAttributes(), on: engine
    ).weights
  }

  private func reordered(
    _ kernels: [Float], _ from: MemoryDescriptor, _ to: MemoryDescriptor
  ) throws -> [Float] {
    let result = try AlignedMemory(byteCount: to.byteCount)
    try withCopy(of: kernels) { source in
      try PrimitiveDescriptor.reorder(
        from: from, to: to, attributes: try PrimitiveAttributes(), on: engine
      ).runOnce([(.source, from, source), (.destination, to, result.pointer)], on: engine)
    }
    return floats(result)
  }

  private func withCopy(
    of values: [Float], _ body: (UnsafeMutableRawPointer) throws -> Void
  ) throws {
    var values = values
    try values.withUnsafeMutableBytes { try $0.baseAddress.map(body) }
  }

  private func floats(_ memory: AlignedMemory) -> [Float] {
    let count = memory.byteCount / MemoryLayout<Float>.stride
    let start = memory.pointer.assumingMemoryBound(to: Float.self)
    return Array(UnsafeBufferPointer(start: start, count: count))
  }

  @Test(
    arguments: [
      (1, 16, 16, 8), (1, 32, 48, 14), (2, 64, 64, 56), (8, 64, 64, 56), (8, 128, 128, 28),
      (8, 256, 256, 14), (8, 512, 512, 7), (32, 96, 160, 17), (3, 80, 112, 30),
      (1, 64, 64, 56), (1, 512, 512, 7), (1, 256, 256, 14), (2, 128, 128, 28),
    ])
  func equalsTheLibrarys(batch: Int, inputs: Int, outputs: Int, size: Int) throws {
    var numbers = SeededNumbers(test: "winograd weights \(batch) \(inputs) \(outputs) \(size)")
    guard let wanted = try layout(batch: batch, inputs: inputs, outputs: outputs, size: size)
    else { return }
    let weights = try #require(
      WinogradWeights(wanted), "a layout that oneDNN must transform itself, and slowly")
    let kernels = numbers.floats(outputs * inputs * 9)
    let expected = try reordered(kernels, try .plain([outputs, inputs, 3, 3]), wanted)
    let transformed = try AlignedMemory(byteCount: wanted.byteCount)
    try withCopy(of: kernels) {
      try weights.transform($0, to: transformed.pointer, on: engine)
    }
    let found = floats(transformed)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func otherLayoutsAreLeftToTheLibrary() throws {
    #expect(WinogradWeights(try .plain([16, 16, 3, 3])) == nil)
    #expect(WinogradWeights(try .any([16, 16, 3, 3])) == nil)
  }
}
