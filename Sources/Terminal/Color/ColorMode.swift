/// How many colours are written to the terminal.
public enum ColorMode: String, CaseIterable, Sendable {
  /// 24-bit colours.
  case truecolor
  /// The 256 colours of xterm.
  case indexed256 = "256"
  /// The 16 (or 8) colours of the ANSI palette.
  case indexed16 = "16"
  /// No colour: only bold, underline and reverse.
  case mono
}

/// The user's choice of colours, the value of `--color`.
public enum ColorChoice: Equatable, Sendable, CaseIterable {
  /// What ``ColorDetection`` finds.
  case auto
  /// This mode, whatever the terminal says of itself.
  case fixed(ColorMode)

  /// Every value of the option, `auto` first.
  public static var allCases: [ColorChoice] { [.auto] + ColorMode.allCases.map { .fixed($0) } }

  /// A choice from its name: `auto`, `truecolor`, `256`, `16` or `mono`; else `nil`.
  public init?(rawValue: String) {
    guard let choice = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = choice
  }
}

extension ColorChoice: RawRepresentable {
  /// The name of the choice on the command line.
  public var rawValue: String {
    switch self {
    case .auto: "auto"
    case .fixed(let mode): mode.rawValue
    }
  }
}
