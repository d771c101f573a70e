import Foundation

/// Collects what is reported from other threads.
final class Recorder<Value: Sendable>: @unchecked Sendable {
  // Safe to share: `recorded` is only touched under `lock`.
  private let lock = NSLock()
  private var recorded: [Value] = []

  var values: [Value] { lock.withLock { recorded } }

  func append(_ value: Value) { lock.withLock { recorded.append(value) } }
}
