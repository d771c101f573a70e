/// How many columns text takes on a terminal.
public enum DisplayWidth {
  /// The columns of a text as ``Screen/write(_:x:y:limit:style:)`` draws it.
  public static func columns(of text: String) -> Int {
    text.reduce(0) { $0 + columns(of: displayed($1)) }
  }

  /// The text cut to a number of columns, with `…` as the last of them if something is missing.
  public static func truncated(_ text: String, to limit: Int) -> String {
    guard columns(of: text) > limit else { return text }
    guard limit > 0 else { return "" }
    var result = ""
    var used = 0
    for character in text {
      let columns = columns(of: displayed(character))
      guard used + columns < limit else { break }
      result.append(character)
      used += columns
    }
    return result + "…"
  }

  /// The scalar that stands for a character in a cell.
  static func displayed(_ character: Character) -> Unicode.Scalar {
    guard let first = character.unicodeScalars.first else { return " " }
    switch first.properties.generalCategory {
    case .control, .format, .surrogate, .unassigned, .privateUse,
      .lineSeparator, .paragraphSeparator:
      return "?"
    case .nonspacingMark, .enclosingMark, .spacingMark:
      return "?"
    default:
      return first
    }
  }

  /// 2 for the wide and full-width characters of Unicode's East Asian Width, else 1.
  static func columns(of scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x1100 else { return 1 }
    return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// The blocks that are wide (East Asian Width W and F, UAX #11), unassigned gaps included.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x2E80...0x303E, 0x3041...0x33FF,
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
    0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
    0x16FE0...0x18CD5, 0x1B000...0x1B2FB, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
    0x1F900...0x1F9FF, 0x20000...0x3FFFD,
  ]
}
