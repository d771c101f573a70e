import CAMEngine
import RandomTestSupport
import Testing

/// Nothing that a terminal obeys leaves the engine in a label or a manifest.
@Suite struct PrintableTextTests {
  private static let obeyed: [ClosedRange<UInt32>] = [
    0...0x1F, 0x7F...0x9F, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069,
  ]

  static func isFit(_ text: String) -> Bool {
    !text.unicodeScalars.contains { scalar in obeyed.contains { $0.contains(scalar.value) } }
  }

  /// Random text with every kind of control character in it.
  static func text(using random: inout some RandomNumberGenerator) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      let range = (obeyed + [0x20...0x7E, 0xA1...0x2FF, 0x4E00...0x4FFF]).randomElement(
        using: &random)
      if let value = range?.randomElement(using: &random), let scalar = Unicode.Scalar(value) {
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  @Test func printableTextHasNothingThatIsObeyed() {
    let seed = UInt64.random(in: 0 ... .max)
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<500 {
      let text = Self.text(using: &numbers)
      #expect(Self.isFit(text.printable), "seed \(seed)")
      #expect(text.printable.unicodeScalars.count == text.unicodeScalars.count, "seed \(seed)")
      let lines = text.printableLines.split { $0 == "\n" || $0 == "\t" || $0 == "\r\n" }
      #expect(lines.allSatisfy { Self.isFit(String($0)) }, "seed \(seed)")
    }
  }

  @Test func labelsOfAnyFormatAreFit() {
    let seed = UInt64.random(in: 0 ... .max)
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<200 {
      let text = "a" + Self.text(using: &numbers) + "z"
      let escaped = text.unicodeScalars.map { scalar in
        let digits = String(scalar.value, radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }.joined()
      for file in ["{0: '\(escaped)'}", "['\(escaped)']", "{'\(escaped)': 0}", text] {
        // Zeros make some of these no text.
        let labels = try? Labels(bytes: Array(file.utf8), name: "x")
        for label in labels?.all ?? [] { #expect(Self.isFit(label.text), "seed \(seed)") }
      }
    }
  }

  @Test(arguments: ["金床", "👨‍👩‍👧", "e\u{301}asel", "می‌خواهم", "dôme"])
  func whatIsNotObeyedStays(text: String) {
    #expect(text.printable == text)
  }

  @Test func namesOfAnyBytesComeBack() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var numbers = SeededNumbers(seed: seed)
    try withTemporaryFolder { folder in
      for _ in 0..<50 {
        let bytes = (0..<12).map { _ in UInt8.random(in: 1...255, using: &numbers) }.filter {
          $0 != 47
        }
        let path = FilePath.text(Array((folder + "/").utf8) + bytes)
        #expect(Self.isFit(path.printable), "seed \(seed)")
        let error = #expect(throws: ImageError.self) { try Image(contentsOfFile: path) }
        #expect(error == .notFound(path: path) || error?.description.contains("directory") == true)
      }
    }
    #expect(FilePath.text(Array("/a/ü.png".utf8)) == "/a/ü.png")
  }
}
