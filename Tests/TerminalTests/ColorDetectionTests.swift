import Terminal
import Testing

private func detect(
  _ environment: [String: String], _ choice: ColorChoice = .auto, colors: Int = 256,
  isDirect: Bool = false
) -> ColorDetection {
  ColorDetection(
    choice: choice, environment: environment,
    terminfo: TerminfoColors(count: colors, isDirect: isDirect))
}

@Test func theChoiceWinsOverEverything() {
  let environment = ["NO_COLOR": "1", "COLORTERM": "truecolor"]
  for mode in ColorMode.allCases {
    #expect(detect(environment, .fixed(mode)) == detect([:], .fixed(mode)))
    #expect(detect(environment, .fixed(mode)).mode == mode)
  }
}

@Test(arguments: [
  (["NO_COLOR": "1", "COLORTERM": "truecolor", "TMUX": "x"], ColorMode.mono),
  (["NO_COLOR": "", "COLORTERM": "truecolor"], .truecolor),
  (["TERM": "xterm-direct"], .truecolor),
  (["COLORTERM": "24bit"], .truecolor),
  (["COLORTERM": "yes"], .indexed256),
  (["TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"], .truecolor),
  (["TERM": "screen-256color"], .indexed256),
  ([:], .indexed256),
])
func theEnvironmentDecides(environment: [String: String], expected: ColorMode) {
  #expect(detect(environment).mode == expected)
}

@Test(arguments: [(0, ColorMode.mono), (8, .indexed16), (16, .indexed16), (256, .indexed256)])
func thenTheNumberOfColorsDecides(colors: Int, expected: ColorMode) {
  #expect(detect([:], colors: colors).mode == expected)
}

@Test func terminfoFlagsMeanDirectColor() {
  #expect(detect([:], colors: 8, isDirect: true).mode == .truecolor)
}

@Test func aHintIsGivenWhereColorsAreProbablyHidden() {
  let remote = ["SSH_CONNECTION": "1 2 3 4", "TERM": "xterm-256color"]
  #expect(detect(remote).hint == "more colours: try --color=truecolor")
  #expect(detect(["TERM": "xterm-256color"]).hint == nil)
  #expect(detect(remote, .fixed(.indexed256)).hint == nil)
  #expect(detect(remote.merging(["COLORTERM": "truecolor"]) { $1 }).hint == nil)
  #expect(detect(remote.merging(["TERM": "screen-256color"]) { $1 }).hint == nil)
  #expect(detect(remote.merging(["TERM_PROGRAM": "Apple_Terminal"]) { $1 }).hint == nil)
}

@Test func choicesHaveNames() {
  #expect(ColorChoice.allCases.map(\.rawValue) == ["auto", "truecolor", "256", "16", "mono"])
  for choice in ColorChoice.allCases {
    #expect(ColorChoice(rawValue: choice.rawValue) == choice)
  }
  #expect(ColorChoice(rawValue: "88") == nil)
}
