import Terminal

/// A line of the key table.
struct KeyBinding: Equatable {
  /// The keys and what each of them does.
  let commands: [(key: Key, command: ExplorerCommand)]
  /// How the keys are shown to the user.
  let keys: String
  /// What they do, in a few words.
  let meaning: String

  static func == (first: KeyBinding, second: KeyBinding) -> Bool {
    first.keys == second.keys && first.meaning == second.meaning
  }
}

/// All keys: the one place that says what they do; the help is made of it.
enum KeyTable {
  static let bindings: [KeyBinding] = [
    KeyBinding(
      commands: [
        (.up, .previousClass), (.down, .nextClass),
        (.character("k"), .previousClass), (.character("j"), .nextClass),
      ], keys: "↑ ↓  k j", meaning: "another class"),
    KeyBinding(
      commands: [
        (.character("g"), .firstClass), (.character("G"), .lastClass),
        (.home, .firstClass), (.end, .lastClass),
      ], keys: "g G", meaning: "first or last class"),
    KeyBinding(
      commands: [
        (.character("1"), .show(.photo)), (.character("2"), .show(.overlay)),
        (.character("3"), .show(.heatmap)),
      ], keys: "1 2 3", meaning: "photo, overlay, heatmap"),
    KeyBinding(
      commands: [
        (.left, .previousContent), (.right, .nextContent),
        (.character("h"), .previousContent), (.character("l"), .nextContent),
      ], keys: "← →  h l", meaning: "previous or next of them"),
    KeyBinding(
      commands: [(.character("o"), .togglePhoto)], keys: "o",
      meaning: "photo or overlay"),
    KeyBinding(
      commands: [(.character("["), .lessOpaque), (.character("]"), .moreOpaque)], keys: "[ ]",
      meaning: "less or more of the map"),
    KeyBinding(
      commands: [(.character("c"), .nextColorTable)], keys: "c", meaning: "another colour map"),
    KeyBinding(
      commands: [(.character("n"), .nextImage), (.character("N"), .previousImage)], keys: "n N",
      meaning: "next or previous image"),
    KeyBinding(
      commands: [
        (.character("?"), .help), (.function(1), .help), (.escape, .dismiss),
      ], keys: "?  Esc", meaning: "help; close it"),
    KeyBinding(
      commands: [(.character("q"), .quit), (.control("c"), .quit)], keys: "q  Ctrl-C",
      meaning: "quit"),
  ]

  /// What a key does, or `nil`.
  static func command(for key: Key) -> ExplorerCommand? {
    commands[key]
  }

  private static let commands: [Key: ExplorerCommand] = Dictionary(
    bindings.flatMap { $0.commands.map { ($0.key, $0.command) } },
    uniquingKeysWith: { first, _ in first })
}
