/// A network, or a part of one, compiled for one input shape: commands over memory that is all
/// assigned. Runs on the thread that made it.
final class Plan {
  let request: PlanRequest
  /// Bytes of the arena that holds all activations.
  let arenaByteCount: Int
  private let engine: OneDNNEngine
  private let arena: AlignedMemory
  /// Keeps packed weights alive.
  private let constants: [AlignedMemory]
  private let forward: [Command]
  private let backward: [Command]
  private let input: UnsafeMutableBufferPointer<Float>
  private let fixed: [ValueID: UnsafeMutableBufferPointer<Float>]
  private let strayTokens: UnsafeMutableBufferPointer<Float>?
  private let results: [ValueID: UnsafeMutableBufferPointer<Float>]
  private let seed: UnsafeMutableBufferPointer<Float>?
  private let gradient: UnsafeMutableBufferPointer<Float>?
  private let wholeGradient: UnsafeMutableBufferPointer<Float>?
  private let gradientsBehind: [ValueID: UnsafeMutableBufferPointer<Float>]
  /// The images of the last run, where they were given as arrays.
  private var lastImages: [[Float]]?

  private struct Command {
    enum Work {
      case primitive(Primitive, PrimitiveArguments)
      case loop(
        String, [UnsafeMutablePointer<Float>], ([UnsafeMutablePointer<Float>]) -> Void)
    }

    var node: String
    var work: Work
  }

  /// Compiles a request.
  ///
  /// - Throws: an ``InferenceError``; ``InferenceError/outOfMemory(bytes:)`` where the arena is not
  ///   to be had, so that a smaller batch can be tried.
  init(
    _ request: PlanRequest, shaped: ShapedGraph, engine: OneDNNEngine, weights: WeightStore
  ) throws {
    let lowering = try Lowering(shaped, request)
    let builder = PlanBuilder(
      lowering, shaped: lowering.shaped, request: request, engine: engine, weights: weights)
    let recipe = try builder.compile()
    let (offsets, byteCount) = MemoryPlanner.offsets(of: builder.blocks)
    let arena = try AlignedMemory(byteCount: byteCount)
    let binding = Binding(blocks: builder.blocks, offsets: offsets, arena: arena, engine: engine)
    self.request = request
    self.engine = engine
    self.arena = arena
    arenaByteCount = byteCount
    constants = builder.blocks.compactMap {
      if case .constant(let memory) = $0.storage { memory } else { nil }
    }
    let commands = try builder.commands.map { try Self.command($0, binding) }
    forward = Array(commands[..<recipe.forwardCount])
    backward = Array(commands[recipe.forwardCount...])
    input = binding.floats(recipe.input)
    fixed = recipe.fixed.mapValues { binding.floats($0) }
    strayTokens = recipe.strayTokens.map { binding.floats($0) }
    results = recipe.results.mapValues { binding.floats($0) }
    seed = recipe.seed.map { binding.floats($0) }
    gradient = recipe.gradient.map { binding.floats($0) }
    wholeGradient = recipe.wholeGradient.map { binding.floats($0) }
    gradientsBehind = recipe.gradientsBehind.mapValues { binding.floats($0) }
  }

  /// Feeds the input and runs forward.
  ///
  /// - Parameter write: fills the row-major input in place.
  /// - Throws: an ``InferenceError``, or what `write` throws.
  func run(_ write: (UnsafeMutableBufferPointer<Float>) throws -> Void) throws {
    lastImages = nil
    try write(input)
    for command in forward { try execute(command) }
  }

  /// Feeds a layer's maps, and what the tail behind it takes besides, and runs forward.
  ///
  /// - Parameters:
  ///   - surroundings: the other values of one image.
  ///   - write: fills the maps in place.
  /// - Throws: an ``InferenceError``, or what `write` throws.
  func run(
    _ surroundings: LayerSurroundings, _ write: (UnsafeMutableBufferPointer<Float>) throws -> Void
  ) throws {
    for (value, buffer) in fixed {
      _ = buffer.update(fromContentsOf: surroundings.values[value] ?? [])
    }
    if let strayTokens { _ = strayTokens.update(fromContentsOf: surroundings.strayTokens) }
    try run(write)
  }

