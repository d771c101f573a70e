/// A terminfo entry of our own, derived from the user's terminal, for one colour mode.
///
/// Stock `*-direct` entries are often not installed and map the darkest blues to ANSI colours, so
/// that dark pixels come out magenta. Colours are written with semicolons, which every terminal
/// takes. Mouse reports are asked for in the SGR form, which has no limit of 223 columns.
struct TerminfoEntry: Equatable {
  /// The name of the entry.
  let name: String
  /// Its text, for `tic -x`.
  let source: String

  /// The entry for a mode over `terminal`; `nil` for `mono`, which needs none, and for a name
  /// that terminfo's syntax does not allow.
  init?(mode: ColorMode, terminal: String) {
    guard let colors = Self.colorCapabilities(mode), Self.isValid(terminal) else { return nil }
    name = mode == .truecolor ? "camtui-direct" : "camtui-\(mode.rawValue)color"
    source = """
      \(name)|camtui colours,
      \t\(colors)
      \tccc@, initc@, initp@, oc@, scp@, setb@, setf@, op=\\E[39;49m,
      \tkmous=\\E[<, XM=\(Self.mouseMode(1006))\(Self.mouseMode(1002)),
      \tuse=\(terminal),

      """
  }

  /// Switches one mode of the mouse; several in one sequence are not understood everywhere.
  private static func mouseMode(_ number: Int) -> String {
    "\\E[?\(number)%?%p1%{1}%=%th%el%;"
  }

  private static func isValid(_ terminal: String) -> Bool {
    !terminal.isEmpty
      && terminal.utf8.allSatisfy { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"),
          UInt8(ascii: "."), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }

  private static func colorCapabilities(_ mode: ColorMode) -> String? {
    switch mode {
    case .truecolor:
      let rgb = "%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%dm"
      return """
        RGB, colors#0x1000000, pairs#0x20000,
        \tsetaf=\\E[38;2;\(rgb),
        \tsetab=\\E[48;2;\(rgb),
        """
    case .indexed256:
      return """
        colors#0x100, pairs#0x10000,
        \tsetaf=\\E[38;5;%p1%dm, setab=\\E[48;5;%p1%dm,
        """
    case .indexed16:
      return """
        colors#0x10, pairs#0x10000,
        \tsetaf=\\E[%?%p1%{8}%<%t%p1%{30}%+%e%p1%{82}%+%;%dm,
        \tsetab=\\E[%?%p1%{8}%<%t%p1%{40}%+%e%p1%{92}%+%;%dm,
        """
    case .mono:
      return nil
    }
  }
}
