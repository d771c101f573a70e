import Foundation

/// Counts the passes of a task as they are run, and tells of each.
///
/// It travels with the task, so that whatever runs the network can add to it, however deep.
final class PassCounter: @unchecked Sendable {
  // Safe to share: `counted` is only touched under `lock`.
  private let lock = NSLock()
  private var counted = Passes(forward: 0)
  private let report: (@Sendable (Passes) -> Void)?

  /// The counter of the current task, if any.
  @TaskLocal static var current: PassCounter?

  /// - Parameter report: Called after every batch, on the network's thread, with the count so far.
  init(report: (@Sendable (Passes) -> Void)? = nil) { self.report = report }

  /// The passes so far.
  var passes: Passes { lock.withLock { counted } }

  /// Adds passes that were run.
  ///
  /// - Parameter more: How many.
  func add(_ more: Passes) {
    let sum = lock.withLock {
      counted.forward += more.forward
      counted.backward += more.backward
      counted.tail += more.tail
      return counted
    }
    report?(sum)
  }

  /// Tells of passes that another counter counts meanwhile.
  ///
  /// - Parameter total: The passes so far, those of the other included.
  func tell(_ total: Int) { report?(Passes(forward: total)) }
}
