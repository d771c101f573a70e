import Glibc

/// System calls on file descriptors.
enum Descriptor {
  /// Writes all bytes, through interruptions and full buffers; `false` when that is impossible.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count > 0 {
        written += count
      } else if errno == EAGAIN {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, -1)
      } else if errno != EINTR {
        return false
      }
    }
    return true
  }

  /// Waits for something to read from the terminal; `false` when the time is over or it is gone.
  static func waitForInput(until deadline: ContinuousClock.Instant) -> Bool {
    var request = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    let ready = poll(&request, 1, milliseconds(until: deadline))
    // A terminal that hung up reports an end of input to be read, at once and for ever.
    return ready > 0 && request.revents & Int16(POLLHUP | POLLERR | POLLNVAL) == 0
  }

  /// The time that is left in the form that `poll` takes: -1 for ever.
  static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let left = deadline - .now
    guard left > .zero else { return 0 }
    // Rounded up: the clock must have passed the deadline when `poll` says so.
    return Int32(clamping: Int64(left / .milliseconds(1)) + 1)
  }

  /// Both ends of a pipe that never blocks and is closed in child processes.
  static func makePipe() throws(TerminalError) -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .noPipe(errno: errno) }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    return (ends[0], ends[1])
  }

  /// The size of the terminal in columns and rows, or `nil` when it does not know.
  static func terminalSize(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return nil
    }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}
