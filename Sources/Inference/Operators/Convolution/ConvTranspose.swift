/// The transpose of a convolution: every place of the input adds a scaled kernel to the output. It is
/// the gradient of a convolution from the output's shape to the input's, and its own gradient is
/// that convolution.
struct ConvTranspose: Operator {
  let attributes: WindowAttributes
  let group: Int
  let outputPadding: [Int]?
  let outputShape: [Int]?

  init(_ node: NodeReader) throws {
    attributes = try WindowAttributes(node)
    group = node.integer("group", default: 1)
    outputPadding = node.integers("output_padding")
    outputShape = node.integers("output_shape")
    guard (1..<1 << 31).contains(group) else {
      throw node.unsupported("attribute group = \(group), a positive number was expected")
    }
    let sizes = (outputPadding ?? []) + (outputShape ?? []).map { $0 - 1 }
    guard sizes.allSatisfy({ (0..<1 << 31).contains($0) }) else {
      throw node.unsupported("output_padding and output_shape must not be negative")
    }
  }

  var hasWeights: Bool { true }

  func views(_ node: ViewedNode) -> [ValueView?] { node.windowed(newChannels: true) }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let (input, weights) = (try node.input(0).shape, try node.input(1).shape)
    guard input.count >= 3, weights.count == input.count, input[1] == weights[0],
      weights[0] % group == 0, weights[1] > 0
    else {
      throw node.failure("weights of shape \(weights) do not fit an input of shape \(input)")
    }
    let channels = weights[1].multipliedReportingOverflow(by: group)
    guard !channels.overflow else { throw node.failure("its weights do not fit its groups") }
    if let bias = node.optional(2), bias.shape != [channels.partialValue] {
      throw node.failure("its bias must be one number an output channel")
    }
    if let kernel = attributes.kernel, kernel != Array(weights[2...]) {
      throw node.failure(
        "attribute kernel_shape = \(kernel) contradicts weights of shape \(weights)")
    }
    guard let geometry = geometry(input, weights) else {
      throw node.failure("its window of \(weights[2...]) does not fit an input of shape \(input)")
    }
    return [Operand(shape: [input[0], channels.partialValue] + geometry.output)]
  }

  /// The convolution's window, from the output to the input.
  private func geometry(
    _ input: [Int], _ weights: [Int]
  ) -> (output: [Int], window: ConvolutionGeometry)? {
    let rank = input.count - 2
    let ones = Array(repeating: 1, count: rank)
    let zeros = Array(repeating: 0, count: rank)
    let (strides, dilations) = (attributes.strides ?? ones, attributes.dilations ?? ones)
    let extra = outputPadding ?? zeros
    let pads = attributes.pads ?? zeros + zeros
    guard strides.count == rank, dilations.count == rank, extra.count == rank,
      pads.count == 2 * rank, pads.allSatisfy({ (0..<1 << 31).contains($0) }),
      outputShape.map({ $0.count == rank }) ?? true,
      (input + weights).allSatisfy({ (0..<1 << 31).contains($0) })
    else { return nil }
    var (output, begin, end) = ([Int](), [Int](), [Int]())
    for axis in 0..<rank {
      let extent = (weights[axis + 2] - 1) * dilations[axis] + 1
      let reach = strides[axis] * (input[axis + 2] - 1) + extent
      let (size, before) = placed(
        reach, extra[axis], (pads[axis], pads[axis + rank]), axis: axis,
        same: input[axis + 2] * strides[axis])
      output.append(size)
      begin.append(before)
      // What the last window needs beyond the output, whatever was declared.
      end.append(reach - size - before)
    }
    guard output.allSatisfy({ $0 > 0 }), begin.allSatisfy({ $0 >= 0 }) else { return nil }
    return (
      output,
      ConvolutionGeometry(
        strides: strides,
        dilations: zip(dilations, weights[2...]).map { $1 == 1 ? 0 : $0 - 1 }, padsBegin: begin,
        padsEnd: end)
    )
  }

  /// The size of an axis of the output, and how much is cut off in front.
  private func placed(
    _ reach: Int, _ extra: Int, _ pads: (begin: Int, end: Int), axis: Int, same: Int
  ) -> (size: Int, before: Int) {
    let isAutomatic = attributes.padding == .sameUpper || attributes.padding == .sameLower
    guard isAutomatic || outputShape != nil else {
      let declared = attributes.padding == .valid ? (begin: 0, end: 0) : pads
      return (reach + extra - declared.begin - declared.end, declared.begin)
    }
    let size = outputShape?[axis] ?? same
    let total = max(0, reach + extra - size)
    return (size, attributes.padding == .sameUpper ? total / 2 : total - total / 2)
  }

  private func grouped(_ weights: [Int]) -> [Int] {
    group == 1 ? weights : [group, weights[0] / group] + weights[1...]
  }

  /// The convolution from the output's shape to the input's.
  private func convolution(
    _ node: PlannedNode, in plan: PlanBuilder
  ) throws -> (descriptor: PrimitiveDescriptor, geometry: ConvolutionGeometry) {
    let (input, weights) = (plan.shape(try node.input(0)), plan.shape(try node.input(1)))
    guard let (_, window) = geometry(input, weights) else {
      throw node.failure("its window does not fit")
    }
    let descriptor = try PrimitiveDescriptor.convolution(
      source: try .any(plan.shape(try node.output())), weights: try .any(grouped(weights)),
      bias: nil, destination: try .any(input), geometry: window,
      attributes: PrimitiveAttributes(), on: plan.engine)
    return (descriptor, window)
  }

  private func weights(
    _ node: PlannedNode, _ wanted: MemoryDescriptor, in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    let value = try node.input(1)
    let original = try MemoryDescriptor.plain(grouped(plan.shape(value)))
    guard let tensor = plan.constant(value) else {
      return try plan.converting(
        plan.view(try plan.plainBuffer(of: value), as: original), to: wanted)
    }
    let memory = try plan.weights.memory("\(node.name) weights", in: wanted, from: original) {
      try tensor.withFloatBytes($0)
    }
    return plan.constantBuffer(memory, wanted)
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let (forward, geometry) = try convolution(node, in: plan)
    let shape = plan.shape(output)
    let primitive = try PrimitiveDescriptor.convolutionGradient(
      source: try .any(shape), weights: try .any(grouped(plan.shape(try node.input(1)))),
      destination: try .any(plan.shape(value)), geometry: geometry,
      attributes: PrimitiveAttributes(), hint: forward, on: plan.engine)
    let result = plan.newBuffer(primitive.sourceGradient)
    plan.emit(
      primitive,
      [
        (.destinationGradient, try plan.buffer(of: value, as: primitive.destinationGradient)),
        (.weights, try weights(node, primitive.weights, in: plan)), (.sourceGradient, result),
      ])
    guard let bias = node.optional(2) else {
      return plan.define(output, overwriting: result)
    }
    let column = [1, shape[1]] + Array(repeating: 1, count: shape.count - 2)
    let shift = plan.view(try plan.plainBuffer(of: bias), as: try .plain(column))
    let addition = try PrimitiveDescriptor.binary(
      .add, left: result.descriptor, right: shift.descriptor, destination: result.descriptor,
      attributes: PrimitiveAttributes(), on: plan.engine)
    plan.emit(addition, [(.source, result), (.secondSource, shift), (.destination, result)])
    plan.define(output, overwriting: result)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    guard plan.needsGradient(value) else { return }
    let (primitive, _) = try convolution(node, in: plan)
    let before = plan.newBuffer(primitive.destination)
    plan.emit(
      primitive,
      [
        (.source, try plan.gradient(of: try node.output(), as: primitive.source)),
        (.weights, try weights(node, primitive.weights, in: plan)), (.destination, before),
      ])
    plan.contribute(before, to: value)
  }
}
