import Terminal

/// The looks of text. Text in the body uses the terminal's own foreground and background, so that
/// it is legible on light and dark ones; nothing is told by colour alone.
struct Theme {
  /// The lines at the top and the bottom.
  let bar: TextStyle
  /// What stands out in them.
  let barStrong: TextStyle
  /// What matters less in them.
  let barMuted: TextStyle
  /// A title.
  let title: TextStyle
  /// The chosen class.
  let selected: TextStyle
  /// Bars of probability.
  let gauge: TextStyle
  /// The chosen class's bar.
  let selectedGauge: TextStyle
  let muted: TextStyle
  let warning: TextStyle
  /// Formulas.
  let formula: TextStyle
  let plain = TextStyle.plain

  init(colorMode: ColorMode) {
    if colorMode == .mono {
      bar = TextStyle(.standard, on: nil, .reverse)
      barStrong = TextStyle(.standard, on: nil, [.reverse, .bold])
      barMuted = bar
      title = TextStyle(.standard, on: nil, .bold)
      selected = title
      gauge = .plain
      selectedGauge = title
      muted = .plain
      warning = title
      formula = title
    } else {
      let background = Color(38, 42, 58)
      bar = TextStyle(Color(205, 210, 225), on: background)
      barStrong = TextStyle(Color(255, 255, 255), on: background, .bold)
      barMuted = TextStyle(Color(150, 157, 180), on: background)
      title = TextStyle(.standard, on: nil, .bold)
      selected = TextStyle(Color(255, 255, 255), on: Color(48, 88, 150), .bold)
      gauge = TextStyle(Color(110, 130, 165))
      selectedGauge = TextStyle(Color(70, 150, 245))
      muted = TextStyle(Color(135, 140, 155))
      warning = TextStyle(Color(235, 120, 60), on: nil, .bold)
      formula = TextStyle(Color(70, 150, 245), on: nil, .bold)
    }
  }

  /// A space in the colours of a style.
  func blank(_ style: TextStyle) -> Cell {
    Cell(
      " ", foreground: style.foreground, background: style.background ?? .standard,
      emphasis: style.emphasis)
  }
}
