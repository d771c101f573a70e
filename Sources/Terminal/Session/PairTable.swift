/// The numbers of pairs by their colours: a hash table with linear probing (Knuth, The Art of
/// Computer Programming 3, 6.4, Algorithms L and R).
///
/// It is asked twice for every cell of a frame; a dictionary of the standard library takes as long
/// as all the rest of a frame's preparation.
struct PairTable {
  /// A code of 0 marks a free slot: the terminal's own colours have no number.
  private var codes: [UInt64]
  private var numbers: [Int32]
  private let mask: Int
  private let shift: Int

  /// A table for up to `capacity` pairs.
  init(capacity: Int) {
    // At most half of the slots are in use, so that few of them are tried.
    let bits = Int.bitWidth - max(8, 2 * capacity - 1).leadingZeroBitCount
    codes = Array(repeating: 0, count: 1 << bits)
    numbers = Array(repeating: 0, count: 1 << bits)
    mask = (1 << bits) - 1
    shift = 64 - bits
  }

  /// The number of two colours other than ``PairColors/standard``; `nil` where there is none.
  subscript(colors: PairColors) -> Int32? {
    let slot = slot(of: colors.code)
    return codes[slot] == 0 ? nil : numbers[slot]
  }

  /// Sets the number of two colours.
  mutating func set(_ number: Int32, for colors: PairColors) {
    let slot = slot(of: colors.code)
    codes[slot] = colors.code
    numbers[slot] = number
  }

  /// Forgets two colours; those that were pushed aside move back.
  mutating func remove(_ colors: PairColors) {
    var hole = slot(of: colors.code)
    guard codes[hole] != 0 else { return }
    var slot = (hole + 1) & mask
    while codes[slot] != 0 {
      let distance = (slot - home(of: codes[slot])) & mask
      if distance >= (slot - hole) & mask {
        codes[hole] = codes[slot]
        numbers[hole] = numbers[slot]
        hole = slot
      }
      slot = (slot + 1) & mask
    }
    codes[hole] = 0
  }

  /// Where the code is, or where it would be put.
  private func slot(of code: UInt64) -> Int {
    var slot = home(of: code)
    while codes[slot] != code, codes[slot] != 0 { slot = (slot + 1) & mask }
    return slot
  }

  /// Multiplicative hashing by the golden ratio (Knuth, 6.4).
  private func home(of code: UInt64) -> Int {
    Int(truncatingIfNeeded: (code &* 0x9E37_79B9_7F4A_7C15) >> UInt64(shift))
  }
}
