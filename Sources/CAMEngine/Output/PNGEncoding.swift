import CImageCodecs

extension Image {
  /// The picture as a PNG file: 8-bit RGB, sRGB.
  ///
  /// - Returns: The file's bytes.
  /// - Throws: ``OutputError/notEncoded(format:reason:)`` when there is no memory for it.
  public func pngEncoded() throws(OutputError) -> [UInt8] {
    var png = png_image()
    png.version = png_uint_32(PNG_IMAGE_VERSION)
    png.width = png_uint_32(width)
    png.height = png_uint_32(height)
    png.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    // Large pictures would take seconds; so they take less than one, at two fifths more bytes.
    png.flags = width * height > 1_000_000 ? png_uint_32(PNG_IMAGE_FLAG_FAST) : 0
    defer { png_image_free(&png) }
    var size = Self.largestPNG(width: width, height: height)
    var isWritten = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      isWritten = png_image_write_to_memory(&png, buffer.baseAddress, &size, 0, pixels, 0, nil) != 0
      initialized = isWritten ? size : 0
    }
    guard isWritten else {
      throw .notEncoded(format: .png, reason: "libpng's error \(png.warning_or_error)")
    }
    return bytes
  }

  /// More bytes than any PNG of this size has, so that it is encoded once and not twice.
  ///
  /// This is libpng's own bound (PNG_IMAGE_PNG_SIZE_MAX): the rows with a filter byte each, what deflate
  /// may add to them, and the headers, with room to spare.
  private static func largestPNG(width: Int, height: Int) -> Int {
    let rows = height * (3 * width + 1)
    return rows + rows / 1000 + (rows / 8192 + 1) * 17 + 4096
  }
}
