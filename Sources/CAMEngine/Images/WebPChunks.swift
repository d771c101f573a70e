/// The RIFF chunks of a WebP file, read without decoding anything.
struct WebPChunks {
  /// The size in the extended header (VP8X); nil in a simple file.
  private(set) var canvas: (width: Int, height: Int)?
  /// How many pictures an animation has; 0 for a still.
  private(set) var frameCount = 0
  /// The first of them.
  private(set) var firstFrame: WebPFrame?
  /// Whether the file has as many bytes as its RIFF header says.
  let isComplete: Bool
  private var tags = OrientationTags()

  /// From the EXIF or the XMP chunk; upright where there is none.
  var orientation: ExifOrientation { tags.orientation }

  /// Walks the chunks.
  ///
  /// - Parameter bytes: The file, which begins with `RIFF`, a length and `WEBP`.
  init(_ bytes: [UInt8]) {
    isComplete = bytes[...].littleEndian(at: 4, bytes: 4) + 8 <= bytes.count
    for chunk in RIFFChunk.all(in: bytes.dropFirst(12)) { read(chunk) }
  }

  private mutating func read(_ chunk: RIFFChunk) {
    switch chunk.type {
    case "VP8X" where chunk.payload.count >= 10:
      canvas = (
        chunk.payload.littleEndian(at: 4, bytes: 3) + 1,
        chunk.payload.littleEndian(at: 7, bytes: 3) + 1
      )
    case "EXIF": tags.read(exif: chunk.payload)
    case "XMP ": tags.read(xmp: chunk.payload)
    case "ANMF":
      frameCount += 1
      firstFrame = firstFrame ?? WebPFrame(chunk.payload)
    default: break
    }
  }
}

/// One picture of an animation (RFC 9649, section 2.7.1.1).
struct WebPFrame {
  /// Its place on the canvas.
  let place: PixelRectangle
  /// The picture as a file of its own.
  let file: [UInt8]

  /// - Parameter payload: The payload of an `ANMF` chunk; nil is returned for one that is not whole.
  init?(_ payload: ArraySlice<UInt8>) {
    guard payload.count > 16 else { return nil }
    place = PixelRectangle(
      left: 2 * payload.littleEndian(at: 0, bytes: 3),
      top: 2 * payload.littleEndian(at: 3, bytes: 3),
      width: payload.littleEndian(at: 6, bytes: 3) + 1,
      height: payload.littleEndian(at: 9, bytes: 3) + 1)
    let data = Array(payload.dropFirst(16))
    let hasAlpha = data.starts(with: Array("ALPH".utf8))
    // Anything else, such as an animation within it, is no picture.
    guard hasAlpha || data.starts(with: Array("VP8".utf8)), !data.starts(with: Array("VP8X".utf8))
    else { return nil }
    let body = (hasAlpha ? Self.header(place) : []) + data
    let parts: [[UInt8]] = [
      Array("RIFF".utf8), Self.bytes(body.count + 4, count: 4), Array("WEBP".utf8), body,
    ]
    file = Array(parts.joined())
  }

  /// The extended header of a still with alpha.
  private static func header(_ place: PixelRectangle) -> [UInt8] {
    let parts: [[UInt8]] = [
      Array("VP8X".utf8), bytes(10, count: 4), [0x10, 0, 0, 0], bytes(place.width - 1, count: 3),
      bytes(place.height - 1, count: 3),
    ]
    return Array(parts.joined())
  }

  private static func bytes(_ number: Int, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}

/// A chunk of a RIFF file: four letters, a length, and as many bytes.
struct RIFFChunk {
  let type: String
  let payload: ArraySlice<UInt8>

  /// The chunks that begin in a part of a file; the last one may be cut off.
  static func all(in bytes: ArraySlice<UInt8>) -> [RIFFChunk] {
    var chunks: [RIFFChunk] = []
    var rest = bytes
    while rest.count >= 8 {
      let length = rest.littleEndian(at: 4, bytes: 4)
      let type = String(decoding: rest.prefix(4), as: UTF8.self)
      chunks.append(RIFFChunk(type: type, payload: rest.dropFirst(8).prefix(length)))
      rest = rest.dropFirst(8 + length + length % 2)
    }
    return chunks
  }
}

extension ArraySlice<UInt8> {
  /// A number, its least byte first.
  ///
  /// - Parameters:
  ///   - offset: Where it is, from the slice's own beginning; there must be enough bytes.
  ///   - count: How many bytes it has.
  /// - Returns: The number.
  func littleEndian(at offset: Int, bytes count: Int) -> Int {
    dropFirst(offset).prefix(count).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
