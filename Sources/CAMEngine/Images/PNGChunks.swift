/// The chunks of a PNG file, read without decoding anything.
struct PNGChunks {
  /// From the header chunk.
  let width: Int
  /// From the header chunk.
  let height: Int
  /// From an eXIf chunk, else from text chunks: a raw profile or an XMP packet.
  var orientation: ExifOrientation {
    var tags = OrientationTags()
    if let exif { tags.read(exif: exif) }
    for text in texts { text.read(into: &tags) }
    return tags.orientation
  }
  private var exif: ArraySlice<UInt8>?
  private var texts: [PNGText] = []
  /// Whether every chunk is whole and the end chunk is there.
  private(set) var isComplete = false

  /// The file with only the chunks that make up the picture.
  ///
  /// Without gAMA, sRGB, cHRM and iCCP libpng takes the samples as sRGB and leaves them as they are,
  /// and no compressed text or profile is ever unpacked.
  private(set) var pictureOnly = PNGFile.signature

  /// Walks the chunks.
  ///
  /// - Parameters:
  ///   - bytes: The file, which begins with the signature.
  ///   - name: What errors call it.
  /// - Throws: ``ImageError`` when the header chunk is not whole or claims no pixels.
  init(_ bytes: [UInt8], name: String) throws(ImageError) {
    let header = PNGFile.signature.count
    guard bytes.count >= header + 8 + 13 else { throw .truncated(name: name, format: .png) }
    guard bytes[(header + 4)..<(header + 8)].elementsEqual("IHDR".utf8) else {
      throw .malformed(name: name, format: .png, reason: "the first chunk is not IHDR")
    }
    width = Self.uint32(bytes, at: header + 8)
    height = Self.uint32(bytes, at: header + 12)
    guard width > 0, height > 0 else {
      throw .malformed(name: name, format: .png, reason: "the header claims no pixels")
    }
    walk(bytes, from: header)
  }

  private mutating func walk(_ bytes: [UInt8], from start: Int) {
    pictureOnly.reserveCapacity(bytes.count)
    var position = start
    while position + 12 <= bytes.count {
      let end = position + 12 + Self.uint32(bytes, at: position)
      guard end <= bytes.count else { return }
      let type = bytes[(position + 4)..<(position + 8)]
      let payload = bytes[(position + 8)..<(end - 4)]
      if type.elementsEqual("eXIf".utf8) { exif = exif ?? payload }
      if let text = PNGText(type: type, payload: payload) { texts.append(text) }
      if Self.isPicture(type) { pictureOnly.append(contentsOf: bytes[position..<end]) }
      position = end
      if type.elementsEqual("IEND".utf8) {
        isComplete = true
        return
      }
    }
  }

  /// Critical chunks, whose names begin with a capital, and transparency.
  private static func isPicture(_ type: ArraySlice<UInt8>) -> Bool {
    type[type.startIndex] & 0x20 == 0 || type.elementsEqual("tRNS".utf8)
  }

  private static func uint32(_ bytes: [UInt8], at offset: Int) -> Int {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
