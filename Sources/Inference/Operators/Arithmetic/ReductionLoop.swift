/// Brings a row-major tensor down to a shape of the same rank in which some axes have length 1.
struct ReductionLoop: Sendable {
  /// The axes with neighbours that are treated alike taken as one; those of length 1 left out.
  private let lengths: [Int]
  /// The result's strides, 0 along what is reduced.
  private let strides: [Int]
  /// How many elements become one.
  let share: Int
  private let resultCount: Int

  init(_ shape: [Int], to kept: [Int]) {
    var (lengths, isReduced) = ([Int](), [Bool]())
    for axis in shape.indices where shape[axis] != 1 {
      let reduces = kept[axis] == 1
      if isReduced.last == reduces {
        lengths[lengths.count - 1] *= shape[axis]
      } else {
        lengths.append(shape[axis])
        isReduced.append(reduces)
      }
    }
    self.lengths = lengths
    let remaining = zip(lengths, isReduced).map { $1 ? 1 : $0 }
    strides = zip(rowMajorStrides(remaining), isReduced).map { $1 ? 0 : $0 }
    resultCount = elementCount(kept)
    share = resultCount == 0 ? 0 : elementCount(shape) / resultCount
  }

  /// Visits every element with its place in the result.
  @inline(__always)
  func forEach(_ body: (_ position: Int, _ result: Int) -> Void) {
    forEachIndex(lengths, strides, body)
  }

  /// Joins all elements of each place of the result, beginning with `initial`.
  @inline(__always)
  func reduce(
    _ source: UnsafeMutablePointer<Float>, _ result: UnsafeMutablePointer<Float>,
    _ initial: Float, _ element: (Float) -> Float, _ join: (Float, Float) -> Float
  ) {
    result.update(repeating: initial, count: resultCount)
    guard strides.last == 0, let length = lengths.last, length > 0 else {
      return forEach { result[$1] = join(result[$1], element(source[$0])) }
    }
    // Partial results in eight lanes: exact enough for long rows, and fast.
    let (outer, steps) = (Array(lengths.dropLast()), Array(strides.dropLast()))
    forEachIndex(outer, steps) { row, place in
      let start = source + row * length
      var lanes = SIMD8<Float>(repeating: initial)
      var index = 0
      while index + 8 <= length {
        for lane in 0..<8 { lanes[lane] = join(lanes[lane], element(start[index + lane])) }
        index += 8
      }
      var rest = initial
      while index < length {
        rest = join(rest, element(start[index]))
        index += 1
      }
      for lane in 0..<8 { rest = join(rest, lanes[lane]) }
      result[place] = join(result[place], rest)
    }
  }
}

extension PlanBuilder {
  /// The sum along the axes that have length 1 in `kept`.
  func sum(_ buffer: PlannedBuffer, to kept: [Int]) throws -> PlannedBuffer {
    let source = try plain(buffer)
    let loop = ReductionLoop(source.descriptor.shape, to: kept)
    let result = newBuffer(try .plain(kept))
    emitLoop([source, result]) { pointers in
      loop.reduce(pointers[0], pointers[1], 0, { $0 }, +)
    }
    return result
  }
}
