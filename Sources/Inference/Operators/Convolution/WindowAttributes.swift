/// How a sliding window pads its input (`auto_pad`).
enum AutomaticPadding: String, Sendable {
  case none = "NOTSET"
  case sameUpper = "SAME_UPPER"
  case sameLower = "SAME_LOWER"
  case valid = "VALID"
}

/// The attributes that convolution and pooling share.
struct WindowAttributes: Sendable {
  var kernel: [Int]?
  var strides: [Int]?
  var dilations: [Int]?
  var pads: [Int]?
  let padding: AutomaticPadding

  init(_ node: NodeReader) throws {
    kernel = node.integers("kernel_shape")
    strides = node.integers("strides")
    dilations = node.integers("dilations")
    pads = node.integers("pads")
    let name = node.string("auto_pad", default: "NOTSET")
    guard let padding = AutomaticPadding(rawValue: name) else {
      throw node.unsupported(
        "attribute auto_pad = \(name), NOTSET, SAME_UPPER, SAME_LOWER or VALID"
          + " was expected")
    }
    self.padding = padding
    guard (strides ?? []).allSatisfy({ $0 > 0 }), (dilations ?? []).allSatisfy({ $0 > 0 }) else {
      throw node.unsupported("strides and dilations must be positive")
    }
    let numbers = [kernel, strides, dilations, pads].compactMap(\.self).joined()
    guard numbers.allSatisfy({ $0 < Self.limit }) else {
      throw node.unsupported("numbers below 2^31 were expected for its window")
    }
  }

  /// Sizes below this cannot overflow when they are multiplied.
  private static let limit = 1 << 31

  /// The window over an input.
  ///
  /// - Parameters:
  ///   - input: the spatial sizes of the input.
  ///   - kernel: the spatial sizes of the window.
  ///   - roundsUp: whether a last, incomplete window counts (`ceil_mode`).
  /// - Returns: the window, or nil where the attributes do not fit the input's rank or no window
  ///   fits into the input.
  func window(input: [Int], kernel: [Int], roundsUp: Bool = false) -> Window? {
    let rank = input.count
    let strides = strides ?? Array(repeating: 1, count: rank)
    let given = dilations ?? Array(repeating: 1, count: rank)
    let pads = padding == .none ? self.pads ?? [] : []
    let allPads = pads.isEmpty ? Array(repeating: 0, count: 2 * rank) : pads
    guard kernel.count == rank, strides.count == rank, given.count == rank,
      allPads.count == 2 * rank,
      kernel.allSatisfy({ $0 > 0 && $0 < Self.limit }), allPads.allSatisfy({ $0 >= 0 })
    else { return nil }
    // Dilation says nothing of a window of length 1, and oneDNN may refuse it there.
    let dilations = zip(kernel, given).map { $0 == 1 ? 1 : $1 }
    var window = Window(kernel: kernel, strides: strides, dilations: dilations)
    for axis in 0..<rank {
      let extent = (kernel[axis] - 1) * dilations[axis] + 1
      let fitted = fit(
        input[axis], extent, strides[axis], (allPads[axis], allPads[axis + rank]), roundsUp)
      guard fitted.output > 0 else { return nil }
      window.append(fitted, input: input[axis], extent: extent)
    }
    return window
  }

  private func fit(
    _ input: Int, _ extent: Int, _ stride: Int, _ pads: (begin: Int, end: Int), _ roundsUp: Bool
  ) -> (output: Int, begin: Int, end: Int) {
    switch padding {
    case .sameUpper, .sameLower:
      let output = (input + stride - 1) / stride
      let total = max(0, (output - 1) * stride + extent - input)
      let small = total / 2
      return padding == .sameUpper
        ? (output, small, total - small) : (output, total - small, small)
    case .none, .valid:
      let room = input + pads.begin + pads.end - extent
      guard room >= 0 else { return (0, 0, 0) }
      var output = (roundsUp ? (room + stride - 1) / stride : room / stride) + 1
      // A window that would begin in the padding at the end is none.
      if roundsUp, (output - 1) * stride >= input + pads.begin { output -= 1 }
      return (output, pads.begin, pads.end)
    }
  }
}

/// A sliding window fitted to an input.
struct Window: Sendable {
  let kernel: [Int]
  let strides: [Int]
  let dilations: [Int]
  private(set) var output: [Int] = []
  private(set) var padsBegin: [Int] = []
  /// The padding at the end that the last window reaches into; it may be more than was declared
  /// (`ceil_mode`) or less (what no window touches), even negative.
  private(set) var padsEnd: [Int] = []
  /// How far the last window reaches beyond the declared padding.
  private(set) var overhang: [Int] = []

  init(kernel: [Int], strides: [Int], dilations: [Int]) {
    self.kernel = kernel
    self.strides = strides
    self.dilations = dilations
  }

  /// A window as large as an input of this shape, batch and channels first.
  init(global input: [Int]) {
    let ones = Array(repeating: 1, count: input.count - 2)
    self.init(kernel: Array(input[2...]), strides: ones, dilations: ones)
    for size in kernel { append((1, 0, 0), input: size, extent: size) }
  }

  fileprivate mutating func append(
    _ fitted: (output: Int, begin: Int, end: Int), input: Int, extent: Int
  ) {
    let axis = output.count
    let needed = (fitted.output - 1) * strides[axis] + extent - input - fitted.begin
    output.append(fitted.output)
    padsBegin.append(fitted.begin)
    padsEnd.append(needed)
    overhang.append(max(0, needed - fitted.end))
  }
}
