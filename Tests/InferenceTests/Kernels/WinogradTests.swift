import CWinograd
import Foundation
import RandomTestSupport
import Testing

@testable import Inference

/// Our Winograd kernels against plain loops in double precision, and where plans use them.
@Suite struct WinogradTests {
  /// The instructions that this machine has.
  private static let instructions: [camtui_winograd_isa] = {
    #if arch(x86_64)
      let best = WinogradConvolution.instructions
      return [camtui_winograd_portable, camtui_winograd_avx2, camtui_winograd_avx512]
        .filter { $0.rawValue <= best.rawValue }
    #else
      return [camtui_winograd_portable]
    #endif
  }()

  /// A random convolution with all that a kernel can do at once.
  private struct Problem {
    let shape: [Int]
    let outputs: Int
    let window: NaiveWindow
    let kernels: [Float]
    let bias: [Float]
    let input: [Float]
    let addend: [Float]
    let bounds: (low: Float, high: Float)
    let isChannelsLast: Bool

    init(_ numbers: inout SeededNumbers, lanes: Int) {
      isChannelsLast = numbers.flag()
      let inputs = isChannelsLast ? lanes * numbers.integer(1...2) : numbers.integer(lanes...40)
      outputs = isChannelsLast ? lanes * numbers.integer(1...3) : numbers.integer(1...40)
      shape = [numbers.integer(1...3), inputs, numbers.integer(3...15), numbers.integer(3...15)]
      window = NaiveWindow(
        kernel: [3, 3], strides: [1, 1], dilations: [1, 1],
        pads: (0..<4).map { _ in numbers.integer(0...2) })
      kernels = numbers.floats(outputs * inputs * 9)
      bias = numbers.floats(outputs)
      input = numbers.floats(elementCount(shape))
      let size = window.output(Array(shape[2...]))
      addend = numbers.floats(shape[0] * outputs * size[0] * size[1])
      bounds = (numbers.flag() ? 0 : -.infinity, numbers.flag() ? 2 : .infinity)
    }

    var destination: [Int] { [shape[0], outputs] + window.output(Array(shape[2...])) }

    var expected: [Float] {
      let sums = window.convolved(input, shape, weights: kernels, bias: bias, group: 1)
      return zip(sums, addend).map { min(max($0 + $1, bounds.low), bounds.high) }
    }
  }

