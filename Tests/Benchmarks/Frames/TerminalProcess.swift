import CVTerm
import Foundation
import TerminalTestSupport

/// A program of this build on a pseudo-terminal of a size.
final class TerminalProcess {
  private let handle: OpaquePointer
  let start: ContinuousClock.Instant
  private var question = SequenceFinder("\u{1B}[5n")
  private var interpreted = FrameStream()

  init(
    _ program: String, _ arguments: [String], size: (columns: Int, rows: Int),
    environment: [String] = []
  ) throws {
    let path = VirtualTerminal.buildFolder.appendingPathComponent(program).path
    let variables = [
      "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "TERM=xterm-256color", "COLORTERM=truecolor",
      "HOME=/nonexistent",
    ]
    start = .now
    let started = withCStrings([path] + arguments) { arguments in
      withCStrings(variables + environment) { variables in
        cvterm_start(path, arguments, variables, Int32(size.rows), Int32(size.columns))
      }
    }
    guard let started else { throw CocoaError(.executableLoad) }
    handle = started
  }

  deinit {
    cvterm_close(handle)
  }

  /// Reads what there is without interpreting it; `nil` at the end. Questions whether the terminal
  /// has come so far are answered, as by one that is infinitely fast.
  func read(milliseconds: Int32) -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = cvterm_read(handle, milliseconds, &buffer, buffer.count)
    guard count >= 0 else { return nil }
    let output = Array(buffer[..<Int(count)])
    for byte in output where question.take(byte) { type("\u{1B}[0n") }
    return output
  }

  /// Lets the emulated terminal interpret what there is, and returns how many frames that completed;
  /// `nil` at the end.
  func pump(milliseconds: Int32) -> Int? {
    let count = cvterm_pump(handle, milliseconds)
    guard count >= 0 else { return nil }
    var total = 0
    let frames = interpreted.frames.count
    if let output = cvterm_output(handle, &total) {
      interpreted.take(Array(UnsafeBufferPointer(start: output, count: total).suffix(Int(count))))
    }
    return interpreted.frames.count - frames
  }

  /// Whether the program has ended.
  var hasEnded: Bool { cvterm_wait_status(handle) >= 0 }

  /// The milliseconds for which all of the program's threads together have run so far.
  var processorTime: Double {
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(cvterm_process(handle), &clock) == 0,
      clock_gettime(clock, &time) == 0
    else { return 0 }
    return (Duration.seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)).milliseconds
  }

  func type(_ text: String) {
    _ = cvterm_type(handle, text, text.utf8.count)
  }

  /// The characters that the emulated terminal shows.
  func text(size: (columns: Int, rows: Int)) -> String {
    var text = String.UnicodeScalarView()
    for y in 0..<size.rows {
      for x in 0..<size.columns {
        let character = cvterm_cell(handle, Int32(y), Int32(x)).character
        text.append(character == 0 ? " " : Unicode.Scalar(character) ?? "?")
      }
      text.append("\n")
    }
    return String(text)
  }
}
