import CNcurses

/// Which characters the terminal takes.
public enum TextEncoding: Equatable, Sendable {
  /// All of Unicode.
  case utf8
  /// Only ASCII is safe.
  case ascii

  /// Sets the process's character type from the environment and says what it is.
  ///
  /// The C locale (chosen, or because the wanted one is not installed) would turn every half block
  /// into a space without a word; `C.UTF-8` is taken in its place. Another named character set
  /// is the user's choice and stays.
  static func setLocale() -> TextEncoding {
    _ = setlocale(LC_CTYPE, "")
    if isASCII, setlocale(LC_CTYPE, "C.UTF-8") == nil { return .ascii }
    return codeset == "UTF-8" ? .utf8 : .ascii
  }

  private static var codeset: String { String(cString: cncurses_codeset()) }
  private static var isASCII: Bool { ["ANSI_X3.4-1968", "US-ASCII"].contains(codeset) }
}
