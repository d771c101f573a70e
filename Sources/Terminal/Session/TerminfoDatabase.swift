import CNcurses

/// Questions to the terminfo database about a terminal by name.
enum TerminfoDatabase {
  /// What is known of a terminal's colours.
  ///
  /// - Parameter terminal: The name, from `TERM`.
  /// - Returns: Its colours.
  /// - Throws: ``TerminalError/unknownTerminal(name:)`` without an entry,
  ///   ``TerminalError/dumbTerminal(name:)`` when it cannot place the cursor.
  static func colors(of terminal: String) throws(TerminalError) -> TerminfoColors {
    guard !terminal.isEmpty, terminal != "dumb" else { throw .dumbTerminal(name: terminal) }
    var status: Int32 = 0
    guard setupterm(terminal, 1, &status) == OK else { throw .unknownTerminal(name: terminal) }
    defer { del_curterm(cncurses_current_terminal()) }
    guard string("cup") != nil else { throw .dumbTerminal(name: terminal) }
    return TerminfoColors(
      count: max(0, Int(tigetnum("colors"))), isDirect: has("RGB") || has("Tc"))
  }

  /// A capability of the open terminal, its padding removed; `nil` when it has none.
  static func string(_ name: String) -> String? {
    // An absent capability is NULL, one of another type the address -1.
    guard let value = tigetstr(name), Int(bitPattern: value) != -1 else { return nil }
    return String(cString: value).withoutPadding
  }

  /// Whether a capability is there as a flag, a number or a string: `RGB` comes as all three.
  private static func has(_ name: String) -> Bool {
    tigetflag(name) > 0 || tigetnum(name) > 0 || string(name) != nil
  }
}

extension String {
  /// The text without terminfo's delays, `$<20/>`.
  fileprivate var withoutPadding: String {
    var result = ""
    var rest = self[...]
    while let start = rest.firstRange(of: "$<"),
      let end = rest[start.upperBound...].firstIndex(of: ">")
    {
      result += rest[..<start.lowerBound]
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
