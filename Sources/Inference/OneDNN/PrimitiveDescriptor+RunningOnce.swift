extension PrimitiveDescriptor {
  /// Compiles the operation, runs it and forgets it.
  ///
  /// - Parameters:
  ///   - arguments: every tensor with where it lies; scratch memory is added.
  ///   - engine: the engine.
  /// - Throws: an ``InferenceError``.
  func runOnce(
    _ arguments: [(PrimitiveArgument, MemoryDescriptor, UnsafeMutableRawPointer)],
    on engine: OneDNNEngine
  ) throws {
    let scratch = try AlignedMemory(byteCount: scratchpad.byteCount)
    let bound = try (arguments + [(.scratchpad, scratchpad, scratch.pointer)]).map {
      (argument: $0.0, memory: try Memory($0.1, at: $0.2, on: engine))
    }
    try Primitive(self).execute(PrimitiveArguments(bound), on: engine)
  }
}
