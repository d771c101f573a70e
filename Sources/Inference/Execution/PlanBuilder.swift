/// Collects the commands of a plan while operators compile themselves into it.
///
/// Every value has a buffer in the layout that its producer chose; a consumer that wants another
/// layout asks for it and a change of layout is inserted once.
final class PlanBuilder {
  let engine: OneDNNEngine
  let weights: WeightStore
  let shaped: ShapedGraph
  let request: PlanRequest
  let lowering: Lowering

  private(set) var commands: [PlannedCommand] = []
  private(set) var blocks: [PlannedBlock] = []
  private var buffers: [ValueID: PlannedBuffer] = [:]
  /// Copies in other layouts, by the block that they are copies of.
  private var converted: [Int: [Conversion: PlannedBuffer]] = [:]
  /// The block that a block is a copy of.
  private var originals: [Int: Int] = [:]
  private var sharedBlocks: Set<Int> = []
  private var records: [Int: ForwardRecord] = [:]
  private var contributions: [ValueID: [PlannedBuffer]] = [:]
  private var currentNode = ""

  private struct Conversion: Hashable {
    var buffer: PlannedBuffer
    var descriptor: MemoryDescriptor
  }

  init(
    _ lowering: Lowering, shaped: ShapedGraph, request: PlanRequest, engine: OneDNNEngine,
    weights: WeightStore
  ) {
    self.lowering = lowering
    self.shaped = shaped
    self.request = request
    self.engine = engine
    self.weights = weights
  }

  // MARK: What is known of values

  /// A value's shape.
  func shape(_ value: ValueID) -> [Int] { shaped.shapes[value] ?? [] }

  /// A value's numbers, where it is a constant.
  func constant(_ value: ValueID) -> Tensor? { shaped.constants[value] }

  /// Whether the gradient of the score reaches a value on its way to the target.
  func needsGradient(_ value: ValueID) -> Bool { lowering.needsGradient.contains(value) }

  /// Whether `node` may write over the buffer of a value that it reads.
  func mayOverwrite(_ value: ValueID, at node: PlannedNode) -> Bool {
    guard constant(value) == nil, value != request.source, !needsGradient(value),
      !lowering.kept.contains(value), let buffer = buffers[value]
    else { return false }
    return lowering.lastUse[value] == node.index && !sharedBlocks.contains(buffer.block)
  }

  // MARK: Buffers

  /// A value's buffer in whatever layout it was made.
  func buffer(of value: ValueID) throws -> PlannedBuffer {
    if let known = buffers[value] { return known }
    guard let tensor = constant(value) else {
      throw InferenceError.library(
        operation: "reading \(shaped.graph.name(of: value))", status: "it was not computed")
    }
    // Constants that follow from the input's shape differ from plan to plan.
    let isGraphs = shaped.graph.constants[value] != nil
    let name = shaped.graph.name(of: value) + (isGraphs ? "" : " for \(shaped.inputShape)")
    let buffer = try constantBuffer(tensor, name: name)
    buffers[value] = buffer
    return buffer
  }

  /// A value's buffer in the wanted layout.
  func buffer(of value: ValueID, as wanted: MemoryDescriptor) throws -> PlannedBuffer {
    try converting(try buffer(of: value), to: wanted)
  }

  /// A value's buffer in row-major order.
  func plainBuffer(of value: ValueID) throws -> PlannedBuffer {
    try buffer(of: value, as: .plain(shape(value)))
  }

  /// A new buffer.
  func newBuffer(_ descriptor: MemoryDescriptor) -> PlannedBuffer {
    blocks.append(PlannedBlock(byteCount: descriptor.byteCount, storage: .arena))
    return PlannedBuffer(block: blocks.count - 1, descriptor: descriptor)
  }

  /// A new buffer for a value that the node makes.
  @discardableResult
  func define(_ value: ValueID, _ descriptor: MemoryDescriptor) -> PlannedBuffer {
    let buffer = newBuffer(descriptor)
    buffers[value] = buffer
    return buffer
  }

  /// Lets a value have a buffer that exists already, which nothing else reads from now on.
  func define(_ value: ValueID, overwriting buffer: PlannedBuffer) {
    forgetConversions(of: buffer.block)
    buffers[value] = buffer
  }

