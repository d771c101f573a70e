import Foundation

/// A loaded network with a thread of its own on which it runs.
///
/// Work is given to it as closures over an ``Executor``, which never leaves the thread. Closures run
/// one after another; a long one should be cut into several so that others get their turn.
package actor InferenceSession {
  /// What the network consists of.
  package nonisolated let structure: NetworkStructure
  private let thread: ComputeThread
  private var executor: Executor?

  /// The thread that this actor runs on.
  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    thread.asUnownedSerialExecutor()
  }

  /// - Parameters:
  ///   - structure: the network and the shape of its input.
  ///   - threadCount: how many threads a computation uses; nil for all processors.
  package init(_ structure: NetworkStructure, threadCount: Int? = nil) {
    self.structure = structure
    thread = ComputeThread(
      threadCount: threadCount ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  deinit { thread.finish() }

  /// Runs a closure on the network's thread.
  ///
  /// - Parameter body: what to do; it must not keep the executor.
  /// - Returns: what the closure returns.
  /// - Throws: what the closure throws.
  package func perform<Result: Sendable>(
    _ body: @Sendable (Executor) throws -> Result
  ) throws -> Result {
    let executor = try executor ?? Executor(structure)
    self.executor = executor
    return try body(executor)
  }
}
