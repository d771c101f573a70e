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
  /// - Returns: The upright picture, of an animation the first one, with a note.
  /// - Throws: ``ImageError``.
  func decoded(over background: RGB) throws(ImageError) -> ImageReading {
    let chunks = WebPChunks(bytes)
    if let canvas = chunks.canvas {
      try Image.checkSize(width: canvas.width, height: canvas.height, name: name)
    }
    let features = try features(isComplete: chunks.isComplete)
    let (width, height) = (Int(features.width), Int(features.height))
    try Image.checkSize(width: width, height: height, name: name)
    guard chunks.isComplete else { throw .truncated(name: name, format: .webP) }
    if features.has_animation != 0 {
      let first = try firstPicture(of: chunks, width: width, height: height, background)
      return ImageReading(
        image: first.upright(from: chunks.orientation),
        notes: [.animation(name: name, pictures: chunks.frameCount)])
    }
    let pixels = try pixels(width: width, height: height, hasAlpha: features.has_alpha != 0)
    let stored = Image(
      width: width, height: height,
      pixels: features.has_alpha == 0
        ? pixels : AlphaBlending.rgb(fromRGBA: pixels, over: background))
    return ImageReading(image: stored.upright(from: chunks.orientation))
  }

  /// The first picture of an animation at its place on the canvas, which is transparent elsewhere.
  private func firstPicture(
    of chunks: WebPChunks, width: Int, height: Int, _ background: RGB
  ) throws(ImageError) -> Image {
    guard let frame = chunks.firstFrame, frame.place.right <= width, frame.place.bottom <= height
    else {
      throw .malformed(name: name, format: .webP, reason: "the animation has no first picture")
    }
    let picture = try WebPFile(bytes: frame.file, name: name).decoded(over: background).image
    guard picture.width == frame.place.width, picture.height == frame.place.height else {
      throw .malformed(name: name, format: .webP, reason: "a picture has not the size it claims")
    }
    return picture.cropped(
      to: PixelRectangle(
        left: -frame.place.left, top: -frame.place.top, width: width, height: height),
      fill: background)
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
