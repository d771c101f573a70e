import Glibc

/// Turns signals into bytes of a pipe, so that they are handled by the loop and never in between.
///
/// The byte is the signal's number; 0 comes from ``TerminalWaker``. ncurses installs handlers only
/// where none are, so these are installed before it starts.
final class SignalPipe {
  static let wakeByte: UInt8 = 0
  static let terminating = [SIGINT, SIGTERM, SIGHUP]
  private static let handled = terminating + [SIGWINCH, SIGTSTP]

  let readEnd: Int32
  let waker: TerminalWaker
  private let writeEnd: Int32
  private var former: [(signal: Int32, action: sigaction)] = []

  init() throws(TerminalError) {
    guard signalDescriptor < 0 else { throw .alreadyOpen }
    (readEnd, writeEnd) = try Descriptor.makePipe()
    waker = TerminalWaker(descriptor: writeEnd)
    signalDescriptor = writeEnd
    for signal in Self.handled {
      former.append((signal, Self.install(signal)))
    }
  }

  /// Puts the former handlers back and closes the pipe.
  func close() {
    guard signalDescriptor == writeEnd else { return }
    for (signal, action) in former {
      var action = action
      sigaction(signal, &action, nil)
    }
    waker.invalidate()
    signalDescriptor = -1
    Glibc.close(readEnd)
    Glibc.close(writeEnd)
  }

  /// The bytes that have come, each value once.
  func drain() -> Set<UInt8> {
    var result: Set<UInt8> = []
    var buffer = [UInt8](repeating: 0, count: 256)
    while true {
      let count = read(readEnd, &buffer, buffer.count)
      if count > 0 {
        result.formUnion(buffer[..<count])
      } else if count == 0 || errno != EINTR {
        return result
      }
    }
  }

  /// Stops this process as the shell expects it, and returns when it is continued.
  func stopProcess() {
    signal(SIGTSTP, SIG_DFL)
    // Threads other than the first often block it; then the program would not stop at all.
    var stop = sigset_t()
    var former = sigset_t()
    sigemptyset(&stop)
    sigaddset(&stop, SIGTSTP)
    pthread_sigmask(SIG_UNBLOCK, &stop, &former)
    raise(SIGTSTP)
    pthread_sigmask(SIG_SETMASK, &former, nil)
    _ = Self.install(SIGTSTP)
  }

  private static func install(_ number: Int32) -> sigaction {
    var action = sigaction()
    var former = sigaction()
    action.__sigaction_handler.sa_handler = noteSignal
    action.sa_flags = SA_RESTART
    sigemptyset(&action.sa_mask)
    sigaction(number, &action, &former)
    return former
  }
}

extension TerminationSignal {
  /// Ends the process by the signal's own effect, so that a parent sees why it ended. Call it after
  /// the session is closed.
  public func reraise() -> Never {
    signal(number, SIG_DFL)
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, number)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    raise(number)
    _exit(128 + number)
  }
}

/// The pipe's end for the handler, which can reach nothing but globals; -1 without a session.
/// Written only while the handlers are not installed.
nonisolated(unsafe) private var signalDescriptor: Int32 = -1

/// The handler: one system call, and `errno` as it was.
private func noteSignal(_ number: Int32) {
  let savedError = errno
  var byte = UInt8(truncatingIfNeeded: number)
  _ = write(signalDescriptor, &byte, 1)
  errno = savedError
}
