import CNcurses
import Glibc

extension TerminalSession {
  /// Waits for the next event.
  ///
  /// - Parameter timeout: How long to wait at most, or `nil` for ever.
  /// - Returns: The event, or `nil` when the time is over.
  public func nextEvent(timeout: Duration? = nil) -> TerminalEvent? {
    let deadline = timeout.map { ContinuousClock.now + $0 }
    while pendingEvents.isEmpty {
      guard wait(until: deadline) else { return nil }
      readSignals()
      readKeys()
    }
    return pendingEvents.removeFirst()
  }

  /// Waits until there is something to read; `false` when the time is over.
  private func wait(until deadline: ContinuousClock.Instant?) -> Bool {
    var requests = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals.readEnd, events: Int16(POLLIN), revents: 0),
    ]
    let ready = poll(&requests, 2, Self.milliseconds(until: deadline))
    if ready > 0, requests[0].revents & Int16(POLLIN) == 0, requests[0].revents != 0 {
      // The other end of the terminal is gone.
      pendingEvents.append(.terminate(TerminationSignal(number: SIGHUP)))
    }
    return ready != 0
  }

  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let left = deadline - .now
    guard left > .zero else { return 0 }
    // Rounded up: the clock must have passed the deadline when `poll` says so.
    return Int32(clamping: Int64(left / .milliseconds(1)) + 1)
  }

  private func readSignals() {
    let bytes = signals.drain()
    if bytes.contains(UInt8(SIGTSTP)) { suspend() }
    if bytes.contains(UInt8(SIGWINCH)) { adoptSize() }
    if bytes.contains(SignalPipe.wakeByte) { pendingEvents.append(.wake) }
    for signal in SignalPipe.terminating where bytes.contains(UInt8(signal)) {
      pendingEvents.append(.terminate(TerminationSignal(number: signal)))
    }
  }

  private func readKeys() {
    var character = wint_t()
    while true {
      switch wget_wch(cncurses_stdscr(), &character) {
      case KEY_CODE_YES:
        readCode(Int32(bitPattern: character))
      case OK:
        guard let scalar = Unicode.Scalar(character) else { continue }
        pendingEvents += decoder.decode(.scalar(scalar))
      default:
        pendingEvents += decoder.finish()
        return
      }
    }
  }

  private func readCode(_ code: Int32) {
    switch code {
    case KEY_RESIZE:
      break  // told by SIGWINCH already
    case KEY_MOUSE:
      if let event = CursesTerminal.mouseEvent() { pendingEvents.append(.mouse(event)) }
    default:
      pendingEvents += decoder.decode(.code(code))
    }
  }
}
