/// The maximum in a sliding window. The second output, the indices, exists in name only.
struct MaxPool: PoolingOperator {
  let attributes: WindowAttributes
  let roundsUp: Bool
  let algorithm = PoolingAlgorithm.maximum

  init(_ node: NodeReader) throws {
    attributes = try WindowAttributes(node)
    roundsUp = node.integer("ceil_mode", default: 0) != 0
    node.ignore("storage_order")
  }

  var foldsIntegers: Bool { true }
}

/// The mean in a sliding window.
struct AveragePool: PoolingOperator {
  let attributes: WindowAttributes
  let roundsUp: Bool
  let countsPadding: Bool
  private(set) var countsOverhang = false

  /// One that divides by the whole window wherever it lies, for sums.
  init(dividingByWindow attributes: WindowAttributes, roundsUp: Bool) {
    self.attributes = attributes
    self.roundsUp = roundsUp
    countsPadding = true
    countsOverhang = true
  }

  init(_ node: NodeReader) throws {
    attributes = try WindowAttributes(node)
    roundsUp = node.integer("ceil_mode", default: 0) != 0
    countsPadding = node.integer("count_include_pad", default: 0) != 0
  }

  var algorithm: PoolingAlgorithm { countsPadding ? .averageWithPadding : .averageWithoutPadding }
}

/// The mean of every channel.
struct GlobalAveragePool: GlobalPoolingOperator {
  let algorithm = PoolingAlgorithm.averageWithoutPadding

  init(_ node: NodeReader) throws {}
}

/// The maximum of every channel.
struct GlobalMaxPool: GlobalPoolingOperator {
  let algorithm = PoolingAlgorithm.maximum

  init(_ node: NodeReader) throws {}
}

/// What the pooling operators with a window have in common.
protocol PoolingOperator: Operator {
  var attributes: WindowAttributes { get }
  var roundsUp: Bool { get }
  var algorithm: PoolingAlgorithm { get }
  /// Whether a mean divides by places beyond the declared padding too.
  var countsOverhang: Bool { get }
}

extension PoolingOperator {
  var countsOverhang: Bool { false }

  var isFeature: Bool { false }

  func views(_ node: ViewedNode) -> [ValueView?] { node.windowed(newChannels: false) }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0).shape
    guard input.count >= 3, let window = window(input) else {
      throw node.failure("its window does not fit an input of shape \(input)")
    }
    let shape = Array(input[..<2]) + window.output
    return [Operand(shape: shape), Operand(shape: shape)]
  }

  private func window(_ input: [Int]) -> Window? {
    attributes.window(
      input: Array(input[2...]), kernel: attributes.kernel ?? [], roundsUp: roundsUp)
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let input = plan.shape(value)
    if let indices = node.outputs.dropFirst().first ?? nil, plan.lowering.lastUse[indices] != nil {
      throw node.failure("its second output, the indices, is not supported")
    }
    guard let window = window(input) else { throw node.failure("its window does not fit") }
    let pooled = try plan.pooled(
      try plan.buffer(of: value), algorithm, window,
      output: plan.shape(try node.output()), keepsWorkspace: plan.needsGradient(value))
    if let shares = try shares(window, node, in: plan) {
      try plan.scale(pooled.output, by: shares, into: pooled.output)
    }
    plan.define(try node.output(), overwriting: pooled.output)
    plan.record(pooled.record, for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    guard let window = window(plan.shape(try node.input(0))) else { return }
    try plan.poolingGradient(
      algorithm, window, node, scaledBy: try shares(window, node, in: plan))
  }

  /// oneDNN divides by the whole window. A last window that reaches beyond the padding must not
  /// count what lies beyond it: what its mean is to be multiplied by, or nil where none does.
  private func shares(
    _ window: Window, _ node: PlannedNode, in plan: PlanBuilder
  ) throws -> PlannedBuffer? {
    guard algorithm == .averageWithPadding, !countsOverhang,
      window.overhang.contains(where: { $0 > 0 })
    else {
      return nil
    }
    var shares: [Float] = [1]
    for axis in window.output.indices {
      let places = (0..<window.output[axis]).map { window.share(axis: axis, at: $0) }
      shares = shares.flatMap { share in places.map { share * $0 } }
    }
    return try plan.constantBuffer(
      Tensor(shape: [1, 1] + window.output, floats: shares),
      name: "\(node.name) shares \(window.overhang)")
  }
}

