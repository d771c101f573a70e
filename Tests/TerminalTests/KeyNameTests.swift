import Terminal
import Testing

@Test(arguments: [
  ("a", Key.character("a")), ("A", .character("A")), ("#", .character("#")), ("é", .character("é")),
  ("space", .character(" ")), ("ctrl-n", .control("n")), ("f5", .function(5)),
  ("f12", .function(12)),
  ("f", .character("f")), ("up", .up), ("page-down", .pageDown), ("shift-tab", .backTab),
  ("esc", .escape), ("enter", .enter),
])
func keysHaveNames(name: String, key: Key) {
  #expect(Key(name: name) == key)
  #expect(key.name == name)
}

@Test(arguments: ["", " ", "ab", "ctrl-", "ctrl-ab", "ctrl-1", "f0", "f64", "f1x", "Up", "escape"])
func otherTextIsNoKey(name: String) {
  #expect(Key(name: name) == nil)
}
