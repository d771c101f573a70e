/// `Conv`: cross-correlation with groups, dilation and padding; what fusion put behind it runs in
/// the same pass over memory. Weights that are computed are brought into oneDNN's layout in every run.
struct Convolution: Operator {
  var attributes: WindowAttributes
  let group: Int
  /// Scales and shifts of the output channels that were fused in, in order.
  var normalizations: [ChannelAffine] = []
  /// Whether the last input is a tensor to be added to the result.
  var addsResidual = false
  /// Activations of the result, after the addition.
  var activations: [ElementwiseFunction] = []

  init(_ node: NodeReader) throws {
    attributes = try WindowAttributes(node)
    group = node.integer("group", default: 1)
    guard (1..<1 << 31).contains(group) else {
      throw node.unsupported("attribute group = \(group), a positive number was expected")
    }
  }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let (input, shape) = (try node.input(0).shape, try node.input(1).shape)
    if let bias = node.optional(2), bias.shape != [shape.first ?? 0] {
      throw node.failure("its bias must be one number an output channel")
    }
    guard input.count >= 3, shape.count == input.count else {
      throw node.failure("weights of shape \(shape) do not fit an input of shape \(input)")
    }
    // The product of the file's two numbers may be more than an integer holds.
    guard input[1] % group == 0, input[1] / group == shape[1], shape[0] % group == 0, shape[0] > 0
    else {
      throw node.failure(
        "an input with \(input[1]) channels does not fit weights of shape \(shape) in"
          + " \(group) groups")
    }
    if let kernel = attributes.kernel, kernel != Array(shape[2...]) {
      throw node.failure(
        "attribute kernel_shape = \(kernel) contradicts weights of shape \(shape)")
    }
    guard let window = window(input, shape) else {
      throw node.failure("its window of \(shape[2...]) does not fit an input of shape \(input)")
    }
    return [Operand(shape: [input[0], shape[0]] + window.output)]
  }

  var hasWeights: Bool { true }

  var slides: Bool { group > 1 && (attributes.kernel ?? []).contains { $0 > 1 } }

  func views(_ node: ViewedNode) -> [ValueView?] { node.windowed(newChannels: true) }

  func multiplications(_ inputs: [[Int]], output: [Int]) -> Double {
    Double(elementCount(output)) * Double(elementCount(Array(inputs[1].dropFirst())))
  }

  func window(_ input: [Int], _ weights: [Int]) -> Window? {
    attributes.window(input: Array(input[2...]), kernel: Array(weights[2...]))
  }

  // MARK: Forward

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let residual = addsResidual ? node.inputs.last ?? nil : nil
    if let winograd = try winograd(node, in: plan) {
      return try compile(winograd, node, residual, in: plan)
    }
    let source = try plan.buffer(of: value)
    let candidate = try chosen(node, residual, in: plan)
    let primitive = candidate.descriptor
    let input = try plan.converting(source, to: primitive.source)
    let parameters = try parameters(node, primitive, in: plan)
    var arguments: [(PrimitiveArgument, PlannedBuffer)] = [
      (.source, input), (.weights, parameters.weights),
    ]
    if let bias = parameters.bias { arguments.append((.bias, bias)) }
    let result = try destination(candidate, residual, node, &arguments, in: plan)
    plan.emit(primitive, arguments + [(.destination, result)])
    plan.define(output, overwriting: result)
    plan.record(ForwardRecord(descriptor: primitive, output: result), for: node)
  }

  /// How the residual is added: into the destination that holds it, or from where it is.
  private enum Residual {
    case none
    case inDestination
    case besides(PlannedBuffer)
  }

  private func chosen(
    _ node: PlannedNode, _ residual: ValueID?, in plan: PlanBuilder
  ) throws -> (descriptor: PrimitiveDescriptor, residual: Residual) {
    guard let residual else {
      return (try descriptor(node, [], in: plan), .none)
    }
    let other = try plan.buffer(of: residual)
    if mayOverwrite(residual, at: node, in: plan) {
      let candidate = try descriptor(node, [.sum], in: plan)
      return (candidate, .inDestination)
    }
    if let candidate = try? descriptor(
      node, [.add(other.descriptor)], in: plan, destination: other.descriptor)
    {
      return (candidate, .besides(other))
    }
    return (try descriptor(node, [.sum], in: plan), .inDestination)
  }

  /// A convolution cannot write over the tensor that it slides over.
  func mayOverwrite(
    _ residual: ValueID, at node: PlannedNode, in plan: PlanBuilder
  ) -> Bool {
    residual != node.inputs[0] && plan.mayOverwrite(residual, at: node)
  }

  private func destination(
    _ candidate: (descriptor: PrimitiveDescriptor, residual: Residual), _ residual: ValueID?,
    _ node: PlannedNode, _ arguments: inout [(PrimitiveArgument, PlannedBuffer)],
    in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    let layout = candidate.descriptor.destination
    switch candidate.residual {
    case .none: return plan.newBuffer(layout)
    case .besides(let other):
      arguments.append((.postOperation(0), other))
      return plan.newBuffer(layout)
    case .inDestination:
      guard let residual else { return plan.newBuffer(layout) }
      let other = try plan.buffer(of: residual)
      if mayOverwrite(residual, at: node, in: plan), other.descriptor == layout { return other }
      let copied = plan.newBuffer(layout)
      try plan.copy(other, to: copied)
      return copied
    }
  }

  private func descriptor(
    _ node: PlannedNode, _ chain: [PostOperation], in plan: PlanBuilder,
    destination: MemoryDescriptor? = nil
  ) throws -> PrimitiveDescriptor {
    let (input, weights) = (plan.shape(try node.input(0)), plan.shape(try node.input(1)))
    let output = plan.shape(try node.output())
    return try .convolution(
      source: try .any(input), weights: try .any(grouped(weights)),
      bias: hasBias(node) ? try .plain([weights[0]]) : nil,
      destination: try destination ?? .any(output), geometry: try geometry(node, input, weights),
      attributes: try PrimitiveAttributes(chain + activations.map { .elementwise($0) }),
      on: plan.engine)
  }

  private func geometry(
    _ node: PlannedNode, _ input: [Int], _ weights: [Int]
  ) throws -> ConvolutionGeometry {
    guard let window = window(input, weights) else { throw node.failure("its window does not fit") }
    return ConvolutionGeometry(
      strides: window.strides, dilations: window.dilations.map { $0 - 1 },
      padsBegin: window.padsBegin, padsEnd: window.padsEnd)
  }

  private func grouped(_ weights: [Int]) -> [Int] {
    group == 1 ? weights : [group, weights[0] / group] + weights[1...]
  }

  func hasBias(_ node: PlannedNode) -> Bool {
    bias(node) != nil || !normalizations.isEmpty
  }

  func bias(_ node: PlannedNode) -> ValueID? {
    node.inputs.count > 2 && !(addsResidual && node.inputs.count == 3) ? node.inputs[2] : nil
  }

  // MARK: Weights

  private func parameters(
    _ node: PlannedNode, _ primitive: PrimitiveDescriptor, in plan: PlanBuilder
  ) throws -> (weights: PlannedBuffer, bias: PlannedBuffer?) {
    let weights = try packedWeights(node, primitive.weights, in: plan)
    return (weights, try shift(node, channels: plan.shape(try node.input(1))[0], in: plan))
  }

  /// The bias with the normalisations' shifts, zeros behind it up to a number of channels.
  func shift(
    _ node: PlannedNode, channels: Int, in plan: PlanBuilder
  ) throws -> PlannedBuffer? {
    guard hasBias(node) else { return nil }
    let outputs = plan.shape(try node.input(1))[0]
    // Nothing is fused into a convolution whose weights or bias are computed.
    if let bias = bias(node), plan.constant(bias) == nil, channels == outputs {
      return try plan.plainBuffer(of: bias)
    }
    var shift =
      bias(node).flatMap { plan.constant($0)?.floats } ?? Array(repeating: 0, count: outputs)
    for normalization in normalizations { normalization.apply(toShift: &shift) }
    shift += Array(repeating: 0, count: channels - outputs)
    return try plan.constantBuffer(
      Tensor(shape: [channels], floats: shift), name: "\(foldedName(node)) bias \(channels)")
  }

  private func packedWeights(
    _ node: PlannedNode, _ wanted: MemoryDescriptor, in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    let value = try node.input(1)
    let original = try MemoryDescriptor.plain(grouped(plan.shape(value)))
    guard let tensor = plan.constant(value) else {
      return try plan.converting(
        plan.view(try plan.plainBuffer(of: value), as: original), to: wanted)
    }
    let memory = try plan.weights.memory(foldedName(node), in: wanted, from: original) {
      try withFoldedWeights(tensor, $0)
    }
    return plan.constantBuffer(memory, wanted)
  }

  func weights(_ node: PlannedNode, in plan: PlanBuilder) throws -> Tensor {
    guard let tensor = plan.constant(try node.input(1)) else {
      throw node.failure("its weights must be constant")
    }
    return tensor
  }

  /// Calls `body` with the kernels, the normalisations' scales multiplied in.
  func withFoldedWeights(_ tensor: Tensor, _ body: (UnsafeRawPointer) throws -> Void) throws {
    guard let scale = combinedScale(channels: tensor.shape[0]) else {
      return try tensor.withFloatBytes(body)
    }
    try scaled(tensor, by: scale).withUnsafeBytes { try $0.baseAddress.map(body) }
  }

  /// Two plans may fuse a convolution differently, e.g. where a normalisation is a target.
  func foldedName(_ node: PlannedNode) -> String {
    ([node.name] + normalizations.map(\.name)).joined(separator: " ") + " weights"
  }

  private func combinedScale(channels: Int) -> [Float]? {
    guard !normalizations.isEmpty else { return nil }
    var scale = Array(repeating: Float(1), count: channels)
    for normalization in normalizations {
      for channel in scale.indices { scale[channel] *= normalization.scale[channel] }
    }
    return scale
  }

  private func scaled(_ weights: Tensor, by scale: [Float]) -> [Float] {
    var values = weights.floats
    let filter = values.count / scale.count
    values.withUnsafeMutableBufferPointer { values in
      for (channel, factor) in scale.enumerated() {
        for index in channel * filter..<(channel + 1) * filter { values[index] *= factor }
      }
    }
    return values
  }

  // MARK: Gradient

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let (value, output) = (try node.input(0), try node.output())
    let record = try plan.record(for: node)
    guard let result = record.output else { return }
    var gradient = try plan.gradient(of: output)
    for function in activations.reversed() {
      gradient = try plan.elementwiseGradient(gradient, function, input: nil, output: result)
    }
    if addsResidual, let residual = node.inputs.last ?? nil {
      plan.contribute(gradient, to: residual)
    }
    for index in 1...2 where !(addsResidual && index == node.inputs.count - 1) {
      guard let parameter = node.optional(index), plan.needsGradient(parameter) else { continue }
      throw node.failure(
        "its weights are computed from this layer, and have no gradient here; choose a later layer")
    }
    guard plan.needsGradient(value) else { return }
    plan.contribute(try inputGradient(gradient, node, record, in: plan), to: value)
  }

  private func inputGradient(
    _ gradient: PlannedBuffer, _ node: PlannedNode, _ record: ForwardRecord,
    in plan: PlanBuilder
  ) throws -> PlannedBuffer {
    if let winograd = try winogradGradient(node, in: plan) {
      return try compileGradient(winograd, gradient, node, in: plan)
    }
    let (input, weights) = (plan.shape(try node.input(0)), plan.shape(try node.input(1)))
    let primitive = try PrimitiveDescriptor.convolutionGradient(
      source: try .any(input), weights: try .any(grouped(weights)),
      destination: try .any(plan.shape(try node.output())),
      geometry: try geometry(node, input, weights), attributes: PrimitiveAttributes(),
      hint: try record.descriptor ?? descriptor(node, [], in: plan), on: plan.engine)
    let before = plan.newBuffer(primitive.sourceGradient)
    plan.emit(
      primitive,
      [
        (.destinationGradient, try plan.converting(gradient, to: primitive.destinationGradient)),
        (.weights, try packedWeights(node, primitive.weights, in: plan)),
        (.sourceGradient, before),
      ])
    return before
  }
}
