/// How a file is told that is not what it was taken for, and what to do about it.
package struct FileSignature: Sendable {
  /// What the file is, with its article, such as `a PNG picture`.
  package let kind: String
  /// What to do, as a clause of its own.
  package let advice: String
  private let matches: @Sendable (FileBeginning) -> Bool

  /// A row of a table.
  ///
  /// - Parameters:
  ///   - kind: What the file is, with its article.
  ///   - advice: What to do, as a clause of its own.
  ///   - matches: Tells such files by their first bytes.
  package init(
    _ kind: String, _ advice: String, _ matches: @escaping @Sendable (FileBeginning) -> Bool
  ) {
    self.kind = kind
    self.advice = advice
    self.matches = matches
  }

  /// The sentence's second half: what the file is, and what to do.
  package var words: String { "it is \(kind); \(advice)" }

  /// The first row of a table that a file fits.
  ///
  /// - Parameters:
  ///   - bytes: The file, or as many of its first bytes as there are.
  ///   - table: Rows, the special before the general.
  /// - Returns: The row; nil where none fits.
  package static func of(
    _ bytes: some Sequence<UInt8>, in table: [FileSignature]
  ) -> FileSignature? {
    let beginning = FileBeginning(bytes)
    return table.first { $0.matches(beginning) }
  }
}

/// The first bytes of a file, to be compared with signatures.
package struct FileBeginning {
  /// How many bytes are looked at: what tells archives and texts stands further down than a magic number.
  static let limit = 1 << 16

  private let bytes: [UInt8]
  /// The first kilobyte as text in small letters, without white space and byte order mark before it.
  private let opening: String

  init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes.prefix(Self.limit))
    let text = String(decoding: self.bytes.prefix(1024), as: UTF8.self).lowercased()
    opening = String(text.drop { $0.isWhitespace || $0 == "\u{FEFF}" })
  }

  /// Whether these bytes stand at a place.
  package func has(_ magic: [UInt8], at offset: Int = 0) -> Bool {
    bytes.dropFirst(offset).starts(with: magic)
  }

  /// Whether these characters stand at a place.
  package func has(_ magic: String, at offset: Int = 0) -> Bool {
    has(Array(magic.utf8), at: offset)
  }

  /// Whether the file begins with a text, in small or capital letters, after white space.
  package func opens(with text: String) -> Bool { opening.hasPrefix(text) }

  /// Whether a text stands in the first kilobyte, in small or capital letters.
  package func opensWithin(_ text: String) -> Bool { opening.contains(text) }

  /// Whether these characters stand anywhere in the bytes that are looked at.
  package func holds(_ text: String) -> Bool {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, bytes.count >= wanted.count else { return false }
    return (0...bytes.count - wanted.count).contains {
      bytes[$0] == first && bytes[$0..<$0 + wanted.count].elementsEqual(wanted)
    }
  }

  /// Whether the file is an ISO media file of one of these brands (ISO/IEC 14496-12, `ftyp`).
  package func isMedia(_ brands: [String]) -> Bool {
    has("ftyp", at: 4)
      && brands.contains { brand in stride(from: 8, to: 40, by: 4).contains { has(brand, at: $0) } }
  }

  /// Whether the bytes are text: UTF-8 without control characters, but for a last one that is cut off.
  package var isText: Bool {
    let hasControls = bytes.contains { $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D].contains($0) }
    guard !bytes.isEmpty, !hasControls else { return false }
    return !String(decoding: bytes, as: UTF8.self).dropLast(3).contains("\u{FFFD}")
  }
}

extension FileSignature {
  /// What stands in the place of a file that was not fetched.
  package static let placeholders: [FileSignature] = [
    FileSignature(
      "a Git LFS pointer and not the file itself",
      "`git lfs pull` in its repository fetches the file"
    ) { $0.opens(with: "version https://git-lfs") || $0.opens(with: "version https://hawser") },
    FileSignature(
      "a git-annex pointer and not the file itself",
      "`git annex get` in its repository fetches the file"
    ) { $0.opens(with: "/annex/objects/") || $0.opens(with: ".git/annex/objects/") },
    FileSignature(
      "an HTML page", "a server sent a page instead of the file: download the file itself"
    ) { file in
      ["<!doctype html", "<html", "<head", "<body"].contains { file.opens(with: $0) }
        || (file.opens(with: "<") && file.opensWithin("<html"))
    },
  ]

  /// What any file may turn out to be that was fetched or packed by other programs.
  package static let general: [FileSignature] =
    placeholders + [
      FileSignature("compressed by gzip", "unpack it by `gunzip` first") { $0.has([0x1F, 0x8B]) },
      FileSignature("compressed by zstd", "unpack it by `unzstd` first") {
        $0.has([0x28, 0xB5, 0x2F, 0xFD])
      },
      FileSignature("compressed by xz", "unpack it by `unxz` first") {
        $0.has([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00])
      },
      FileSignature("compressed by bzip2", "unpack it by `bunzip2` first") { $0.has("BZh") },
      FileSignature("a 7-Zip archive", "unpack it first") { $0.has([0x37, 0x7A, 0xBC, 0xAF]) },
      FileSignature("a RAR archive", "unpack it first") { $0.has("Rar!") },
      FileSignature("a tar archive", "unpack it by `tar xf` first") { $0.has("ustar", at: 257) },
      FileSignature("a PDF document", "take the file itself out of it") { $0.has("%PDF") },
    ]
}
