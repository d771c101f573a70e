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

  /// The characters that are wide (East Asian Width W and F, UAX #11, Unicode 14.0.0), unassigned gaps
  /// between them included.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0,
    0x23F3...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F,
    0x2693...0x2693, 0x26A1...0x26A1, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5,
    0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA, 0x26F2...0x26F3, 0x26F5...0x26F5,
    0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B, 0x2728...0x2728,
    0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
    0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55,
    0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4C6, 0xA960...0xA97C,
    0xAC00...0xD7A3, 0xF900...0xFAD9, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18D08, 0x1AFF0...0x1B2FB, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF,
    0x1F18E...0x1F18E, 0x1F191...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F335, 0x1F337...0x1F37C,
    0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4,
    0x1F3F8...0x1F43E, 0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E,
    0x1F550...0x1F567, 0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F,
    0x1F680...0x1F6C5, 0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6DF, 0x1F6EB...0x1F6EC,
    0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7F0, 0x1F90C...0x1F93A, 0x1F93C...0x1F945, 0x1F947...0x1F9FF,
    0x1FA70...0x1FAF6, 0x20000...0x3FFFD,
  ]
}

extension DisplayWidth {
  /// The columns of a text that a terminal is given as it is: a character that combines with the one
  /// before it, or only joins others, takes none.
  ///
  /// - Parameter text: The text.
  /// - Returns: The columns.
  public static func printedColumns(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + printedColumns(of: $1) }
  }

  /// The text in exactly this many columns of a terminal that is given it as it is: cut between
  /// characters, or spaces behind it.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - width: The columns.
  /// - Returns: The text.
  public static func padded(_ text: String, to width: Int) -> String {
    var result = ""
    var used = 0
    for character in text {
      let columns = printedColumns(of: String(character))
      guard used + columns <= width else { break }
      result.append(character)
      used += columns
    }
    return result + String(repeating: " ", count: max(0, width - used))
  }

  private static func printedColumns(of scalar: Unicode.Scalar) -> Int {
    guard scalar.value >= 0x300 else { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return (0x1160...0x11FF).contains(scalar.value) ? 0 : columns(of: scalar)
    }
  }
}
