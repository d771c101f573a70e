import RandomTestSupport
/// Damages files in the ways that find faults in decoders; the same seed gives the same inputs.
struct Mutator {
  private var random: SeededNumbers

  init(seed: UInt64) {
    random = SeededNumbers(seed: seed)
  }

  /// One file of the corpus with one to four kinds of damage.
  ///
  /// - Parameter corpus: Whole files; none empty.
  /// - Returns: The damaged file; it may be empty.
  mutating func mutated(_ corpus: [[UInt8]]) -> [UInt8] {
    var bytes = corpus[Int.random(in: corpus.indices, using: &random)]
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
      mutate(&bytes, corpus)
    }
    if Bool.random(using: &random) { complete(&bytes) }
    return bytes
  }

  private mutating func mutate(_ bytes: inout [UInt8], _ corpus: [[UInt8]]) {
    switch Int.random(in: 0..<7, using: &random) {
    case 0: flipBits(&bytes)
    case 1: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
    case 2: splice(&bytes, corpus)
    case 3: replaceNumber(&bytes)
    case 4: repeatPart(&bytes)
    case 5: bytes.removeSubrange(part(of: bytes, atMost: 64))
    default: replaceHeaderByte(&bytes)
    }
  }

  /// Makes a damaged file pass as a whole one, so that more inputs get as far as the decoders.
  private func complete(_ bytes: inout [UInt8]) {
    if bytes.starts(with: [0xFF, 0xD8]) {
      bytes += [0xFF, 0xD9]
    } else if bytes.starts(with: Array("RIFF".utf8)), bytes.count >= 12 {
      for index in 0..<4 {
        bytes[4 + index] = UInt8(truncatingIfNeeded: (bytes.count - 8) >> (8 * index))
      }
    }
  }

  private mutating func flipBits(_ bytes: inout [UInt8]) {
    for _ in 0..<Int.random(in: 1...16, using: &random) {
      bytes[Int.random(in: bytes.indices, using: &random)] ^=
        1 << UInt8.random(in: 0..<8, using: &random)
    }
  }

  /// The start of this file and the end of another.
  private mutating func splice(_ bytes: inout [UInt8], _ corpus: [[UInt8]]) {
    let other = corpus[Int.random(in: corpus.indices, using: &random)]
    let cut = Int.random(in: 0...bytes.count, using: &random)
    let start = Int.random(in: 0...other.count, using: &random)
    bytes = Array(bytes[..<cut] + other[start...])
  }

  /// Writes a number of the kind that lengths and sizes break at, in either byte order.
  private mutating func replaceNumber(_ bytes: inout [UInt8]) {
    let numbers: [UInt32] = [
      0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0xFFFF_FFFF,
    ]
    let number = numbers[Int.random(in: numbers.indices, using: &random)]
    let width = Bool.random(using: &random) ? 2 : 4
    let isBigEndian = Bool.random(using: &random)
    let limit = Bool.random(using: &random) ? min(64, bytes.count) : bytes.count
    let start = Int.random(in: 0..<limit, using: &random)
    for index in 0..<width where start + index < bytes.count {
      let shift = 8 * (isBigEndian ? width - 1 - index : index)
      bytes[start + index] = UInt8(truncatingIfNeeded: number >> UInt32(shift))
    }
  }

  private mutating func repeatPart(_ bytes: inout [UInt8]) {
    let part = part(of: bytes, atMost: 256)
    bytes.insert(contentsOf: Array(bytes[part]), at: part.lowerBound)
  }

  private mutating func replaceHeaderByte(_ bytes: inout [UInt8]) {
    let index = Int.random(in: 0..<min(128, bytes.count), using: &random)
    bytes[index] = UInt8.random(in: .min ... .max, using: &random)
  }

  private mutating func part(of bytes: [UInt8], atMost length: Int) -> Range<Int> {
    let start = Int.random(in: bytes.indices, using: &random)
    return start..<min(bytes.count, start + Int.random(in: 1...length, using: &random))
  }
}