extension Window {
  /// The length of the window over the number of its places within the padded input.
  fileprivate func share(axis: Int, at position: Int) -> Float {
    let extent = (kernel[axis] - 1) * dilations[axis] + 1
    let end = (output[axis] - 1) * strides[axis] + extent - overhang[axis]
    let room = end - position * strides[axis]
    let counted = min(kernel[axis], (room + dilations[axis] - 1) / dilations[axis])
    return Float(kernel[axis]) / Float(counted)
  }
}

/// What global pooling has in common.
protocol GlobalPoolingOperator: Operator {
  var algorithm: PoolingAlgorithm { get }
}

extension GlobalPoolingOperator {
  var isFeature: Bool { false }

  func views(_ node: ViewedNode) -> [ValueView?] { node.windowed(newChannels: false) }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0).shape
    guard input.count >= 3 else { throw node.failure("its input has no spatial axes") }
    return [Operand(shape: Array(input[..<2]) + Array(repeating: 1, count: input.count - 2))]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let pooled = try plan.globallyPooled(try node.input(0), algorithm)
    plan.define(try node.output(), overwriting: pooled.output)
    plan.record(pooled.record, for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let window = Window(global: plan.shape(try node.input(0)))
    try plan.poolingGradient(algorithm, window, node)
  }
}

extension PlanBuilder {
  /// Pools a buffer.
  func pooled(
    _ input: PlannedBuffer, _ algorithm: PoolingAlgorithm, _ window: Window, output: [Int],
    keepsWorkspace: Bool
  ) throws -> (output: PlannedBuffer, record: ForwardRecord) {
    let primitive = try PrimitiveDescriptor.pooling(
      algorithm, keepsWorkspace: keepsWorkspace, source: input.descriptor,
      destination: try .any(output), geometry: PoolingGeometry(window),
      attributes: PrimitiveAttributes(), on: engine)
    let result = newBuffer(primitive.destination)
    var arguments: [(PrimitiveArgument, PlannedBuffer)] = [
      (.source, input), (.destination, result),
    ]
    var record = ForwardRecord(descriptor: primitive, input: input)
    if keepsWorkspace, primitive.workspace.byteCount > 0 {
      let workspace = newBuffer(primitive.workspace)
      arguments.append((.workspace, workspace))
      record.workspace = workspace
    }
    emit(primitive, arguments)
    return (result, record)
  }

  /// Pools every channel of a value into one number.
  func globallyPooled(
    _ value: ValueID, _ algorithm: PoolingAlgorithm
  ) throws -> (output: PlannedBuffer, record: ForwardRecord) {
    let shape = shape(value)
    let output = Array(shape[..<2]) + Array(repeating: 1, count: shape.count - 2)
    return try pooled(
      try buffer(of: value), algorithm, Window(global: shape), output: output,
      keepsWorkspace: needsGradient(value))
  }

  /// Multiplies a buffer by one that is repeated along its axes of length 1.
  fileprivate func scale(
    _ buffer: PlannedBuffer, by factors: PlannedBuffer, into result: PlannedBuffer
  ) throws {
    let primitive = try PrimitiveDescriptor.binary(
      .multiply, left: buffer.descriptor, right: factors.descriptor,
      destination: result.descriptor, attributes: PrimitiveAttributes(), on: engine)
    emit(primitive, [(.source, buffer), (.secondSource, factors), (.destination, result)])
  }

  /// Adds the gradient of a pooling node.
  func poolingGradient(
    _ algorithm: PoolingAlgorithm, _ window: Window, _ node: PlannedNode,
    scaledBy shares: PlannedBuffer? = nil
  ) throws {
    let value = try node.input(0)
    let record = try record(for: node)
    guard let forward = record.descriptor, let input = record.input else { return }
    let primitive = try PrimitiveDescriptor.poolingGradient(
      algorithm, source: input.descriptor, destination: forward.destination,
      geometry: PoolingGeometry(window), attributes: PrimitiveAttributes(), hint: forward,
      on: engine)
    var after = try gradient(of: try node.output(), as: primitive.destinationGradient)
    if let shares {
      let scaled = newBuffer(after.descriptor)
      try scale(after, by: shares, into: scaled)
      after = scaled
    }
    let before = newBuffer(primitive.sourceGradient)
    var arguments: [(PrimitiveArgument, PlannedBuffer)] = [
      (.destinationGradient, after), (.sourceGradient, before),
    ]
    if let workspace = record.workspace { arguments.append((.workspace, workspace)) }
    emit(primitive, arguments)
    contribute(before, to: value)
  }
}

extension PoolingGeometry {
  fileprivate init(_ window: Window) {
    self.init(
      kernel: window.kernel, strides: window.strides,
      dilations: window.dilations.map { $0 - 1 }, padsBegin: window.padsBegin,
      padsEnd: window.padsEnd)
  }
}
