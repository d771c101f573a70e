#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// A stack for signal handlers, which every thread must have of its own: the handler that gives the
/// terminal back after a crash could not run on a stack that has just run over.
public enum SignalStack {
  /// How large it is; the registers of AVX-512 alone take several KiB.
  private static let size = 64 * 1024

  /// Gives this thread one while something runs.
  ///
  /// - Parameter body: What to run; all that the thread does.
  /// - Returns: What it returns.
  /// - Throws: What it throws.
  public static func using<Result, Failure>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    var (own, former) = (stack_t(), stack_t())
    own.ss_sp = memory
    own.ss_size = size
    sigaltstack(&own, &former)
    defer {
      sigaltstack(&former, nil)
      memory.deallocate()
    }
    return try body()
  }

  /// Whether this thread has one.
  public static var isThere: Bool {
    var current = stack_t()
    guard sigaltstack(nil, &current) == 0 else { return false }
    return current.ss_flags & Int32(SS_DISABLE) == 0
  }
}
