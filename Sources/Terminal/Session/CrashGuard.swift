import Glibc
import POSIX

/// Gives the terminal back when the program crashes: without it the user's shell would be left in
/// the alternate screen, without echo.
///
/// The handler only writes a prepared text and sets prepared attributes, both of which POSIX allows
/// in a handler, on a stack of its own, then lets the signal have its usual effect.
enum CrashGuard {
  /// Control-\ (`SIGQUIT`) is for a program that does not answer any more.
  private static let signals = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT]
  private static let stackSize = 64 * 1024

  /// Starts guarding; once for the life of the process, later calls change what is restored.
  ///
  /// - Parameters:
  ///   - attributes: The terminal's attributes from before the session.
  ///   - text: What to write to leave every mode.
  static func arm(restoring attributes: termios, writing text: String) {
    disarm()
    let bytes = Array(text.utf8)
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count)
    copy.initialize(from: bytes, count: bytes.count)
    restoration.pointee = Restoration(attributes: attributes, text: copy, count: bytes.count)
    if !SignalStack.isThere { useStackOfItsOwn() }
    for signal in signals {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = restoreTerminal
      action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_RESETHAND))
      sigemptyset(&action.sa_mask)
      sigaction(signal, &action, nil)
    }
  }

  /// Ends guarding.
  static func disarm() {
    guard restoration.pointee.count > 0 else { return }
    for signal in signals {
      Glibc.signal(signal, SIG_DFL)
    }
    restoration.pointee.count = 0
    restoration.pointee.text.deallocate()
  }

  private static func useStackOfItsOwn() {
    var stack = stack_t()
    stack.ss_sp = alternateStack
    stack.ss_size = stackSize
    sigaltstack(&stack, nil)
  }

  /// Kept for the life of the process: a handler may run at any time.
  nonisolated(unsafe) private static let alternateStack =
    UnsafeMutableRawPointer.allocate(byteCount: stackSize, alignment: 16)
}

private struct Restoration {
  var attributes: termios
  var text: UnsafeMutablePointer<UInt8>
  var count: Int
}

/// For the handler, which can reach nothing but globals. A pointer, because reading through it is
/// a plain load.
nonisolated(unsafe) private let restoration: UnsafeMutablePointer<Restoration> = {
  let pointer = UnsafeMutablePointer<Restoration>.allocate(capacity: 1)
  let empty = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
  pointer.initialize(to: Restoration(attributes: termios(), text: empty, count: 0))
  return pointer
}()

private func restoreTerminal(_ number: Int32) {
  if restoration.pointee.count > 0 {
    _ = write(STDOUT_FILENO, restoration.pointee.text, restoration.pointee.count)
    tcsetattr(STDIN_FILENO, TCSANOW, &restoration.pointee.attributes)
  }
  // The handler was removed when the signal came.
  raise(number)
}
