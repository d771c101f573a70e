import COneDNN

/// A oneDNN memory object: a descriptor bound to bytes that somebody else owns.
final class Memory {
  let handle: OpaquePointer
  let descriptor: MemoryDescriptor

  /// - Parameters:
  ///   - descriptor: the layout.
  ///   - pointer: at least `descriptor.byteCount` bytes that outlive this object; nil binds none.
  ///   - engine: the engine that will read it.
  /// - Throws: ``InferenceError/library(operation:status:)``.
  init(
    _ descriptor: MemoryDescriptor, at pointer: UnsafeMutableRawPointer?,
    on engine: OneDNNEngine
  ) throws {
    var handle: OpaquePointer?
    try check(
      camtui_memory_create(
        &handle, descriptor.handle, engine.handle, pointer ?? camtui_memory_none()),
      "binding memory")
    self.handle = try required(handle, "binding memory")
    self.descriptor = descriptor
  }

  deinit { dnnl_memory_destroy(handle) }
}
