import Testing

@testable import Terminal

@Test func entriesAreDerivedFromTheTerminal() throws {
  let entry = try #require(TerminfoEntry(mode: .truecolor, terminal: "xterm-256color"))
  #expect(entry.name == "camtui-direct")
  #expect(entry.source.contains("use=xterm-256color,"))
}

@Test(arguments: ["", "a,b", "x\ny", "../etc", "a b"])
func namesThatWouldBreakTheSyntaxAreRefused(name: String) {
  #expect(TerminfoEntry(mode: .truecolor, terminal: name) == nil)
}

@Test func monochromeNeedsNoEntry() {
  #expect(TerminfoEntry(mode: .mono, terminal: "xterm") == nil)
}
