/// Colours for maps with a sign: blue where the image speaks against the class, white at zero, red where
/// it speaks for it.
enum SignedColors {
  /// The colours from -1 to 1: straight lines in sRGB between the two ends, white, and back (the ends of
  /// ColorBrewer's RdBu, Harrower and Brewer 2003).
  private static let (against, neutral, towards) = (
    RGB(33, 102, 172), RGB(247, 247, 247), RGB(178, 24, 43)
  )

  /// The colour of a value.
  ///
  /// - Parameter value: -1 to 1; values outside count as the nearer end.
  /// - Returns: The colour.
  static func color(_ value: Float) -> RGB {
    let end = value < 0 ? against : towards
    let share = min(1, abs(value))
    func mixed(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Float(from) + (Float(to) - Float(from)) * share).rounded())
    }
    return RGB(
      mixed(neutral.red, end.red), mixed(neutral.green, end.green), mixed(neutral.blue, end.blue))
  }
}

extension HeatMap {
  /// A map with a sign as a picture: blue below zero, white at zero, red above.
  ///
  /// The colours reach their ends at the map's largest magnitude, on both sides.
  ///
  /// - Parameters:
  ///   - width: The picture's width.
  ///   - height: The picture's height.
  /// - Returns: The coloured picture; all white where the map is zero.
  public func renderedSigned(width: Int, height: Int) -> Image {
    let magnitude = values.reduce(0) { max($0, abs($1)) }
    let scale = magnitude > 0 && magnitude.isFinite ? 1 / magnitude : 0
    let colors = (0...510).map { SignedColors.color(Float($0 - 255) / 255) }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * width * height)
    for value in upsampled(width: width, height: height).values {
      let color = colors[255 + Int((255 * min(1, max(-1, value * scale))).rounded())]
      pixels.append(color.red)
      pixels.append(color.green)
      pixels.append(color.blue)
    }
    return Image(width: width, height: height, pixels: pixels)
  }
}
