import Inference

/// Runs the network on many masked versions of one input, in batches.
struct MaskScoring {
  let executor: Executor
  /// How many inputs a batch holds.
  let batchSize: Int
  /// The size at which the network runs.
  let height: Int
  let width: Int

  /// The memory that one batch's activations may take; a batch is halved until it fits.
  static let memoryLimit = 512 << 20
  static let largestBatch = 16

  /// - Parameters:
  ///   - executor: the network.
  ///   - count: how many inputs there are.
  ///   - batchSize: how many at once; nil chooses by the memory that they need.
  ///   - height: rows of the inputs.
  ///   - width: columns of the inputs.
  /// - Throws: an ``InferenceError``, also where the network cannot run at this size.
  init(_ executor: Executor, count: Int, batchSize: Int?, height: Int, width: Int) throws {
    self.executor = executor
    self.height = height
    self.width = width
    var size = max(1, min(count, batchSize ?? Self.largestBatch))
    if batchSize == nil {
      while size > 1,
        try executor.activationByteCount(batch: size, height: height, width: width)
          > Self.memoryLimit
      {
        size = (size + 1) / 2
      }
    }
    self.batchSize = size
  }

  /// The scores of inputs, all classes.
  ///
  /// - Parameters:
  ///   - range: which inputs; at most a batch.
  ///   - write: writes one input, planes `[3, height, width]`.
  /// - Returns: `[count, classes]`.
  /// - Throws: `CancellationError`, or an ``InferenceError``.
  func scores(
    _ range: Range<Int>, _ write: (Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) throws -> [Float] {
    try Task.checkCancellation()
    let structure = executor.structure
    let elements = structure.channels * height * width
    let all = try executor.scores(batch: batchSize, height: height, width: width) { input in
      for index in 0..<batchSize {
        let place = UnsafeMutableBufferPointer(
          rebasing: input[index * elements..<(index + 1) * elements])
        if index < range.count {
          write(range.lowerBound + index, place)
        } else {
          place.update(repeating: 0)
        }
      }
      if structure.isChannelsLast { Self.interleave(input, area: height * width) }
    }
    return Array(all.prefix(range.count * structure.classCount))
  }

  /// Planes to pixels, for networks that take `[N, H, W, 3]`.
  private static func interleave(_ input: UnsafeMutableBufferPointer<Float>, area: Int) {
    let planes = Array(input)
    for image in 0..<input.count / (3 * area) {
      let start = image * 3 * area
      for pixel in 0..<area {
        for plane in 0..<3 {
          input[start + pixel * 3 + plane] = planes[start + plane * area + pixel]
        }
      }
    }
  }
}
