/// The constants of a network in the layouts that its plans read, packed once and shared by them.
final class WeightStore {
  private struct Key: Hashable {
    var name: String
    var descriptor: MemoryDescriptor
  }

  private let engine: OneDNNEngine
  private var packed: [Key: AlignedMemory] = [:]

  init(engine: OneDNNEngine) { self.engine = engine }

  /// Frees what no plan reads any more.
  func dropUnused() {
    for key in packed.keys {
      if var memory = packed.removeValue(forKey: key), !isKnownUniquelyReferenced(&memory) {
        packed[key] = memory
      }
    }
  }

  /// The constant called `name` in the wanted layout.
  ///
  /// - Parameters:
  ///   - name: tells constants apart; equal names must mean equal values.
  ///   - wanted: the layout.
  ///   - original: the layout that `body` is given the values in.
  ///   - values: calls its argument with the address of the values in the original layout.
  /// - Returns: memory that is shared by all who ask for the same.
  /// - Throws: an ``InferenceError``.
  func memory(
    _ name: String, in wanted: MemoryDescriptor, from original: MemoryDescriptor,
    values: ((UnsafeRawPointer) throws -> Void) throws -> Void
  ) throws -> AlignedMemory {
    let key = Key(name: name, descriptor: wanted)
    if let known = packed[key] { return known }
    let memory = try AlignedMemory(byteCount: wanted.byteCount)
    try values { pointer in
      if wanted == original {
        memory.pointer.copyMemory(from: pointer, byteCount: wanted.byteCount)
      } else {
        try reorder(UnsafeMutableRawPointer(mutating: pointer), original, memory.pointer, wanted)
      }
    }
    packed[key] = memory
    return memory
  }

  /// The constant called `name` as `make` writes it.
  ///
  /// - Parameters:
  ///   - name: tells constants apart; equal names must mean equal values.
  ///   - layout: what `make` writes.
  ///   - make: fills in the memory.
  /// - Returns: memory that is shared by all who ask for the same.
  /// - Throws: an ``InferenceError``.
  func memory(
    _ name: String, as layout: MemoryDescriptor, make: (UnsafeMutableRawPointer) throws -> Void
  ) throws -> AlignedMemory {
    let key = Key(name: name, descriptor: layout)
    if let known = packed[key] { return known }
    let memory = try AlignedMemory(byteCount: layout.byteCount)
    try make(memory.pointer)
    packed[key] = memory
    return memory
  }

  private func reorder(
    _ source: UnsafeMutableRawPointer, _ from: MemoryDescriptor,
    _ destination: UnsafeMutableRawPointer, _ to: MemoryDescriptor
  ) throws {
    let descriptor = try PrimitiveDescriptor.reorder(
      from: from, to: to, attributes: try PrimitiveAttributes(), on: engine)
    try descriptor.runOnce([(.source, from, source), (.destination, to, destination)], on: engine)
  }
}
