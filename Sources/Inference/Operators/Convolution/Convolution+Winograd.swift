/// Convolutions that Winograd's method computes, and their gradients.
extension Convolution {
  /// The forward computation by Winograd's method; nil where the direct one is as fast.
  func winograd(_ node: PlannedNode, in plan: PlanBuilder) throws -> WinogradConvolution? {
    let source = plan.shape(try node.input(0))
    guard let window = try winogradWindow(node, in: plan) else { return nil }
    return WinogradConvolution(
      .init(
        source: source, destination: plan.shape(try node.output()), top: window.padsBegin[0],
        left: window.padsBegin[1]))
  }

  /// The gradient with respect to the input: a convolution of the output's gradient with the kernels
  /// turned around, padded by what the forward one lacks of a whole kernel.
  func winogradGradient(_ node: PlannedNode, in plan: PlanBuilder) throws -> WinogradConvolution? {
    guard let window = try winogradWindow(node, in: plan), window.padsBegin.allSatisfy({ $0 <= 2 })
    else { return nil }
    return WinogradConvolution(
      .init(
        source: plan.shape(try node.output()), destination: plan.shape(try node.input(0)),
        top: 2 - window.padsBegin[0], left: 2 - window.padsBegin[1]))
  }

  /// The window where kernels are 3 x 3, in one group, and move by single pixels.
  private func winogradWindow(_ node: PlannedNode, in plan: PlanBuilder) throws -> Window? {
    let weights = plan.shape(try node.input(1))
    guard group == 1, weights.count == 4, plan.constant(try node.input(1)) != nil,
      bias(node).map({ plan.constant($0) != nil }) ?? true, weights[2...] == [3, 3],
      let window = window(plan.shape(try node.input(0)), weights),
      (window.strides + window.dilations).allSatisfy({ $0 == 1 }),
      window.padsBegin.allSatisfy({ $0 >= 0 })
    else { return nil }
    return window
  }

  /// Adds the forward computation: the residual, the bias and activations that are bounds run in it,
  /// other activations behind it.
  func compile(
    _ winograd: WinogradConvolution, _ node: PlannedNode, _ residual: ValueID?,
    in plan: PlanBuilder
  ) throws {
    var winograd = winograd
    let rest = winograd.bounding(activations)
    let destination = try MemoryDescriptor.channelBlocks(
      plan.shape(try node.output()), of: WinogradConvolution.lanes)
    let source = try plan.winogradOperand(try plan.buffer(of: try node.input(0)))
    let addend = try residual.map { try plan.winogradOperand(try plan.buffer(of: $0)) }
    let result = try winogradResult(addend, residual, destination, node, in: plan)
    try plan.emit(
      winograd, source: source, weights: try winogradWeights(winograd, node, in: plan),
      bias: try shift(node, channels: winograd.paddedOutputs, in: plan), addend: addend,
      destination: result)
    for function in rest {
      let primitive = try PrimitiveDescriptor.elementwise(
        function, data: destination, attributes: PrimitiveAttributes(), on: plan.engine)
      plan.emit(primitive, [(.source, result), (.destination, result)])
    }
    plan.define(try node.output(), overwriting: result)
    plan.record(ForwardRecord(output: result), for: node)
  }

  /// Adds the computation of the input's gradient.
  func compileGradient(
    _ winograd: WinogradConvolution, _ gradient: PlannedBuffer, _ node: PlannedNode,
    in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    let result = plan.newBuffer(
      try .channelBlocks(plan.shape(try node.input(0)), of: WinogradConvolution.lanes))
    try plan.emit(
      winograd, source: try plan.winogradOperand(gradient),
      weights: try winogradWeights(winograd, node, isGradient: true, in: plan), bias: nil,
      addend: nil, destination: result)
    return result
  }

  private func winogradResult(
    _ addend: PlannedBuffer?, _ residual: ValueID?, _ layout: MemoryDescriptor,
    _ node: PlannedNode, in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    if let addend, let residual, addend.descriptor == layout,
      mayOverwrite(residual, at: node, in: plan), addend == (try plan.buffer(of: residual))
    {
      return addend
    }
    return plan.newBuffer(layout)
  }

  private func winogradWeights(
    _ winograd: WinogradConvolution, _ node: PlannedNode, isGradient: Bool = false,
    in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    let tensor = try weights(node, in: plan)
    let layout = try MemoryDescriptor.plain([winograd.weightCount])
    let name = "\(foldedName(node)) \(winograd.weightName)\(isGradient ? " gradient" : "")"
    let memory = try plan.weights.memory(name, as: layout) { result in
      try withFoldedWeights(tensor) {
        winograd.transform($0, isGradient: isGradient, to: result)
      }
    }
    return plan.constantBuffer(memory, layout)
  }
}

extension PlanBuilder {
  /// A tensor in a layout in which vectors of channels lie together.
  fileprivate func winogradOperand(_ buffer: PlannedBuffer) throws -> PlannedBuffer {
    if WinogradConvolution.layout(of: buffer.descriptor) != nil { return buffer }
    return try converting(
      buffer, to: .channelBlocks(buffer.descriptor.shape, of: WinogradConvolution.lanes))
  }

  fileprivate func emit(
    _ winograd: WinogradConvolution, source: PlannedBuffer, weights: PlannedBuffer,
    bias: PlannedBuffer?, addend: PlannedBuffer?, destination: PlannedBuffer
  ) throws {
    guard let from = WinogradConvolution.layout(of: source.descriptor),
      let to = WinogradConvolution.layout(of: destination.descriptor)
    else { throw InferenceError.library(operation: winograd.implementation, status: "layout") }
    var winograd = winograd
    winograd.bind(
      source: from, destination: to,
      addend: addend.flatMap { WinogradConvolution.layout(of: $0.descriptor) })
    let (hasBias, hasAddend) = (bias != nil, addend != nil)
    let scratch = newBuffer(try .plain([winograd.scratchCount]))
    let buffers = [source, weights, destination, scratch] + [bias, addend].compactMap(\.self)
    emitLoop(named: winograd.implementation, buffers) { [winograd] tensors in
      winograd.run(
        source: tensors[0], weights: tensors[1], bias: hasBias ? tensors[4] : nil,
        addend: hasAddend ? tensors[hasBias ? 5 : 4] : nil, destination: tensors[2],
        scratch: tensors[3])
    }
  }
}
