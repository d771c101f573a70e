import COneDNN
import CWinograd

/// A convolution of 3 x 3 kernels with stride 1 by Winograd's minimal filtering (Lavin and Gray 2016),
/// or its gradient with respect to the input, which is one with the kernels turned around.
///
/// oneDNN has such kernels only in its 2.x line and only for AVX-512; these are this project's own
/// (`CWinograd`) and take two to three times less time than direct convolutions on AVX2 and AVX-512.
struct WinogradConvolution {
  /// The sizes of what is computed: `[N, inputs, height, width]` to `[N, outputs, ...]`.
  struct Sizes: Hashable {
    var source: [Int]
    var destination: [Int]
    /// The zeros before the first row and the first column.
    var top: Int
    var left: Int
  }

  let sizes: Sizes
  /// How many threads share the work; each has scratch memory of its own.
  let parts: Int
  var raw: camtui_winograd

  /// The instructions that oneDNN uses as well, so that `ONEDNN_MAX_CPU_ISA` bounds both.
  static let instructions: camtui_winograd_isa = {
    #if arch(x86_64)
      let isa = UInt32(dnnl_get_effective_cpu_isa().rawValue)
      func has(_ wanted: dnnl_cpu_isa_t) -> Bool { isa & wanted.rawValue == wanted.rawValue }
      if has(dnnl_cpu_isa_avx512_core) { return camtui_winograd_avx512 }
      if has(dnnl_cpu_isa_avx2) { return camtui_winograd_avx2 }
    #endif
    return camtui_winograd_portable
  }()

  /// What people call the instructions.
  static var instructionsName: String {
    switch instructions {
    case camtui_winograd_avx512: "AVX-512"
    case camtui_winograd_avx2: "AVX2"
    default: "portable vectors"
    }
  }

  /// How many channels lie together in the blocked layouts that fit the instructions.
  static var lanes: Int { lanes(instructions) }

  /// How many channels lie together for some instructions.
  static func lanes(_ instructions: camtui_winograd_isa) -> Int {
    Int(camtui_winograd_lanes(instructions))
  }

  /// Nil where a direct convolution is as fast, or the sizes are out of range.
  ///
  /// - Parameters:
  ///   - sizes: what is computed.
  ///   - instructions: what computes it.
  ///   - parts: how many threads share the work.
  ///   - isForced: whether it is wanted even where a direct convolution is as fast.
  init?(
    _ sizes: Sizes, instructions: camtui_winograd_isa = Self.instructions,
    parts: Int = Int(omp_get_max_threads()), isForced: Bool = false
  ) {
    let lanes = Self.lanes(instructions)
    let numbers = sizes.source + sizes.destination + [sizes.top, sizes.left]
    guard sizes.source.count == 4, sizes.destination.count == 4, sizes.source[1] >= lanes,
      numbers.allSatisfy({ (0..<1 << 24).contains($0) }), (1..<1 << 10).contains(parts)
    else { return nil }
    self.sizes = sizes
    self.parts = parts
    raw = camtui_winograd()
    raw.isa = instructions
    raw.batch = Int32(sizes.source[0])
    raw.inputs = Int32(Self.padded(sizes.source[1], lanes))
    raw.outputs = Int32(Self.padded(sizes.destination[1], lanes))
    (raw.height, raw.width) = (Int32(sizes.source[2]), Int32(sizes.source[3]))
    (raw.out_height, raw.out_width) = (Int32(sizes.destination[2]), Int32(sizes.destination[3]))
    (raw.top, raw.left) = (Int32(sizes.top), Int32(sizes.left))
    (raw.low, raw.high) = (-.infinity, .infinity)
    guard camtui_winograd_choose(&raw) != 0 || isForced else { return nil }
  }

  private static func padded(_ channels: Int, _ lanes: Int) -> Int {
    (channels + lanes - 1) / lanes * lanes
  }

