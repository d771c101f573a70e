import COneDNN

/// What oneDNN will do for one operation: the implementation it chose and the layouts it wants.
final class PrimitiveDescriptor {
  let handle: OpaquePointer

  /// Runs one of the shim's creation functions and owns what it creates.
  init(_ operation: String, _ create: (inout OpaquePointer?) -> dnnl_status_t) throws {
    var descriptor: OpaquePointer?
    try check(create(&descriptor), operation)
    handle = try required(descriptor, operation)
  }

  deinit { dnnl_primitive_desc_destroy(handle) }

  var source: MemoryDescriptor { layout(dnnl_query_src_md) }
  var weights: MemoryDescriptor { layout(dnnl_query_weights_md) }
  var destination: MemoryDescriptor { layout(dnnl_query_dst_md) }
  var sourceGradient: MemoryDescriptor { layout(dnnl_query_diff_src_md) }
  var destinationGradient: MemoryDescriptor { layout(dnnl_query_diff_dst_md) }
  var workspace: MemoryDescriptor { layout(dnnl_query_workspace_md) }
  var scratchpad: MemoryDescriptor { layout(dnnl_query_scratchpad_md) }

  /// oneDNN's name for the chosen implementation, e.g. `jit_wino_4x3:avx512_core`.
  var implementation: String {
    var name: UnsafePointer<CChar>?
    let status = withUnsafeMutablePointer(to: &name) {
      dnnl_primitive_desc_query(handle, dnnl_query_impl_info_str, 0, $0)
    }
    guard status == dnnl_success, let name else { return "unknown" }
    return String(cString: name)
  }

  /// The layout of one of the tensors; an empty one where the operation has no such tensor.
  func layout(_ what: dnnl_query_t, _ index: Int32 = 0) -> MemoryDescriptor {
    MemoryDescriptor(owning: camtui_primitive_desc_layout(handle, what, index))
  }
}

/// A compiled operation, ready to run on memory that fits its descriptor.
final class Primitive {
  let descriptor: PrimitiveDescriptor
  private let handle: OpaquePointer

  init(_ descriptor: PrimitiveDescriptor) throws {
    self.descriptor = descriptor
    var primitive: OpaquePointer?
    try check(
      dnnl_primitive_create(&primitive, descriptor.handle),
      "compiling \(descriptor.implementation)")
    handle = try required(primitive, "compiling a primitive")
  }

  deinit { dnnl_primitive_destroy(handle) }

  /// Runs the operation on the engine's stream; on the CPU it is done when this returns.
  func execute(_ arguments: PrimitiveArguments, on engine: OneDNNEngine) throws {
    try check(
      dnnl_primitive_execute(
        handle, engine.stream, Int32(arguments.raw.count), arguments.raw),
      "running \(descriptor.implementation)")
  }
}

/// The memory that one execution of a primitive works on, bound once and used many times.
struct PrimitiveArguments {
  fileprivate let raw: [dnnl_exec_arg_t]
  /// Keeps the bound memory objects alive.
  private let memories: [Memory]

  init(_ bindings: [(argument: PrimitiveArgument, memory: Memory)]) {
    raw = bindings.map { dnnl_exec_arg_t(arg: $0.argument.index, memory: $0.memory.handle) }
    memories = bindings.map(\.memory)
  }
}

/// Which role a memory object has in a primitive.
enum PrimitiveArgument: Hashable {
  case source, secondSource, destination, weights, scale, shift, bias, mean, variance
  case workspace, scratchpad
  case sourceGradient, destinationGradient
  case manySource(Int)
  case postOperation(Int)

  var index: Int32 {
    switch self {
    case .source: DNNL_ARG_SRC_0
    case .secondSource: DNNL_ARG_SRC_1
    case .destination: DNNL_ARG_DST
    case .weights: DNNL_ARG_WEIGHTS_0
    case .scale: DNNL_ARG_SCALE
    case .shift: DNNL_ARG_SHIFT
    case .bias: DNNL_ARG_BIAS
    case .mean: DNNL_ARG_MEAN
    case .variance: DNNL_ARG_VARIANCE
    case .workspace: DNNL_ARG_WORKSPACE
    case .scratchpad: DNNL_ARG_SCRATCHPAD
    case .sourceGradient: DNNL_ARG_DIFF_SRC
    case .destinationGradient: DNNL_ARG_DIFF_DST
    case .manySource(let index): camtui_arg_multiple_source(Int32(index))
    case .postOperation(let index): camtui_arg_post_op(Int32(index))
    }
  }
}
