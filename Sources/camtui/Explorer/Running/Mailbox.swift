import Synchronization
import Terminal

/// Messages from other threads to the interface's loop.
final class Mailbox: Sendable {
  private let messages = Mutex<[ExplorerMessage]>([])
  private let waker: TerminalWaker

  init(waker: TerminalWaker) {
    self.waker = waker
  }

  /// Leaves a message and wakes the loop; from any thread.
  func post(_ message: ExplorerMessage) {
    messages.withLock { $0.append(message) }
    waker.wake()
  }

  /// Takes all messages out, in the order in which they came.
  func collect() -> [ExplorerMessage] {
    messages.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }
}