  /// Feeds images and runs forward, unless the last run was of the same ones.
  ///
  /// - Parameter images: at most a batch; the other places stay empty.
  /// - Throws: an ``InferenceError``.
  func run(_ images: [[Float]]) throws {
    guard lastImages != images else { return }
    try run { input in
      var rest = input[...]
      for image in images { rest = rest[rest.update(fromContentsOf: image)...] }
      rest.update(repeating: 0)
    }
    lastImages = images
  }

  /// A result of the last forward run, row-major.
  func result(_ value: ValueID) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(results[value] ?? UnsafeMutableBufferPointer(start: nil, count: 0))
  }

  /// How many scores an image has that a gradient can start from.
  var scoreCount: Int { (seed?.count ?? 0) / max(1, request.inputShape.first ?? 1) }

  /// Runs backward from a weighted sum of the scores of each image of the batch, after a forward run.
  ///
  /// - Parameter seeds: of each image the weight of every score; images without any have no gradient.
  /// - Returns: the gradients with respect to the requested activation, row-major.
  /// - Throws: an ``InferenceError``.
  func runGradient(seeds: [[Float]]) throws -> UnsafeBufferPointer<Float> {
    guard let seed, let gradient else { return UnsafeBufferPointer(start: nil, count: 0) }
    let scores = scoreCount
    precondition(
      seeds.allSatisfy { $0.count == scores } && seeds.count * scores <= seed.count,
      "a weight for every score")
    seed.update(repeating: 0)
    for (place, weight) in seeds.joined().enumerated() { seed[place] = weight }
    for command in backward { try execute(command) }
    return UnsafeBufferPointer(gradient)
  }

  /// The gradient of a value between the target and the scores after the last backward run, row-major.
  func gradientBehind(_ value: ValueID) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(
      gradientsBehind[value] ?? UnsafeMutableBufferPointer(start: nil, count: 0))
  }

  /// Whether the last backward run reached tokens of no place alone.
  var reachedStrayTokensAlone: Bool {
    guard let gradient, let wholeGradient else { return false }
    return !gradient.contains { $0 != 0 } && wholeGradient.contains { $0 != 0 }
  }

  /// The names of what the commands do, forward and then backward: oneDNN's, or our own.
  var implementations: [String] { (forward + backward).map(Self.name) }

  /// The time of every command, with the name of what it did.
  func profile() throws -> [(node: String, implementation: String, seconds: Double)] {
    try (forward + backward).map { command in
      let start = ContinuousClock.now
      try execute(command)
      let elapsed = ContinuousClock.now - start
      return (command.node, Self.name(of: command), elapsed / .seconds(1))
    }
  }

  private func execute(_ command: Command) throws {
    switch command.work {
    case .primitive(let primitive, let arguments):
      try primitive.execute(arguments, on: engine)
    case .loop(_, let pointers, let body): body(pointers)
    }
  }

  private static func name(of command: Command) -> String {
    switch command.work {
    case .primitive(let primitive, _): primitive.descriptor.implementation
    case .loop(let name, _, _): name
    }
  }

  private static func command(_ planned: PlannedCommand, _ binding: Binding) throws -> Command {
    switch planned.work {
    case .primitive(let descriptor, let arguments):
      let bound = try arguments.map { ($0.0, try binding.memory($0.1)) }
      return Command(
        node: planned.node,
        work: .primitive(try Primitive(descriptor), PrimitiveArguments(bound)))
    case .loop(let name, let buffers, let body):
      let pointers = buffers.compactMap { binding.floats($0).baseAddress }
      return Command(node: planned.node, work: .loop(name, pointers, body))
    }
  }
}

/// Turns planned buffers into addresses.
private struct Binding {
  let blocks: [PlannedBlock]
  let offsets: [Int]
  let arena: AlignedMemory
  let engine: OneDNNEngine

  func address(_ buffer: PlannedBuffer) -> UnsafeMutableRawPointer {
    switch blocks[buffer.block].storage {
    case .arena, .part: arena.pointer + offsets[buffer.block] + buffer.byteOffset
    case .constant(let memory): memory.pointer + buffer.byteOffset
    }
  }

  func memory(_ buffer: PlannedBuffer) throws -> Memory {
    try Memory(buffer.descriptor, at: address(buffer), on: engine)
  }

  func floats(_ buffer: PlannedBuffer) -> UnsafeMutableBufferPointer<Float> {
    let count = elementCount(buffer.descriptor.shape)
    return UnsafeMutableBufferPointer(
      start: address(buffer).assumingMemoryBound(to: Float.self), count: count)
  }
}
