import COneDNN

/// The CPU engine of oneDNN with its one in-order stream.
///
/// Not safe to share between threads: primitives that run on it use scratch memory and an OpenMP
/// team that belong to one thread (see ``ComputeThread``).
final class OneDNNEngine {
  let handle: OpaquePointer
  let stream: OpaquePointer

  /// - Throws: ``InferenceError/library(operation:status:)`` when oneDNN cannot start.
  init() throws {
    var engine: OpaquePointer?
    try check(dnnl_engine_create(&engine, dnnl_cpu, 0), "creating the CPU engine")
    handle = try required(engine, "creating the CPU engine")
    var stream: OpaquePointer?
    let flags = dnnl_stream_default_flags.rawValue
    try check(dnnl_stream_create(&stream, handle, flags), "creating a stream")
    self.stream = try required(stream, "creating a stream")
  }

  deinit {
    dnnl_stream_destroy(stream)
    dnnl_engine_destroy(handle)
  }

  /// The library's version and the best instructions that it and our kernels use, e.g. `oneDNN 2.6.3, AVX-512`.
  static var description: String {
    let version = dnnl_version().pointee
    return "oneDNN \(version.major).\(version.minor).\(version.patch)"
      + ", \(WinogradConvolution.instructionsName)"
  }

  /// Sets how many threads the parallel regions of the *calling* thread use.
  static func setThreadCount(_ count: Int) {
    omp_set_num_threads(Int32(clamping: max(1, count)))
  }
}

/// Turns a oneDNN status into an error: the one place where that happens.
func check(_ status: dnnl_status_t, _ operation: @autoclosure () -> String) throws {
  guard status != dnnl_success else { return }
  let text = dnnl_status2str(status).map { String(cString: $0) } ?? "status \(status.rawValue)"
  throw InferenceError.library(operation: operation(), status: text)
}

/// The handle that a successful call left, or an error where it left none.
func required(_ handle: OpaquePointer?, _ operation: String) throws -> OpaquePointer {
  guard let handle else {
    throw InferenceError.library(operation: operation, status: "no handle")
  }
  return handle
}
