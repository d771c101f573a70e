import Testing

@testable import Terminal

private func decode(_ text: String) -> [TerminalEvent] {
  decode(text.unicodeScalars.map { .scalar($0) })
}

private func decode(_ inputs: [KeyDecoder.Input]) -> [TerminalEvent] {
  var decoder = KeyDecoder()
  return inputs.flatMap { decoder.decode($0) } + decoder.finish()
}

@Test(arguments: [
  ("a", Key.character("a")), ("é", .character("é")), ("\r", .enter), ("\t", .tab),
  ("\u{7F}", .backspace), ("\u{3}", .control("c")), ("\u{1B}", .escape), (" ", .character(" ")),
])
func charactersBecomeKeys(text: String, key: Key) {
  #expect(decode(text) == [.key(key)])
}

@Test func escapeBeforeAnotherKeyIsBoth() {
  #expect(decode("\u{1B}x") == [.key(.escape), .key(.character("x"))])
  #expect(decode("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
}

@Test func unknownSequencesAreDropped() {
  #expect(decode("\u{1B}[1;9Zq") == [.key(.character("q"))])
  #expect(decode("\u{1B}[?62cq") == [.key(.character("q"))])
}

@Test func aPasteIsOneEvent() {
  let text: [KeyDecoder.Input] = "q\r\u{1B}x".unicodeScalars.map { .scalar($0) }
  let inputs = [.code(KeyDecoder.pasteStart)] + text + [.code(KeyDecoder.pasteEnd), .scalar("y")]
  #expect(decode(inputs) == [.paste("q\r\u{1B}x"), .key(.character("y"))])
}
