import CImageCodecs

/// A PNG file in memory (W3C PNG, third edition), decoded by libpng's simplified interface.
struct PNGFile {
  /// The first eight bytes of every PNG file.
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

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
  /// - Throws: ``ImageError``.
  func decoded(over background: RGB) throws(ImageError) -> ImageReading {
    let chunks = try PNGChunks(bytes, name: name)
    try Image.checkSize(width: chunks.width, height: chunks.height, name: name)
    guard chunks.isComplete else { throw .truncated(name: name, format: .png) }
    let stored = try Self.decode(chunks.pictureOnly, name: name, background: background)
    return ImageReading(image: stored.upright(from: chunks.orientation))
  }

  private static func decode(
    _ bytes: [UInt8], name: String, background: RGB
  ) throws(ImageError) -> Image {
    var png = png_image()
    png.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&png) }
    // libpng keeps the pointer from the first call to the second, so both are within one closure.
    let pixels: [UInt8]? = bytes.withUnsafeBytes { file in
      guard png_image_begin_read_from_memory(&png, file.baseAddress, file.count) != 0 else {
        return nil
      }
      return readPixels(&png)
    }
    guard let pixels else { throw .malformed(name: name, format: .png, reason: reason(png)) }
    let (width, height) = (Int(png.width), Int(png.height))
    let isOpaque = pixels.count == 3 * width * height
    return Image(
      width: width, height: height,
      pixels: isOpaque ? pixels : AlphaBlending.rgb(fromRGBA: pixels, over: background))
  }

  /// RGB bytes, or RGBA when the picture has an alpha channel or a transparent colour.
  private static func readPixels(_ png: inout png_image) -> [UInt8]? {
    let hasAlpha = png.format & png_uint_32(PNG_FORMAT_FLAG_ALPHA) != 0
    png.format =
      png_uint_32(PNG_FORMAT_FLAG_COLOR) | (hasAlpha ? png_uint_32(PNG_FORMAT_FLAG_ALPHA) : 0)
    // Without this, 16-bit samples are taken as linear light and change on the way to 8 bits.
    png.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)
    let count = Int(png.width) * Int(png.height) * (hasAlpha ? 4 : 3)
    var isRead = false
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      isRead = png_image_finish_read(&png, nil, buffer.baseAddress, 0, nil) != 0
      initialized = isRead ? count : 0
    }
    return isRead ? pixels : nil
  }

  private static func reason(_ png: png_image) -> String {
    withUnsafeBytes(of: png.message) { message in
      String(decoding: message.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