  /// Lets a value share a buffer, perhaps seen with other dimensions.
  func define(_ value: ValueID, sharing buffer: PlannedBuffer) {
    sharedBlocks.insert(buffer.block)
    buffers[value] = buffer
  }

  /// The same memory seen through another descriptor.
  func view(
    _ buffer: PlannedBuffer, as descriptor: MemoryDescriptor, elementOffset: Int = 0
  ) -> PlannedBuffer {
    PlannedBuffer(
      block: buffer.block, byteOffset: buffer.byteOffset + elementOffset * 4,
      descriptor: descriptor)
  }

  /// Lets buffers lie one behind the other in a new one, so that joining them costs nothing. Works for
  /// whole blocks of the arena that are no parts yet and that nobody writes over later.
  ///
  /// - Returns: the new buffer, or nil where that is not possible.
  func joining(_ parts: [PlannedBuffer], as whole: MemoryDescriptor) -> PlannedBuffer? {
    let isPossible = parts.allSatisfy { part in
      guard case .arena = blocks[part.block].storage else { return false }
      return part.byteOffset == 0 && blocks[part.block].byteCount == part.descriptor.byteCount
        && part.descriptor.byteCount % AlignedMemory.alignment == 0
    }
    let total = parts.reduce(0) { $0 + $1.descriptor.byteCount }
    guard isPossible, total == whole.byteCount, Set(parts.map(\.block)).count == parts.count else {
      return nil
    }
    let result = newBuffer(whole)
    var offset = 0
    for part in parts {
      blocks[part.block].storage = .part(of: result.block, byteOffset: offset)
      sharedBlocks.insert(part.block)
      offset += part.descriptor.byteCount
    }
    sharedBlocks.insert(result.block)
    blocks[result.block].use(at: commands.count)
    return result
  }

  /// A constant that was packed before.
  func constantBuffer(_ memory: AlignedMemory, _ descriptor: MemoryDescriptor) -> PlannedBuffer {
    blocks.append(PlannedBlock(byteCount: memory.byteCount, storage: .constant(memory)))
    return PlannedBuffer(block: blocks.count - 1, descriptor: descriptor)
  }

  /// A constant in row-major order. Equal names must mean equal values.
  func constantBuffer(
    _ tensor: Tensor, name: String, shape: [Int]? = nil
  ) throws -> PlannedBuffer {
    let descriptor = try MemoryDescriptor.plain(shape ?? tensor.shape)
    if let memory = tensor.borrowedMemory { return constantBuffer(memory, descriptor) }
    let memory = try weights.memory(name, in: descriptor, from: descriptor) { use in
      try tensor.withFloatBytes(use)
    }
    return constantBuffer(memory, descriptor)
  }

  /// A buffer's content in another layout; the buffer itself where the layout is the same.
  func converting(
    _ buffer: PlannedBuffer, to wanted: MemoryDescriptor
  ) throws -> PlannedBuffer {
    if buffer.descriptor == wanted { return buffer }
    let conversion = Conversion(buffer: buffer, descriptor: wanted)
    if let known = converted[buffer.block]?[conversion] { return known }
    let result = newBuffer(wanted)
    try copy(buffer, to: result)
    converted[buffer.block, default: [:]][conversion] = result
    originals[result.block] = buffer.block
    return result
  }

  /// Copies a tensor; the two may differ in layout.
  func copy(_ source: PlannedBuffer, to destination: PlannedBuffer) throws {
    let descriptor = try PrimitiveDescriptor.reorder(
      from: source.descriptor, to: destination.descriptor, attributes: PrimitiveAttributes(),
      on: engine)
    emit(descriptor, [(.source, source), (.destination, destination)])
  }

  private func forgetConversions(of block: Int) {
    converted[block] = nil
    guard let original = originals.removeValue(forKey: block) else { return }
    converted[original] = converted[original]?.filter { $0.value.block != block }
  }

  // MARK: Commands

  /// Marks the node that the next commands belong to.
  func begin(_ node: PlannedNode) {
    currentNode = node.name
  }

  /// Adds a primitive; its scratch memory is added too.
  func emit(
    _ descriptor: PrimitiveDescriptor, _ arguments: [(PrimitiveArgument, PlannedBuffer)]
  ) {
    var arguments = arguments
    let scratchpad = descriptor.scratchpad
    if scratchpad.byteCount > 0 { arguments.append((.scratchpad, newBuffer(scratchpad))) }
    append(.primitive(descriptor, arguments))
  }

