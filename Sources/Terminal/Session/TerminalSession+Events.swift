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
      if wait(until: earliest(deadline, frameDeadline)) {
        readSignals()
        readKeys()
        lastLook = .now
      } else if !resumeOverdueFrame() {
        return nil
      }
    }
    return pendingEvents.removeFirst()
  }

  private func earliest(
    _ first: ContinuousClock.Instant?, _ second: ContinuousClock.Instant?
  ) -> ContinuousClock.Instant? {
    guard let first, let second else { return first ?? second }
    return min(first, second)
  }

  /// Waits until there is something to read; `false` when the time is over.
  private func wait(until deadline: ContinuousClock.Instant?) -> Bool {
    var requests = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals.readEnd, events: Int16(POLLIN), revents: 0),
    ]
    var ready = poll(&requests, 2, 0)
    earliestInput = lastLook
    if ready == 0 {
      ready = poll(&requests, 2, Descriptor.milliseconds(until: deadline))
      earliestInput = .now
    }
    if ready > 0, requests[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 {
      // The other end of the terminal is gone, even where it reports an end of input to be read.
      pendingEvents.append(.terminate(TerminationSignal(number: SIGHUP)))
    }
    return ready != 0
  }

  func readSignals() {
    let bytes = signals.drain()
    if bytes.contains(UInt8(SIGTSTP)) { suspend() }
    if bytes.contains(UInt8(SIGWINCH)) { adoptSize() }
    if bytes.contains(SignalPipe.wakeByte) { pendingEvents.append(.wake) }
    for signal in SignalPipe.terminating where bytes.contains(UInt8(signal)) {
      pendingEvents.append(.terminate(TerminationSignal(number: signal)))
    }
  }

  func readKeys() {
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
    case KeyDecoder.statusReport:
      noteAnswer()
    case KEY_MOUSE:
      pendingEvents += CursesTerminal.mouseEvents().map { .mouse($0) }
    default:
      pendingEvents += decoder.decode(.code(code))
    }
  }
}
