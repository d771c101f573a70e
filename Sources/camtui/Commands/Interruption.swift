import ArgumentParser
import Dispatch
import Foundation
import Synchronization

/// Runs work that Ctrl-C (and a request to terminate) cancels instead of ending the program at once, so
/// that it can leave files either whole or unwritten. A second signal ends the program at once, with the
/// exit code 130.
///
/// - Parameter body: The work.
/// - Returns: What the work returns.
/// - Throws: What the work throws; the exit code 130 when it was cancelled.
func cancelledByInterrupt<Result: Sendable>(
  _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  let interrupts = Interrupts()
  // A queue of its own: signals come one after another, whatever the program computes.
  let queue = DispatchQueue(label: "camtui interrupts", qos: .userInteractive)
  let sources = [SIGINT, SIGTERM].map { number in
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
    source.setEventHandler { interrupts.note() }
    source.resume()
    return source
  }
  defer { for source in sources { source.cancel() } }
  let task = Task { try await body() }
  interrupts.first { task.cancel() }
  do {
    return try await task.value
  } catch is CancellationError {
    throw ExitCode(Interrupts.exitCode)
  }
}

/// How often the program was asked to end.
private final class Interrupts: Sendable {
  /// What a shell reports of a program that Ctrl-C ended.
  static let exitCode: Int32 = 130

  private struct State {
    var count = 0
    var cancel: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())

  /// Says what the first signal does; it may have come already.
  func first(_ cancel: @escaping @Sendable () -> Void) {
    let isDue = state.withLock { state in
      state.cancel = cancel
      return state.count > 0
    }
    if isDue { cancel() }
  }

  /// Takes a signal.
  func note() {
    let (count, cancel) = state.withLock { state in
      state.count += 1
      return (state.count, state.cancel)
    }
    if count > 1 { _exit(Self.exitCode) }
    cancel?()
  }
}
