import Glibc
import Synchronization

/// Wakes the thread that waits for a terminal's events; usable from any thread, also after the
/// session is closed, when it does nothing.
public final class TerminalWaker: Sendable {
  private let descriptor: Mutex<Int32>

  init(descriptor: Int32) {
    self.descriptor = Mutex(descriptor)
  }

  /// Makes ``TerminalSession/nextEvent(timeout:)`` return ``TerminalEvent/wake`` soon.
  public func wake() {
    descriptor.withLock { descriptor in
      guard descriptor >= 0 else { return }
      // A full pipe wakes just as well, so the result does not matter.
      var byte: UInt8 = SignalPipe.wakeByte
      _ = write(descriptor, &byte, 1)
    }
  }

  func invalidate() {
    descriptor.withLock { $0 = -1 }
  }
}
