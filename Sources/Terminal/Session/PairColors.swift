/// The two colours of a pair in one number; the order is that in which ncurses keeps its pairs.
struct PairColors: Hashable, Comparable {
  /// 0 for the terminal's own colours, which need no pair.
  let code: UInt64

  static let standard = PairColors(.standard, on: .standard)

  init(_ foreground: Color, on background: Color) {
    code = Self.bits(foreground) << 32 | Self.bits(background)
  }

  /// The colour of characters, as ncurses takes it.
  var foreground: Int32 { Int32(truncatingIfNeeded: code >> 32) - 1 }
  /// The colour behind them.
  var background: Int32 { Int32(truncatingIfNeeded: code & 0xFFFF_FFFF) - 1 }

  static func < (first: PairColors, second: PairColors) -> Bool { first.code < second.code }

  private static func bits(_ color: Color) -> UInt64 { UInt64(UInt32(color.code + 1)) }
}
