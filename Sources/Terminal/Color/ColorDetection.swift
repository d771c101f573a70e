/// What the terminfo database says about the colours of a terminal.
public struct TerminfoColors: Equatable, Sendable {
  /// The number of colours, `colors`; 0 when there are none.
  public var count: Int
  /// Whether the entry has one of the 24-bit flags `RGB` and `Tc`.
  public var isDirect: Bool

  /// Facts about an entry of the terminfo database.
  public init(count: Int, isDirect: Bool) {
    self.count = count
    self.isDirect = isDirect
  }
}

/// The colour mode for a terminal, decided from the user's choice and the environment alone.
///
/// Asked in this order, the first that answers wins: the choice itself; `NO_COLOR`
/// (no-color.org); `TERM` that ends in `-direct`, or terminfo's `RGB` or `Tc`; `COLORTERM`;
/// `TMUX` (tmux understands RGB and reduces it for its own terminal; GNU screen does not, so
/// `TERM=screen` alone says nothing); the number of colours in terminfo.
public struct ColorDetection: Equatable, Sendable {
  /// The mode to draw in.
  public let mode: ColorMode
  /// A hint for the user when the terminal can probably show more than it announces.
  public let hint: String?

  /// Decides from `choice`, the environment's variables and the terminfo entry of `TERM`.
  public init(choice: ColorChoice, environment: [String: String], terminfo: TerminfoColors) {
    switch choice {
    case .fixed(let mode):
      self.init(mode: mode, hint: nil)
    case .auto:
      let mode = Self.detectedMode(environment, terminfo)
      self.init(mode: mode, hint: Self.hint(for: mode, environment))
    }
  }

  private init(mode: ColorMode, hint: String?) {
    self.mode = mode
    self.hint = hint
  }

  private static func detectedMode(
    _ environment: [String: String], _ terminfo: TerminfoColors
  ) -> ColorMode {
    if isSet("NO_COLOR", environment) { return .mono }
    if announcesDirectColor(environment, terminfo) { return .truecolor }
    switch terminfo.count {
    case 256...: return .indexed256
    case 8...: return .indexed16
    default: return .mono
    }
  }

  private static func announcesDirectColor(
    _ environment: [String: String], _ terminfo: TerminfoColors
  ) -> Bool {
    terminfo.isDirect
      || environment["TERM", default: ""].hasSuffix("-direct")
      || ["truecolor", "24bit"].contains(environment["COLORTERM", default: ""].lowercased())
      || isSet("TMUX", environment)
  }

  /// SSH does not forward `COLORTERM` by default, so that a capable terminal looks like 256
  /// colours there. Terminal.app of macOS claims the same and garbles RGB before macOS 26.
  private static func hint(for mode: ColorMode, _ environment: [String: String]) -> String? {
    guard mode == .indexed256, environment["TERM_PROGRAM"] != "Apple_Terminal" else { return nil }
    let isRemote = ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].contains { isSet($0, environment) }
    let isScreen = environment["TERM", default: ""].hasPrefix("screen")
    return isRemote && !isScreen ? "more colours: try --color=truecolor" : nil
  }

  private static func isSet(_ name: String, _ environment: [String: String]) -> Bool {
    environment[name].map { !$0.isEmpty } ?? false
  }
}
