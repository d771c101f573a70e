/// Blends pictures with straight alpha over one colour.
enum AlphaBlending {
  /// `(colour * alpha + background * (255 - alpha)) / 255`, rounded, of the sRGB values as they are.
  ///
  /// - Parameters:
  ///   - rgba: Interleaved bytes, four a pixel.
  ///   - background: What shows through.
  /// - Returns: Interleaved bytes, three a pixel.
  static func rgb(fromRGBA rgba: [UInt8], over background: RGB) -> [UInt8] {
    let count = rgba.count / 4
    let behind = (UInt32(background.red), UInt32(background.green), UInt32(background.blue))
    return [UInt8](unsafeUninitializedCapacity: 3 * count) { rgb, initialized in
      rgba.withUnsafeBufferPointer { rgba in
        for pixel in 0..<count {
          let alpha = rgba[4 * pixel + 3]
          rgb[3 * pixel] = blend(rgba[4 * pixel], behind.0, alpha)
          rgb[3 * pixel + 1] = blend(rgba[4 * pixel + 1], behind.1, alpha)
          rgb[3 * pixel + 2] = blend(rgba[4 * pixel + 2], behind.2, alpha)
        }
      }
      initialized = 3 * count
    }
  }

  private static func blend(_ color: UInt8, _ behind: UInt32, _ alpha: UInt8) -> UInt8 {
    let opacity = UInt32(alpha)
    return UInt8((UInt32(color) * opacity + behind * (255 - opacity) + 127) / 255)
  }
}
