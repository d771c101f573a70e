import CImageCodecs

/// A WebP file in memory (RFC 9649), decoded by libwebp.
struct WebPFile {
  private let bytes: [UInt8]
  private let name: String

  init(bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// Decodes the picture, blends it over a background and turns it upright.
  ///
  /// - Parameter background: What shows through transparent pixels.
  /// - Returns: The upright picture.
  /// - Throws: ``ImageError``; an animation is refused.
  func decoded(over background: RGB) throws(ImageError) -> Image {
    let chunks = WebPChunks(bytes)
    if let canvas = chunks.canvas {
      try Image.checkSize(width: canvas.width, height: canvas.height, name: name)
    }
    let features = try features(isComplete: chunks.isComplete)
    let (width, height) = (Int(features.width), Int(features.height))
    try Image.checkSize(width: width, height: height, name: name)
    guard chunks.isComplete else { throw .truncated(name: name, format: .webP) }
    guard features.has_animation == 0 else {
      throw .malformed(
        name: name, format: .webP, reason: "it is an animation and not one still picture")
    }
    let pixels = try pixels(width: width, height: height, hasAlpha: features.has_alpha != 0)
    return Image(
      width: width, height: height,
      pixels: features.has_alpha == 0
        ? pixels : AlphaBlending.rgb(fromRGBA: pixels, over: background)
    ).upright(from: chunks.orientation)
  }

  /// The corresponding C function is `WebPGetFeatures`.
  private func features(isComplete: Bool) throws(ImageError) -> WebPBitstreamFeatures {
    var features = WebPBitstreamFeatures()
    let status = WebPGetFeatures(bytes, bytes.count, &features)
    if status == VP8_STATUS_NOT_ENOUGH_DATA || (status != VP8_STATUS_OK && !isComplete) {
      throw .truncated(name: name, format: .webP)
    }
    guard status == VP8_STATUS_OK, features.width > 0, features.height > 0 else {
      throw .malformed(name: name, format: .webP, reason: "the header is damaged")
    }
    return features
  }

  /// RGB or RGBA bytes. The corresponding C functions are `WebPDecodeRGBInto` and `WebPDecodeRGBAInto`.
  private func pixels(width: Int, height: Int, hasAlpha: Bool) throws(ImageError) -> [UInt8] {
    let stride = width * (hasAlpha ? 4 : 3)
    let decode = hasAlpha ? WebPDecodeRGBAInto : WebPDecodeRGBInto
    var isDecoded = false
    let pixels = [UInt8](unsafeUninitializedCapacity: stride * height) { buffer, initialized in
      isDecoded =
        decode(bytes, bytes.count, buffer.baseAddress, buffer.count, Int32(stride)) != nil
      initialized = isDecoded ? stride * height : 0
    }
    guard isDecoded else {
      throw .malformed(name: name, format: .webP, reason: "the compressed picture is damaged")
    }
    return pixels
  }
}

/// The RIFF chunks of a WebP file, read without decoding anything.
struct WebPChunks {
  /// The size in the extended header (VP8X); nil in a simple file.
  private(set) var canvas: (width: Int, height: Int)?
  /// From an EXIF chunk; upright where there is none.
  private(set) var orientation = ExifOrientation.topLeft
  /// Whether the file has as many bytes as its RIFF header says.
  let isComplete: Bool

  /// Walks the chunks.
  ///
  /// - Parameter bytes: The file, which begins with `RIFF`, a length and `WEBP`.
  init(_ bytes: [UInt8]) {
    isComplete = Self.uint(bytes, at: 4, bytes: 4) + 8 <= bytes.count
    var position = 12
    while position + 8 <= bytes.count {
      let length = Self.uint(bytes, at: position + 4, bytes: 4)
      let payload = bytes[(position + 8)..<min(bytes.count, position + 8 + length)]
      read(type: bytes[position..<position + 4], payload: payload)
      position += 8 + length + length % 2
    }
  }

  private mutating func read(type: ArraySlice<UInt8>, payload: ArraySlice<UInt8>) {
    if type.elementsEqual("VP8X".utf8), payload.count >= 10 {
      let bytes = Array(payload)
      canvas = (Self.uint(bytes, at: 4, bytes: 3) + 1, Self.uint(bytes, at: 7, bytes: 3) + 1)
    } else if type.elementsEqual("EXIF".utf8) {
      orientation = ExifOrientation(tiff: payload)
    }
  }

  private static func uint(_ bytes: [UInt8], at offset: Int, bytes count: Int) -> Int {
    bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
