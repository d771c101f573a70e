import Inference

/// Runs the network on many masked versions of one input, in batches.
package struct MaskScoring {
  let executor: Executor
  /// How many inputs a batch holds.
  let batchSize: Int
  /// The size at which the network runs.
  let height: Int
  let width: Int

  /// The memory that one batch's activations may take where nothing is said.
  static let memoryLimit = 256 << 20
  /// Beyond this, the time of an image does not fall any more.
  static let largestBatch = 32

  /// - Parameters:
  ///   - executor: the network.
  ///   - count: how many inputs there are.
  ///   - batchSize: how many at once; nil for as many as are worth it.
  ///   - memoryLimit: the memory that a batch's activations may take, in bytes; a batch that needs more is
  ///     made smaller. Nil for 256 MiB where no batch size is asked for.
  ///   - height: rows of the inputs.
  ///   - width: columns of the inputs.
  /// - Throws: an ``InferenceError``, also where the network cannot run at this size.
  init(
    _ executor: Executor, count: Int, batchSize: Int?, memoryLimit: Int? = nil, height: Int,
    width: Int
  ) throws {
    self.executor = executor
    self.height = height
    self.width = width
    let limit = memoryLimit ?? (batchSize == nil ? Self.memoryLimit : Int.max)
    let wanted = Self.even(count, batchSize ?? Self.largestBatch)
    let possible = try executor.batch(
      atMost: wanted, within: limit, height: height, width: width)
    self.batchSize = Self.even(count, possible)
  }

  /// The batch size up to `largest` that leaves the least of the last batch empty, in as few batches.
  package static func even(_ count: Int, _ largest: Int) -> Int {
    let (count, largest) = (max(1, count), max(1, largest))
    let batches = (count + largest - 1) / largest
    return (count + batches - 1) / batches
  }

  /// The scores of inputs, all classes.
  ///
  /// - Parameters:
  ///   - range: which inputs; at most a batch.
  ///   - write: writes one input, planes `[3, height, width]`.
  /// - Returns: `[count, scores]`, to be read by the head.
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
      if structure.isChannelsLast {
        Self.interleave(input, channels: structure.channels, area: height * width)
      }
    }
    PassCounter.current?.add(Passes(forward: range.count))
    return Array(all.prefix(range.count * structure.scoreCount))
  }

  /// Planes to pixels, for networks that take `[N, H, W, C]`.
  private static func interleave(
    _ input: UnsafeMutableBufferPointer<Float>, channels: Int, area: Int
  ) {
    guard channels > 1 else { return }
    let planes = Array(input)
    for image in 0..<input.count / (channels * area) {
      let start = image * channels * area
      for pixel in 0..<area {
        for plane in 0..<channels {
          input[start + pixel * channels + plane] = planes[start + plane * area + pixel]
        }
      }
    }
  }
}