  @Test(arguments: 0..<48, instructions)
  func kernelsEqualLoops(round: Int, isa: camtui_winograd_isa) throws {
    var numbers = SeededNumbers(test: "winograd \(round) \(isa.rawValue)")
    let lanes = WinogradConvolution.lanes(isa)
    let problem = Problem(&numbers, lanes: lanes)
    var convolution = try #require(
      WinogradConvolution(
        .init(
          source: problem.shape, destination: problem.destination, top: problem.window.pads[0],
          left: problem.window.pads[1]), instructions: isa, parts: numbers.integer(1...4),
        isForced: true))
    convolution.raw.tile = numbers.flag() ? 4 : 2
    convolution.raw.tiles_at_once = Int32(numbers.integer(1...40))
    (convolution.raw.low, convolution.raw.high) = problem.bounds
    let found = try run(convolution, problem, lanes: lanes)
    expectEqual(found, problem.expected, tolerance: 2e-5, "\(problem.shape) \(problem.window)")
  }

  private func run(
    _ convolution: WinogradConvolution, _ problem: Problem, lanes: Int
  ) throws -> [Float] {
    var convolution = convolution
    func layout(_ shape: [Int]) throws -> MemoryDescriptor {
      guard problem.isChannelsLast else { return try .channelBlocks(shape, of: lanes) }
      let row = shape[3] * shape[1]
      return try .strided(shape, strides: [shape[2] * row, 1, row, shape[1]])
    }
    let (from, to) = (try layout(problem.shape), try layout(problem.destination))
    let ends = (
      try #require(WinogradConvolution.layout(of: from, lanes: lanes)),
      try #require(WinogradConvolution.layout(of: to, lanes: lanes))
    )
    convolution.bind(source: ends.0, destination: ends.1, addend: ends.1)
    let source = try Self.packed(problem.input, problem.shape, from)
    let addend = try Self.packed(problem.addend, problem.destination, to)
    var weights = Array(repeating: Float.nan, count: convolution.weightCount)
    problem.kernels.withUnsafeBytes { kernels in
      weights.withUnsafeMutableBytes { weights in
        guard let from = kernels.baseAddress, let to = weights.baseAddress else { return }
        convolution.transform(from, isGradient: false, to: to)
      }
    }
    var result = Array(repeating: Float.nan, count: to.byteCount / 4)
    var scratch = Array(repeating: Float.nan, count: convolution.scratchCount)
    let bias = problem.bias + Array(repeating: 0, count: convolution.paddedOutputs)
    result.withUnsafeMutableBufferPointer { result in
      scratch.withUnsafeMutableBufferPointer { scratch in
        guard let result = result.baseAddress, let scratch = scratch.baseAddress else { return }
        convolution.run(
          source: source, weights: weights, bias: bias, addend: addend, destination: result,
          scratch: scratch)
      }
    }
    return try Self.unpacked(result, problem.destination, to)
  }

  private static func packed(
    _ values: [Float], _ shape: [Int], _ layout: MemoryDescriptor
  ) throws -> [Float] {
    try reordered(values, from: .plain(shape), to: layout)
  }

  private static func unpacked(
    _ values: [Float], _ shape: [Int], _ layout: MemoryDescriptor
  ) throws -> [Float] {
    try reordered(values, from: layout, to: .plain(shape))
  }

  private static func reordered(
    _ values: [Float], from: MemoryDescriptor, to: MemoryDescriptor
  ) throws -> [Float] {
    let engine = try OneDNNEngine()
    let (source, result) = (
      try AlignedMemory(byteCount: from.byteCount), try AlignedMemory(byteCount: to.byteCount)
    )
    values.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: source.pointer, count: from.byteCount)
        .copyMemory(from: bytes)
    }
    try PrimitiveDescriptor.reorder(
      from: from, to: to, attributes: try PrimitiveAttributes(), on: engine
    ).runOnce([(.source, from, source.pointer), (.destination, to, result.pointer)], on: engine)
    let start = result.pointer.assumingMemoryBound(to: Float.self)
    return Array(UnsafeBufferPointer(start: start, count: to.byteCount / 4))
  }

  /// A residual block whose gradient passes through both convolutions.
  private func block(_ numbers: inout SeededNumbers, channels: Int, size: Int) -> ONNXModel {
    var model = ONNXModel(openBatchOf: [1, channels, size, size])
    for name in ["v", "w"] {
      model.constant(name, [channels, channels, 3, 3], numbers.floats(channels * channels * 9))
    }
    let pads: [String: AttributeValue] = ["pads": [1, 1, 1, 1]]
    model.add("Conv", ["x", "v"], ["a"], pads)
    model.add("Relu", ["a"], ["b"])
    model.add("Conv", ["b", "w"], ["c"], pads)
    model.add("Add", ["c", "x"], ["d"])
    model.add("Relu", ["d"], ["y"])
    model.addOutput("y")
    return model
  }

  @Test func plansUseThemForwardAndBackward() throws {
    var numbers = SeededNumbers(test: "winograd plans")
    let network = try PlannedNetwork(
      block(&numbers, channels: 32, size: 20), inputShape: [1, 32, 20, 20])
    let forward = try network.plan(results: ["y"])
    #expect(forward.implementations.filter { $0.hasPrefix("winograd") }.count == 2)
    let both = try network.plan(results: ["y"], gradientWith: "x")
    #expect(both.implementations.filter { $0.hasPrefix("winograd") }.count == 4)
  }

  @Test func smallMapsAreConvolvedDirectly() throws {
    var numbers = SeededNumbers(test: "winograd small")
    let network = try PlannedNetwork(
      block(&numbers, channels: 32, size: 3), inputShape: [1, 32, 3, 3])
    let plan = try network.plan(results: ["y"], gradientWith: "x")
    #expect(!plan.implementations.contains { $0.hasPrefix("winograd") })
  }
}
