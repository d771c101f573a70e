/// Finds a sequence in a stream of bytes; its first byte comes nowhere else in it.
struct SequenceFinder {
  let sequence: [UInt8]
  private var matched = 0

  init(_ text: String) {
    sequence = Array(text.utf8)
  }

  /// Takes the next byte; `true` when it ends the sequence.
  mutating func take(_ byte: UInt8) -> Bool {
    matched = byte == sequence[matched] ? matched + 1 : byte == sequence[0] ? 1 : 0
    guard matched == sequence.count else { return false }
    matched = 0
    return true
  }
}

/// Counts the frames in a program's output by the marks of synchronised updates, and their bytes.
struct FrameStream {
  private var end = SequenceFinder("\u{1B}[?2026l")
  private var bytes = 0
  /// The size of every frame that is complete, with what came before it since the last one.
  private(set) var frames: [Int] = []

  mutating func take(_ output: [UInt8]) {
    for byte in output {
      bytes += 1
      if end.take(byte) {
        frames.append(bytes)
        bytes = 0
      }
    }
  }
}
