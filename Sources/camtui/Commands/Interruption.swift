import ArgumentParser
import Dispatch
import Foundation

/// Runs work that Ctrl-C (and a request to terminate) cancels instead of ending the program at once, so
/// that it can leave files either whole or unwritten.
///
/// - Parameter body: The work.
/// - Returns: What the work returns.
/// - Throws: What the work throws; the exit code 130 when it was cancelled.
func cancelledByInterrupt<Result: Sendable>(
  _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  let task = Task { try await body() }
  let sources = [SIGINT, SIGTERM].map { number in
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler { task.cancel() }
    source.resume()
    return source
  }
  defer { for source in sources { source.cancel() } }
  do {
    return try await task.value
  } catch is CancellationError {
    throw ExitCode(130)
  }
}
