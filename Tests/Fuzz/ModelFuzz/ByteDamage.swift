import RandomTestSupport
import ModelTestSupport

/// Damage to the bytes of a protocol buffer file.
struct ByteDamage {
  /// Applies one to three kinds of damage.
  ///
  /// - Parameters:
  ///   - bytes: A whole file; may be empty afterwards.
  ///   - other: Another file, for splices; not empty.
  ///   - random: Where the choices come from.
  static func apply(
    to bytes: inout [UInt8], other: [UInt8], using random: inout SeededNumbers
  ) {
    for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: flipBits(&bytes, &random)
      case 1: bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      case 2: splice(&bytes, other, &random)
      case 3: writeVarint(&bytes, &random)
      case 4: bytes.removeSubrange(part(of: bytes, &random))
      default: repeatPart(&bytes, &random)
      }
    }
  }

  private static func flipBits(_ bytes: inout [UInt8], _ random: inout SeededNumbers) {
    for _ in 0..<Int.random(in: 1...16, using: &random) {
      bytes[place(in: bytes, &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    }
  }

  private static func splice(
    _ bytes: inout [UInt8], _ other: [UInt8], _ random: inout SeededNumbers
  ) {
    let cut = Int.random(in: 0...bytes.count, using: &random)
    bytes = Array(bytes[..<cut] + other[Int.random(in: 0...other.count, using: &random)...])
  }

  /// Lengths and dimensions are variable-length integers: writes one over what is there.
  private static func writeVarint(_ bytes: inout [UInt8], _ random: inout SeededNumbers) {
    let numbers: [UInt64] = [0, 1, 127, 128, 1 << 14, 1 << 28, 1 << 31, 1 << 62, .max]
    var rest = numbers[Int.random(in: numbers.indices, using: &random)]
    var index = place(in: bytes, &random)
    while index < bytes.count {
      bytes[index] = UInt8(rest & 0x7F) | (rest >= 0x80 ? 0x80 : 0)
      rest >>= 7
      index += 1
      if rest == 0 { break }
    }
  }

  private static func repeatPart(_ bytes: inout [UInt8], _ random: inout SeededNumbers) {
    let part = part(of: bytes, &random)
    bytes.insert(contentsOf: Array(bytes[part]), at: part.lowerBound)
  }

  /// Half of the places lie at either end: in between are weights, in which little can break.
  private static func place(in bytes: [UInt8], _ random: inout SeededNumbers) -> Int {
    let reach = min(2048, bytes.count)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return Int.random(in: 0..<reach, using: &random)
    case 1: return bytes.count - 1 - Int.random(in: 0..<reach, using: &random)
    default: return Int.random(in: bytes.indices, using: &random)
    }
  }

  private static func part(of bytes: [UInt8], _ random: inout SeededNumbers) -> Range<Int> {
    let start = place(in: bytes, &random)
    return start..<min(bytes.count, start + Int.random(in: 1...64, using: &random))
  }
}
