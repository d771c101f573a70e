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

/// A slow link cuts what the terminal sends anywhere; ncurses then takes the pieces for single keys.
@Test(arguments: 0...6)
func bracketsOfAPasteInPieces(cut: Int) {
  var decoder = KeyDecoder()
  var events: [TerminalEvent] = []
  func send(_ text: String) {
    for scalar in text.unicodeScalars { events += decoder.decode(.scalar(scalar)) }
    events += decoder.finish()
  }
  let (start, end) = ("\u{1B}[200~", "\u{1B}[201~")
  // A lone escape is the key: nothing says that it begins anything.
  if cut != 1 {
    send(String(start.prefix(cut)))
    send(String(start.dropFirst(cut)))
  } else {
    _ = decoder.decode(.code(KeyDecoder.pasteStart))
  }
  send("text")
  send(String(end.prefix(cut)))
  send(String(end.dropFirst(cut)) + "q")
  #expect(events == [.paste("text"), .key(.character("q"))])
}

@Test func aLongPasteIsTaken() {
  let text = String(repeating: "all that is on the clipboard ", count: 20_000)
  let inputs: [KeyDecoder.Input] = text.unicodeScalars.map { .scalar($0) }
  #expect(
    decode([.code(KeyDecoder.pasteStart)] + inputs + [.code(KeyDecoder.pasteEnd)]) == [.paste(text)]
  )
}

@Test func aPasteIsOneEvent() {
  let text: [KeyDecoder.Input] = "q\r\u{1B}x".unicodeScalars.map { .scalar($0) }
  let inputs = [.code(KeyDecoder.pasteStart)] + text + [.code(KeyDecoder.pasteEnd), .scalar("y")]
  #expect(decode(inputs) == [.paste("q\r\u{1B}x"), .key(.character("y"))])
}
