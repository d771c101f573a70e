import CImageCodecs

/// A JPEG file in memory (ITU-T T.81), decoded by libjpeg-turbo's TurboJPEG interface.
struct JPEGFile {
  private let bytes: [UInt8]
  private let name: String

  init(bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// Decodes the picture and turns it upright.
  ///
  /// - Returns: The upright picture, with a note where it decodes with damage.
  /// - Throws: ``ImageError``; a file that ends early is an error, other recoverable damage is not.
  func decoded() throws(ImageError) -> ImageReading {
    let markers = JPEGMarkers(bytes)
    let decompressor = try JPEGDecompressor(name: name)
    let header = try decompressor.header(of: bytes, isComplete: markers.hasEnd)
    try Image.checkSize(width: header.width, height: header.height, name: name)
    guard markers.hasEnd else { throw .truncated(name: name, format: .jpeg) }
    let (pixels, damage) = try decompressor.pixels(of: bytes, header: header)
    let stored = Image(
      width: header.width, height: header.height,
      pixels: header.isCMYK ? Self.rgb(fromInvertedCMYK: pixels) : pixels)
    return ImageReading(
      image: stored.upright(from: markers.orientation),
      notes: damage.map { [.damage(name: name, reason: $0)] } ?? [])
  }

  /// Plain conversion of CMYK as Adobe stores it, inverted: full ink is 0, so that R = C' K' / 255.
  private static func rgb(fromInvertedCMYK inks: [UInt8]) -> [UInt8] {
    let count = inks.count / 4
    return [UInt8](unsafeUninitializedCapacity: 3 * count) { rgb, initialized in
      inks.withUnsafeBufferPointer { inks in
        for pixel in 0..<count {
          let black = Int(inks[4 * pixel + 3])
          for channel in 0..<3 {
            let product = Int(inks[4 * pixel + channel]) * black
            rgb[3 * pixel + channel] = UInt8((product + 127) / 255)
          }
        }
      }
      initialized = 3 * count
    }
  }
}

/// What a JPEG's header says about its picture.
private struct JPEGHeader {
  var width: Int
  var height: Int
  var isCMYK: Bool
}

/// Owns a TurboJPEG decompressor.
private final class JPEGDecompressor {
  private let handle: tjhandle
  private let name: String

  init(name: String) throws(ImageError) {
    guard let handle = tjInitDecompress() else {
      throw .malformed(name: name, format: .jpeg, reason: "no memory for a decoder")
    }
    self.handle = handle
    self.name = name
  }

  deinit { tjDestroy(handle) }

  /// The corresponding C function is `tjDecompressHeader3`.
  func header(of bytes: [UInt8], isComplete: Bool) throws(ImageError) -> JPEGHeader {
    var (width, height, subsampling, colorSpace) = (Int32(0), Int32(0), Int32(0), Int32(0))
    let status = tjDecompressHeader3(
      handle, bytes, UInt(bytes.count), &width, &height, &subsampling, &colorSpace)
    // It also refuses sampling factors without a TurboJPEG name, which decompression itself can do:
    // what matters here is that it got as far as the size.
    // A stream of nothing but tables is no error to it.
    guard width > 0, height > 0 else {
      if !isComplete { throw .truncated(name: name, format: .jpeg) }
      let reason = status == 0 ? "it has no picture" : reason
      throw .malformed(name: name, format: .jpeg, reason: reason)
    }
    let isCMYK = colorSpace == TJCS_CMYK.rawValue || colorSpace == TJCS_YCCK.rawValue
    return JPEGHeader(width: Int(width), height: Int(height), isCMYK: isCMYK)
  }

  /// RGB or, of a CMYK picture, CMYK bytes, and what was wrong with the file where it was decoded in spite
  /// of it. The corresponding C function is `tjDecompress2`.
  func pixels(
    of bytes: [UInt8], header: JPEGHeader
  ) throws(ImageError) -> (pixels: [UInt8], damage: String?) {
    let format = header.isCMYK ? TJPF_CMYK : TJPF_RGB
    let count = header.width * header.height * (header.isCMYK ? 4 : 3)
    var (isDecoded, isDamaged) = (false, false)
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      let status = tjDecompress2(
        handle, bytes, UInt(bytes.count), buffer.baseAddress, Int32(header.width), 0,
        Int32(header.height), Int32(format.rawValue), TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)
      // After a warning every row has been written.
      isDamaged = status != 0 && tjGetErrorCode(handle) == Int32(TJERR_WARNING.rawValue)
      isDecoded = status == 0 || isDamaged
      initialized = isDecoded ? count : 0
    }
    guard isDecoded else { throw .malformed(name: name, format: .jpeg, reason: reason) }
    return (pixels, isDamaged ? reason : nil)
  }

  private var reason: String {
    guard let message = tjGetErrorStr2(handle) else { return "unknown damage" }
    return String(cString: message)
  }
}
