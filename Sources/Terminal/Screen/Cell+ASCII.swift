extension Cell {
  /// The cell with characters of ASCII only.
  ///
  /// A half block becomes a space with the mean of its two colours behind it.
  var asciiFallback: Cell {
    guard scalar.value >= 0x7F else { return self }
    if scalar == "▀" || scalar == "▄" {
      let upper = scalar == "▀" ? foreground : background
      let lower = scalar == "▀" ? background : foreground
      return Cell(" ", background: upper.mixed(with: lower), emphasis: emphasis)
    }
    var cell = self
    cell.scalar = Self.asciiCharacters[scalar] ?? "?"
    return cell
  }

  private static let asciiCharacters: [Unicode.Scalar: Unicode.Scalar] = [
    "─": "-", "━": "=", "╸": "=", "│": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "·": "-",
    "×": "x", "…": ".",
    "▸": ">", "▲": "^", "▼": "v", "↑": "^", "↓": "v", "←": "<", "→": ">", "–": "-", "°": "o",
    "█": "#", "▉": "#", "▊": "#", "▋": "#", "▌": "=", "▍": "=", "▎": "-", "▏": "-",
  ]
}

extension Color {
  /// The mean of two colours, or the one that is not the terminal's default.
  fileprivate func mixed(with other: Color) -> Color {
    guard let first = rgb else { return other }
    guard let second = other.rgb else { return self }
    func mean(_ first: UInt8, _ second: UInt8) -> UInt8 { UInt8((Int(first) + Int(second)) / 2) }
    return Color(
      mean(first.red, second.red), mean(first.green, second.green), mean(first.blue, second.blue))
  }
}
