import COneDNN

extension PrimitiveDescriptor {
  /// Copies a tensor from one layout into another.
  static func reorder(
    from source: MemoryDescriptor, to destination: MemoryDescriptor,
    attributes: PrimitiveAttributes, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("a change of layout") { result in
      camtui_reorder(&result, engine.handle, source.handle, destination.handle, attributes.handle)
    }
  }

  /// Adds tensors of one shape.
  static func sum(
    _ sources: [MemoryDescriptor], into destination: MemoryDescriptor,
    attributes: PrimitiveAttributes, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    let scales = Array(repeating: Float(1), count: sources.count)
    return try PrimitiveDescriptor("a sum") { result in
      camtui_sum(
        &result, engine.handle, destination.handle, Int32(sources.count), scales,
        sources.map(\.handle), attributes.handle)
    }
  }

  /// Joins tensors along one axis; with no destination oneDNN chooses the layout.
  static func concatenation(
    _ sources: [MemoryDescriptor], axis: Int, into destination: MemoryDescriptor?,
    attributes: PrimitiveAttributes, on engine: OneDNNEngine
  ) throws -> PrimitiveDescriptor {
    return try PrimitiveDescriptor("a concatenation") { result in
      camtui_concat(
        &result, engine.handle, destination?.handle, Int32(sources.count), Int32(axis),
        sources.map(\.handle), attributes.handle)
    }
  }
}