  /// The number of outputs with their padding.
  var paddedOutputs: Int { Int(raw.outputs) }
  /// The floats that the transformed kernels take.
  var weightCount: Int { withUnsafePointer(to: raw) { camtui_winograd_weight_count($0) } }
  /// The floats of scratch memory, of all parts.
  var scratchCount: Int {
    parts * withUnsafePointer(to: raw) { camtui_winograd_scratch_count($0) }
  }
  /// Tells transformed kernels apart that lie differently.
  var weightName: String { "winograd \(raw.tile) x \(Self.lanes(raw.isa))" }
  /// What profiles call it.
  var implementation: String {
    let isa =
      switch raw.isa {
      case camtui_winograd_avx512: "avx512"
      case camtui_winograd_avx2: "avx2"
      default: "portable"
      }
    return "winograd_\(raw.tile)x3:\(isa)"
  }

  // MARK: Layouts

  /// Where the vectors of channels of a layout lie; nil for layouts in which they do not lie together.
  static func layout(
    of descriptor: MemoryDescriptor, lanes: Int = Self.lanes
  ) -> camtui_winograd_layout? {
    guard let blocking = descriptor.blocking, blocking.strides.count == 4 else { return nil }
    let strides = blocking.strides
    let isBlocked = blocking.sizes == [lanes] && blocking.axes == [1]
    let isChannelsLast =
      blocking.sizes.isEmpty && strides[1] == 1 && descriptor.shape[1] % lanes == 0
    guard isBlocked || isChannelsLast else { return nil }
    return camtui_winograd_layout(
      image: strides[0], block: isBlocked ? strides[1] : lanes, row: strides[2], pixel: strides[3])
  }

  /// Sets where the tensors lie.
  mutating func bind(
    source: camtui_winograd_layout, destination: camtui_winograd_layout,
    addend: camtui_winograd_layout?
  ) {
    raw.source = source
    raw.destination = destination
    raw.addend = addend ?? destination
  }

  /// Takes over activations that keep results within bounds.
  ///
  /// - Parameter functions: the activations behind the convolution, first one first.
  /// - Returns: those from the first one on that is of another kind. Channels that are padding stay
  ///   zero, so that bounds must allow zero.
  mutating func bounding(_ functions: [ElementwiseFunction]) -> ArraySlice<ElementwiseFunction> {
    for (index, function) in functions.enumerated() {
      guard let (low, high) = function.bounds, low <= 0, high >= 0 else {
        return functions[index...]
      }
      raw.low = min(max(raw.low, low), high)
      raw.high = min(max(raw.high, low), high)
    }
    return []
  }

  // MARK: Work

  /// Transforms kernels, `U = G g G'` (equation 8).
  ///
  /// - Parameters:
  ///   - kernels: `[O, I, 3, 3]` of the forward convolution, row-major.
  ///   - isGradient: whether the gradient with respect to the input is computed, whose inputs are the
  ///     convolution's outputs.
  ///   - result: ``weightCount`` floats.
  func transform(_ kernels: UnsafeRawPointer, isGradient: Bool, to result: UnsafeMutableRawPointer)
  {
    let (outputs, inputs) = (sizes.destination[1], sizes.source[1])
    withUnsafePointer(to: raw) { raw in
      camtui_winograd_weights(
        raw, kernels.assumingMemoryBound(to: Float.self), Int32(outputs), Int32(inputs),
        isGradient ? 9 : 9 * inputs, isGradient ? 9 * outputs : 9, isGradient ? 1 : 0,
        result.assumingMemoryBound(to: Float.self))
    }
  }

  /// Runs the convolution on tensors that lie as they were bound.
  ///
  /// - Parameters:
  ///   - source: the input.
  ///   - weights: the transformed kernels.
  ///   - bias: one number an output, padding included; nil for none.
  ///   - addend: what is added before the bounds, perhaps the destination itself; nil for nothing.
  ///   - destination: the result.
  ///   - scratch: ``scratchCount`` floats.
  func run(
    source: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    addend: UnsafePointer<Float>?, destination: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    withUnsafePointer(to: raw) {
      camtui_winograd_run($0, source, weights, bias, addend, destination, scratch, Int32(parts))
    }
  }
}

extension ElementwiseFunction {
  /// The bounds within which the function keeps its argument and does no more; nil for others.
  fileprivate var bounds: (low: Float, high: Float)? {
    switch kind {
    case .relu where alpha == 0: (0, .infinity)
    case .clip: (alpha, beta)
    default: nil
    }
  }
}
