/// A colour of a cell: an RGB value of 8 bits a channel, or the terminal's own default.
public struct Color: Hashable, Sendable {
  /// `0xRRGGBB`, or -1 for the terminal's default: the form that ncurses takes.
  package let code: Int32

  /// The terminal's default foreground or background.
  public static let standard = Color(code: -1)

  package init(code: Int32) {
    self.code = code
  }

  /// A colour from its red, green and blue parts.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    code = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
  }

  /// Red, green and blue, or `nil` for the terminal's default.
  public var rgb: (red: UInt8, green: UInt8, blue: UInt8)? {
    guard code >= 0 else { return nil }
    let bits = UInt32(bitPattern: code)
    return (
      UInt8(truncatingIfNeeded: bits >> 16), UInt8(truncatingIfNeeded: bits >> 8),
      UInt8(truncatingIfNeeded: bits)
    )
  }
}
