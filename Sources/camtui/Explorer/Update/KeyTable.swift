import Terminal

/// A line of the key table.
struct KeyBinding: Equatable {
  /// The keys and what each of them does.
  let commands: [(key: Key, command: ExplorerCommand)]
  /// How the keys are shown to the user.
  let keys: String
  /// What they do, in a few words.
  let meaning: String

  init(_ keys: String, _ meaning: String, _ commands: [(key: Key, command: ExplorerCommand)]) {
    self.commands = commands
    self.keys = keys
    self.meaning = meaning
  }

  static func == (first: KeyBinding, second: KeyBinding) -> Bool {
    first.keys == second.keys && first.meaning == second.meaning
  }
}

/// All keys: the one place that says what they do; the help is made of it.
enum KeyTable {
  static let bindings: [KeyBinding] = [
    KeyBinding(
      "↑ ↓  k j", "class, layer or line",
      [
        (.up, .previousRow), (.down, .nextRow), (.character("k"), .previousRow),
        (.character("j"), .nextRow),
      ]),
    KeyBinding(
      "g G", "the first, the last one",
      [
        (.character("g"), .firstRow), (.character("G"), .lastRow), (.home, .firstRow),
        (.end, .lastRow),
      ]),
    KeyBinding(
      "Tab", "classes or layers", [(.tab, .switchFocus), (.backTab, .switchFocus)]),
    KeyBinding("/", "find any class by name", [(.character("/"), .search)]),
    KeyBinding("1 2 3 4", "go to a step", (1...4).map { (digit($0), .showStep($0)) }),
    KeyBinding(
      "← →  h l", "previous or next step",
      [
        (.left, .previousStep), (.right, .nextStep), (.character("h"), .previousStep),
        (.character("l"), .nextStep),
      ]),
    KeyBinding(
      "v V", "next or previous view",
      [(.character("v"), .nextView), (.character("V"), .previousView)]),
    KeyBinding("d", "compare side by side", [(.character("d"), .nextComparison)]),
    KeyBinding("e", "numbers judging the map", [(.character("e"), .numbers)]),
    KeyBinding(
      "< >", "probe: smaller, larger",
      [(.character("<"), .smaller), (.character(">"), .larger)]),
    KeyBinding(
      "+ - 0", "zoom in, out, whole",
      [
        (.character("+"), .zoomIn), (.character("="), .zoomIn), (.character("-"), .zoomOut),
        (.character("0"), .resetZoom),
      ]),
    KeyBinding(
      "H J K L", "move the enlarged part",
      [
        (.character("H"), .panLeft), (.character("J"), .panDown), (.character("K"), .panUp),
        (.character("L"), .panRight),
      ]),
    KeyBinding("x", "read the map at a cursor", [(.character("x"), .toggleCursor)]),
    KeyBinding("o", "overlay, heatmap, photo", [(.character("o"), .nextContent)]),
    KeyBinding("a", "show what speaks against", [(.character("a"), .toggleSigned)]),
    KeyBinding(
      "[ ]", "less or more of the map",
      [(.character("["), .lessOpaque), (.character("]"), .moreOpaque)]),
    KeyBinding("c", "another colour map", [(.character("c"), .nextColorTable)]),
    KeyBinding("m", "choose the method", [(.character("m"), .methods)]),
    KeyBinding("p", "parameters of the phases", [(.character("p"), .parameters)]),
    KeyBinding("t", "explain the steps", [(.character("t"), .toggleTeaching)]),
    KeyBinding(
      "Space  b", "lesson: next page, back",
      [
        (.character(" "), .nextPage), (.character("b"), .previousPage),
        (.backspace, .previousPage),
      ]),
    KeyBinding(
      "n N", "next or previous image",
      [(.character("n"), .nextImage), (.character("N"), .previousImage)]),
    KeyBinding("s", "save screen and maps", [(.character("s"), .save)]),
    KeyBinding("Enter", "choose; resume Phase 2", [(.enter, .confirm)]),
    KeyBinding("Esc", "close; stop Phase 2", [(.escape, .dismiss)]),
    KeyBinding("?", "these keys", [(.character("?"), .help), (.function(1), .help)]),
    KeyBinding("q  Ctrl-C", "quit", [(.character("q"), .quit), (.control("c"), .quit)]),
  ]

  /// What a key does, or `nil`.
  static func command(for key: Key) -> ExplorerCommand? {
    commands[key]
  }

  private static func digit(_ number: Int) -> Key { .character(Character(String(number))) }

  private static let commands: [Key: ExplorerCommand] = Dictionary(
    bindings.flatMap { $0.commands.map { ($0.key, $0.command) } },
    uniquingKeysWith: { first, _ in first })
}
