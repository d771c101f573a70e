import CImageCodecs

/// A text chunk of a PNG file that may say how the picture is oriented.
///
/// EXIF came into PNG files as text before there was a chunk for it: ImageMagick's "raw profile" is its
/// bytes in hexadecimal. XMP packets are text by their standard.
struct PNGText {
  private let keyword: Keyword
  private let payload: ArraySlice<UInt8>
  private let isCompressed: Bool

  private enum Keyword: String, CaseIterable {
    case exif = "Raw profile type exif"
    case app1 = "Raw profile type APP1"
    case xmp = "XML:com.adobe.xmp"
    case xmpProfile = "Raw profile type xmp"
  }

  /// The most bytes that a text is unpacked to: far more than any orientation lies behind.
  private static let limit = 1 << 20

  /// Takes a chunk apart (W3C PNG, section 11.3.3).
  ///
  /// - Parameters:
  ///   - type: The chunk's name.
  ///   - payload: Its bytes; nil is returned for what is no text, or one under another keyword.
  init?(type: ArraySlice<UInt8>, payload: ArraySlice<UInt8>) {
    let kinds = ["tEXt", "zTXt", "iTXt"].filter { type.elementsEqual($0.utf8) }
    guard let kind = kinds.first else { return nil }
    let name = payload.prefix { $0 != 0 }
    guard let keyword = Keyword(rawValue: String(decoding: name, as: UTF8.self)) else { return nil }
    self.keyword = keyword
    let rest = payload.dropFirst(name.count + 1)
    switch kind {
    case "tEXt":
      isCompressed = false
      self.payload = rest
    case "zTXt":
      // One byte names the compression.
      isCompressed = true
      self.payload = rest.dropFirst()
    default:
      // A flag, the compression, and two texts that end in zeros: the language and the keyword in it.
      isCompressed = rest.first == 1
      let language = rest.dropFirst(2).drop { $0 != 0 }.dropFirst()
      self.payload = language.drop { $0 != 0 }.dropFirst()
    }
  }

  /// Takes what the text says of the orientation.
  ///
  /// - Parameter tags: What other parts of the file say; what they say already stays.
  func read(into tags: inout OrientationTags) {
    let text = isCompressed ? Inflation.bytes(of: payload, limit: Self.limit)[...] : payload
    switch keyword {
    case .exif: tags.read(exif: Self.profile(text)[...])
    case .xmp: tags.read(xmp: text)
    case .xmpProfile: tags.read(xmp: Self.profile(text)[...])
    case .app1:
      // Either of the two that JPEG keeps in segments of this name.
      let bytes = Self.profile(text)[...]
      if bytes.starts(with: Array("http".utf8)) {
        tags.read(xmp: bytes)
      } else {
        tags.read(exif: bytes)
      }
    }
  }

  /// The bytes of a raw profile: a line end, its name, its length, then hexadecimal digits in lines.
  private static func profile(_ text: ArraySlice<UInt8>) -> [UInt8] {
    let lines = text.split(
      separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: true)
    guard lines.count == 3 else { return [] }
    let digits = lines[2].compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }
}

/// Unpacks zlib streams (RFC 1950).
enum Inflation {
  /// The bytes of a stream.
  ///
  /// - Parameters:
  ///   - packed: The stream.
  ///   - limit: The most bytes that are unpacked; what is beyond is left out.
  /// - Returns: The bytes up to the end, the limit or the first damage.
  static func bytes(of packed: ArraySlice<UInt8>, limit: Int) -> [UInt8] {
    var stream = z_stream()
    guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      return []
    }
    defer { inflateEnd(&stream) }
    var source = Array(packed)
    let size = min(limit, max(1 << 12, 64 * source.count))
    return [UInt8](unsafeUninitializedCapacity: size) { output, initialized in
      source.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(clamping: input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(clamping: size)
        _ = inflate(&stream, Z_FINISH)
      }
      initialized = size - Int(stream.avail_out)
    }
  }
}
