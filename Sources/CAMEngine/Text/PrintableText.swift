import Inference

extension StringProtocol {
  /// The text on one line, without anything that a terminal would obey instead of show.
  ///
  /// Line ends and tabs become a space; other control characters (C0, DEL, C1), line and paragraph
  /// separators, the controls that turn the direction of text round (Unicode's UAX #9), and the
  /// characters that stand for bytes of a file name (``PathBytes``) become `?`. All else stays as it is,
  /// joiners of emoji and of Persian included. What is printable already is not copied.
  public var printable: String {
    guard unicodeScalars.contains(where: { $0.isObeyed }) else { return String(self) }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: unicodeScalars.map { $0.isObeyed ? $0.shown : $0 })
    return String(result)
  }

  /// The text without anything that a terminal would obey but its line ends and tabs.
  public var printableLines: String {
    var result = String.UnicodeScalarView()
    result.append(
      contentsOf: unicodeScalars.map { $0.isObeyed && $0 != "\n" && $0 != "\t" ? $0.shown : $0 })
    return String(result)
  }
}

extension Unicode.Scalar {
  /// Whether a terminal, or whoever reads it, would be led astray by the character.
  fileprivate var isObeyed: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0: true
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: PathBytes.scalars.contains(self)
    }
  }

  /// What is shown in its place.
  fileprivate var shown: Unicode.Scalar {
    switch value {
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: " "
    default: "?"
    }
  }
}

/// JSON that can be shown in a terminal.
enum PrintableJSON {
  /// The same JSON value with what a terminal would obey written as an escape (`\u009b`): encoders
  /// escape only what is below the space.
  ///
  /// - Parameter json: JSON text as an encoder writes it.
  /// - Returns: JSON text of the same value.
  static func escaped(_ json: String) -> String {
    var result = ""
    for scalar in json.unicodeScalars {
      if scalar.isObeyed, scalar != "\n" {
        result += scalar.utf16.map { unit in
          let digits = String(unit, radix: 16)
          return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
