/// File names of any bytes, as text.
///
/// POSIX file names are bytes, and not all of them are UTF-8. A byte that is not stands in a `String` as
/// one of 256 private characters of plane 16 that no font has, and becomes that byte again where the file
/// is opened. A name that has one of these characters itself is written by its bytes, so that every name
/// comes back as it was.
package enum PathBytes {
  /// The characters that stand for the bytes 0 to 255.
  package static let scalars: ClosedRange<Unicode.Scalar> = "\u{10FE00}"..."\u{10FEFF}"

  /// The text for the bytes of a file name.
  ///
  /// - Parameter bytes: The name, without its ending zero.
  /// - Returns: Text from which ``bytes(of:)`` makes the same bytes.
  package static func text(_ bytes: [UInt8]) -> String {
    var result = String.UnicodeScalarView()
    var rest = bytes[...]
    while let first = rest.first {
      if let scalar = character(rest) {
        result.append(scalar)
        rest = rest.dropFirst(String(scalar).utf8.count)
      } else {
        result.append(Unicode.Scalar(scalars.lowerBound.value + UInt32(first)) ?? "?")
        rest = rest.dropFirst()
      }
    }
    return String(result)
  }

  /// The bytes of a file name.
  ///
  /// - Parameter text: The name as ``text(_:)`` writes it, or plain text.
  /// - Returns: Its bytes in UTF-8, but for the characters that stand for one byte.
  package static func bytes(of text: String) -> [UInt8] {
    guard text.unicodeScalars.contains(where: scalars.contains) else { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar in
      scalars.contains(scalar)
        ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(String(scalar).utf8)
    }
  }

  /// The path as functions of the system take it.
  ///
  /// - Parameter path: The path as text.
  /// - Returns: Its bytes and a zero.
  package static func cString(_ path: String) -> [CChar] {
    bytes(of: path).map { CChar(bitPattern: $0) } + [0]
  }

  /// The character that bytes begin with, where that is UTF-8 and no character that stands for a byte.
  private static func character(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let length =
      switch bytes.first ?? 0 {
      case 0..<0x80: 1
      case 0..<0xE0: 2
      case 0..<0xF0: 3
      default: 4
      }
    let text = String(validating: bytes.prefix(length), as: UTF8.self)
    guard let scalar = text?.unicodeScalars.first, !scalars.contains(scalar) else { return nil }
    return scalar
  }
}
