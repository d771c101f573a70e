import COneDNN

/// Where oneDNN's Winograd convolutions look for their weights, and how they get there.
///
/// oneDNN's own transform takes as long as several passes through the network (ResNet-18: 0.6 s on two
/// cores). Here it is a permutation of the kernels and one matrix product, which writes the final layout.
struct WinogradWeights {
  /// How many numbers a transformed kernel has: 36 or 16.
  private let size: Int
  /// `G x G` of the kernels' 9 numbers, `[size, 9]`, row-major.
  private let matrix: [Float]
  /// How many matrix products there are, of `run` kernels each.
  private let products: Int
  private let run: Int
  /// The kernels as seven axes: chunks, blocks of a chunk and places in a block, of the outputs and of the
  /// inputs, and the 9 numbers.
  private let blocks: [Int]
  /// How far apart they lie in the order `[products, 9, run]` that the product reads.
  private let strides: [Int]

  /// Output and input channels that lie together.
  private static let block = 16

  /// The layout that a descriptor has; nil for every other one, and for those that nobody has seen yet.
  init?(_ descriptor: MemoryDescriptor) {
    var layout = camtui_winograd_layout()
    guard camtui_memory_desc_winograd(descriptor.handle, &layout) != 0 else { return nil }
    let (inputs, outputs) = (Int(layout.inputs), Int(layout.outputs))
    let (inputRun, outputRun) = (Int(layout.input_run), Int(layout.output_run))
    let block = Self.block
    guard layout.r == 3, layout.input_block == Int32(block), layout.output_block == Int32(block),
      inputRun > 0, outputRun > 0, inputs % (block * inputRun) == 0,
      outputs % (block * outputRun) == 0, descriptor.shape == [outputs, inputs, 3, 3]
    else { return nil }
    let (inputChunks, outputChunks) = (inputs / block / inputRun, outputs / block / outputRun)
    blocks = [outputChunks, outputRun, block, inputChunks, inputRun, block, 9]
    let (all, square) = (inputs * outputs, block * block)
    switch layout.order {
    case camtui_winograd_OBaaIBOIio:
      run = inputs * outputRun * block
      strides = [
        9 * run, inputRun * square, 1, outputRun * inputRun * square, square, block, run,
      ]
    case camtui_winograd_aaOBiOo:
      run = all
      let row = outputRun * block
      strides = [inputs * row, block, 1, inputRun * block * row, block * row, row, all]
    case camtui_winograd_aaOio:
      run = all
      strides = [
        outputRun * inputs * block, inputs * block, 1, inputRun * square, square, block, all,
      ]
    default: return nil
    }
    products = all / run
    let transform = layout.alpha == 6 ? Self.fourByFour : Self.twoByTwo
    size = transform.count * transform.count
    guard Int(layout.alpha) == transform.count,
      descriptor.byteCount == size * all * MemoryLayout<Float>.stride
    else { return nil }
    matrix = transform.flatMap { row in
      transform.flatMap { column in row.flatMap { left in column.map { left * $0 } } }
    }
  }

  /// Writes `U = G g G^T` of every kernel g (Lavin and Gray 2016, equation 8), which is `(G x G) g` for
  /// the 9 numbers of g in a column.
  ///
  /// - Parameters:
  ///   - kernels: `[O, I, 3, 3]`, row-major.
  ///   - destination: as much memory as the descriptor needs.
  ///   - engine: the engine.
  /// - Throws: an ``InferenceError``.
  func transform(
    _ kernels: UnsafeRawPointer, to destination: UnsafeMutableRawPointer, on engine: OneDNNEngine
  ) throws {
    let (plain, inOrder) = (
      try MemoryDescriptor.plain(blocks), try MemoryDescriptor.strided(blocks, strides: strides)
    )
    let ordered = try AlignedMemory(byteCount: plain.byteCount)
    try PrimitiveDescriptor.reorder(
      from: plain, to: inOrder, attributes: try PrimitiveAttributes(), on: engine
    ).runOnce(
      [
        (.source, plain, UnsafeMutableRawPointer(mutating: kernels)),
        (.destination, inOrder, ordered.pointer),
      ], on: engine)
    var matrices = Array(repeatElement(matrix, count: products).joined())
    let left = try MemoryDescriptor.plain([products, size, 9])
    let right = try MemoryDescriptor.plain([products, 9, run])
    let result = try MemoryDescriptor.plain([products, size, run])
    let product = try PrimitiveDescriptor.matrixProduct(
      source: left, weights: right, destination: result, attributes: try PrimitiveAttributes(),
      on: engine)
    try matrices.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      try product.runOnce(
        [
          (.source, left, base), (.weights, right, ordered.pointer),
          (.destination, result, destination),
        ], on: engine)
    }
  }

  /// G of F(2x2, 3x3): the points 0, 1, -1 and infinity.
  private static let twoByTwo: [[Float]] = [
    [1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1],
  ]

  /// G of F(4x4, 3x3) with the points of oneDNN's kernels: 0, +-0.625, +-1.5 and infinity.
  private static let fourByFour = interpolation(at: [0, 0.625, -0.625, 1.5, -1.5])

  /// A row `(1, p, p^2) / prod (p - q)` of every point p over the others q, and one for infinity.
  private static func interpolation(at points: [Float]) -> [[Float]] {
    let rows = points.map { point -> [Float] in
      let scale = points.filter { $0 != point }.reduce(Float(1)) { $0 * (point - $1) }
      return [1 / scale, point / scale, point * point / scale]
    }
    return rows + [[0, 0, 1]]
  }
}
