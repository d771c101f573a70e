/// Adds up blocks of an image where they overlap: the transpose of cutting an image into blocks
/// (PyTorch's fold). `[N, C b, blocks]` becomes `[N, C, H, W]`.
struct Col2Im: Operator {
  let dilations: [Int]?
  let pads: [Int]?
  let strides: [Int]?

  init(_ node: NodeReader) throws {
    dilations = node.integers("dilations")
    pads = node.integers("pads")
    strides = node.integers("strides")
    let numbers = (pads ?? []) + ((dilations ?? []) + (strides ?? [])).map { $0 - 1 }
    guard numbers.allSatisfy({ (0..<1 << 31).contains($0) }) else {
      throw node.unsupported("dilations and strides must be positive, pads not negative")
    }
  }

  func infer(_ node: NodeOperands) throws -> [Operand] { [Operand(shape: try plan(node).shape)] }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (shape, copies) = try self.plan(plan.operands(of: node))
    let source = try plan.plainBuffer(of: try node.input(0))
    let result = plan.define(try node.output(), try .plain(shape))
    plan.fill(result, with: 0)
    for copy in copies { plan.emitSum(copy, from: source, into: result) }
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let (_, copies) = try self.plan(plan.operands(of: node))
    let after = try plan.plainGradient(of: try node.output())
    let before = plan.newBuffer(try .plain(plan.shape(value)))
    plan.fill(before, with: 0)
    for copy in copies { plan.emitSum(copy.reversed, from: after, into: before) }
    plan.contribute(before, to: value)
  }

  /// The output's shape, and for every place of a block where its numbers go.
  private func plan(_ node: NodeOperands) throws -> (shape: [Int], copies: [StridedCopy]) {
    let input = try node.input(0).shape
    guard let image = try node.integers(1, "image_shape"),
      let block = try node.integers(2, "block_shape"), image.count == block.count,
      input.count == 3, !image.isEmpty, (image + block).allSatisfy({ (1..<1 << 31).contains($0) })
    else { throw node.failure("its shapes of image and block do not fit \(input)") }
    let rank = image.count
    let ones = Array(repeating: 1, count: rank)
    let (dilations, strides) = (dilations ?? ones, strides ?? ones)
    let pads = pads ?? Array(repeating: 0, count: 2 * rank)
    guard dilations.count == rank, strides.count == rank, pads.count == 2 * rank,
      let places = checkedElementCount(block), places <= 1 << 16, input[1] % places == 0
    else { throw node.failure("its block of \(block) does not fit an input of shape \(input)") }
    let counts = (0..<rank).map { axis -> Int in
      let room = image[axis] + pads[axis] + pads[axis + rank] - dilations[axis] * (block[axis] - 1)
      return room > 0 ? (room - 1) / strides[axis] + 1 : 0
    }
    guard checkedElementCount(counts) == input[2], input[2] > 0 else {
      throw node.failure("\(input[2]) blocks do not cover an image of \(image)")
    }
    let shape = [input[0], input[1] / places] + image
    try node.check(shape)
    let copies = (0..<places).compactMap { place in
      copy(place, block, counts, image, shape, dilations, strides, pads, length: input[2])
    }
    return (shape, copies)
  }

  private func copy(
    _ place: Int, _ block: [Int], _ counts: [Int], _ image: [Int], _ shape: [Int],
    _ dilations: [Int], _ strides: [Int], _ pads: [Int], length: Int
  ) -> StridedCopy? {
    let (steps, rows) = (rowMajorStrides(counts), rowMajorStrides(shape))
    let within = zip(rowMajorStrides(block), block).map { place / $0 % $1 }
    let channels = shape[1] * elementCount(block) * length
    var copy = StridedCopy(
      extents: Array(shape[..<2]), sourceOffset: place * length,
      sourceStrides: [channels, elementCount(block) * length], destinationOffset: 0,
      destinationStrides: Array(rows[..<2]))
    for axis in block.indices {
      // The first place in the image is `number * stride + start`.
      let start = within[axis] * dilations[axis] - pads[axis]
      let first = start >= 0 ? 0 : (-start + strides[axis] - 1) / strides[axis]
      let room = image[axis] - 1 - start
      let last = room < 0 ? -1 : min(counts[axis] - 1, room / strides[axis])
      guard first <= last else { return nil }
      copy.extents.append(last - first + 1)
      copy.sourceOffset += first * steps[axis]
      copy.sourceStrides.append(steps[axis])
      copy.destinationOffset += (first * strides[axis] + start) * rows[axis + 2]
      copy.destinationStrides.append(strides[axis] * rows[axis + 2])
    }
    return copy
  }
}
