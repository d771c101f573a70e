import RandomTestSupport

/// Damages texts in the ways that find faults in those who read settings; the same seed gives the same texts.
struct TextMutator {
  private let corpus: [[UInt8]]
  private var random: SeededNumbers

  init(_ corpus: [[UInt8]], seed: UInt64) {
    self.corpus = corpus.filter { !$0.isEmpty }
    random = SeededNumbers(seed: seed)
  }

  /// One channel or three.
  var channels: Int {
    mutating get { Bool.random(using: &random) ? 3 : 1 }
  }

  /// One text with none to four kinds of damage; it may be empty.
  mutating func next() -> [UInt8] {
    var text = corpus[Int.random(in: corpus.indices, using: &random)]
    for _ in 0..<Int.random(in: 0...4, using: &random) where !text.isEmpty { damage(&text) }
    return text
  }

  private mutating func damage(_ text: inout [UInt8]) {
    switch Int.random(in: 0..<7, using: &random) {
    case 0: text[place(in: text)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: text.removeSubrange(part(of: text))
    case 2: text.insert(contentsOf: Array(text[part(of: text)]), at: place(in: text))
    case 3: text = Array(text[..<place(in: text)] + other()[...])
    default: replaceValue(in: &text)
    }
  }

  /// Puts a value in place of a number or a word: most damage that JSON survives.
  private mutating func replaceValue(in text: inout [UInt8]) {
    let isPart: (UInt8) -> Bool = { byte in
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    let start = place(in: text)
    guard let first = text[start...].firstIndex(where: isPart) else { return }
    let end = text[first...].firstIndex { !isPart($0) } ?? text.endIndex
    let value = Self.values[Int.random(in: Self.values.indices, using: &random)]
    text.replaceSubrange(first..<end, with: Array(value.utf8))
  }

  private mutating func other() -> [UInt8] {
    let text = corpus[Int.random(in: corpus.indices, using: &random)]
    return Array(text[place(in: text)...])
  }

  private mutating func place(in text: [UInt8]) -> Int {
    Int.random(in: text.indices, using: &random)
  }

  private mutating func part(of text: [UInt8]) -> Range<Int> {
    let start = place(in: text)
    return start..<min(text.count, start + Int.random(in: 1...40, using: &random))
  }

  private static let values = [
    "0", "1", "-1", "2", "16384", "16385", "1e-300", "1e308", "-0.0", "9223372036854775807",
    "99999999999999999999", "0.5", "null", "true", "false", "[]", "{}", "[1]", "\"\"", "\"size\"",
    "shortest_edge", "longest_edge", "height", "ConvNextImageProcessor", "PerceiverImageProcessor",
    "\\u0000", "\u{1B}[31m",
  ]

  /// Files of the usual kinds.
  static let files: [[UInt8]] =
    [
      #"""
      {"image_processor_type": "ViTImageProcessor", "do_resize": true, "size": {"height": 24, "width": 24},
       "resample": 2, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
      """#,
      #"{"image_processor_type": "ConvNextImageProcessor", "size": 24, "crop_pct": 0.875}"#,
      #"{"image_processor_type": "PoolFormerImageProcessor", "size": {"shortest_edge": 24}, "crop_pct": 0.9}"#,
      #"{"image_processor_type": "PerceiverImageProcessor", "size": [24, 24], "crop_size": 32}"#,
      #"""
      {"image_processor_type": "EfficientNetImageProcessor", "size": 24, "include_top": true,
       "rescale_offset": true, "rescale_factor": 0.0078, "image_std": 0.5}
      """#,
      #"""
      {"size": {"shortest_edge": 28, "longest_edge": 40}, "crop_size": {"height": 24, "width": 24},
       "image_mean": [0.1307], "image_std": [0.3081], "channel_order": "bgr"}
      """#,
      #"""
      {"architecture": "a", "pretrained_cfg": {"input_size": [3, 24, 24], "crop_pct": 0.95, "crop_mode":
       "border", "interpolation": "bicubic", "mean": [0.4, 0.4, 0.4], "std": [0.2, 0.2, 0.2],
       "test_input_size": [3, 32, 32], "test_crop_pct": 1.0}, "label_names": ["a", "b"]}
      """#,
      #"{"model_type": "levit", "id2label": {"0": "anvil", "1": "barge"}}"#,
      "{0: 'anvil', 1: \"Brewer's duck\"}", "[24, 24]", "n01440764 tench\nn01443537 goldfish\n",
      "0 anvil\n1 barge\n", #"{"0": ["n01440764", "tench"]}"#, #"["anvil", "barge"]"#,
    ].map { Array($0.utf8) }
}