  /// Adds a computation of ours: over row-major buffers, where it does not know their layouts itself.
  func emitLoop(
    named name: String = "loop", _ buffers: [PlannedBuffer],
    _ body: @escaping ([UnsafeMutablePointer<Float>]) -> Void
  ) {
    append(.loop(name, buffers, body))
  }

  private func append(_ work: PlannedCommand.Work) {
    let command = PlannedCommand(node: currentNode, work: work)
    for buffer in command.buffers { blocks[buffer.block].use(at: commands.count) }
    commands.append(command)
  }

  /// Keeps a buffer's content beyond the run.
  func pin(_ buffer: PlannedBuffer) { blocks[buffer.block].isPinned = true }

  /// Keeps what the backward commands read of the forward pass, so that they can be run again
  /// and again for other scores; ends every pinned lifetime after the last command.
  func pinWhatBackwardReads(from forwardCount: Int) {
    for block in blocks.indices {
      guard let lifetime = blocks[block].lifetime else { continue }
      let isRead = lifetime.lowerBound < forwardCount && lifetime.upperBound >= forwardCount
      if isRead || blocks[block].isPinned { blocks[block].use(at: commands.count) }
    }
  }

  /// Makes a buffer's content begin before the first command.
  func useBeforeStart(_ buffer: PlannedBuffer) { blocks[buffer.block].use(at: -1) }

  // MARK: Gradients

  /// Keeps what the gradient of a node needs from its forward pass.
  func record(_ record: ForwardRecord, for node: PlannedNode) { records[node.index] = record }

  /// What the forward pass of a node kept.
  func record(for node: PlannedNode) throws -> ForwardRecord {
    guard let record = records[node.index] else {
      throw node.failure("its forward pass kept nothing for the gradient")
    }
    return record
  }

  /// Adds a term to the gradient of a value; ignored where nobody needs it.
  func contribute(_ gradient: PlannedBuffer, to value: ValueID) {
    if needsGradient(value) { contributions[value, default: []].append(gradient) }
  }

  /// Whether any term has reached the gradient of a value.
  func hasGradient(_ value: ValueID) -> Bool { contributions[value] != nil }

  /// How many terms the gradient of a value has so far.
  func gradientTermCount(_ value: ValueID) -> Int { contributions[value]?.count ?? 0 }

  /// The gradient of a value, in whatever layout it has; its terms are added up first.
  func gradient(of value: ValueID) throws -> PlannedBuffer {
    guard let terms = contributions[value], let first = terms.first else {
      throw InferenceError.library(
        operation: "differentiating to \(shaped.graph.name(of: value))",
        status: "the score does not depend on it")
    }
    guard terms.count > 1 else { return first }
    var rest = try terms.map { try converting($0, to: first.descriptor) }[...]
    var sum = first
    rest.removeFirst()
    while !rest.isEmpty {
      sum = try self.sum([sum] + rest.prefix(Self.sumLimit))
      rest = rest.dropFirst(Self.sumLimit)
    }
    contributions[value] = [sum]
    return sum
  }

  /// More terms than oneDNN is given at once.
  private static let sumLimit = 32

  private func sum(_ terms: [PlannedBuffer]) throws -> PlannedBuffer {
    let sum = newBuffer(terms[0].descriptor)
    let descriptor = try PrimitiveDescriptor.sum(
      terms.map(\.descriptor), into: sum.descriptor, attributes: PrimitiveAttributes(), on: engine)
    emit(
      descriptor,
      terms.enumerated().map { (.manySource($0.offset), $0.element) } + [(.destination, sum)])
    return sum
  }

  /// The gradient of a value in the wanted layout.
  func gradient(
    of value: ValueID, as wanted: MemoryDescriptor
  ) throws -> PlannedBuffer {
    try converting(try gradient(of: value), to: wanted)
  }

  /// The gradient of a value in row-major order.
  func plainGradient(of value: ValueID) throws -> PlannedBuffer {
    try gradient(of: value, as: .plain(shape(value)))
  }
}

/// What the forward pass of a node keeps for its gradient.
struct ForwardRecord {
  var descriptor: PrimitiveDescriptor?
  var input: PlannedBuffer?
  var output: PlannedBuffer?
  var workspace: PlannedBuffer?
  var statistics: [PlannedBuffer] = []
}
