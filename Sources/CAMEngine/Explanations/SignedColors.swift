/// Colours for maps with a sign: blue where the image speaks against the class, white at zero, red where
/// it speaks for it. The stops are those of ColorBrewer's RdBu with eleven classes (Harrower and Brewer
/// 2003), which the colour-blind can tell apart; between them straight lines in sRGB.
public enum SignedColors {
  private static let stops = [
    RGB(5, 48, 97), RGB(33, 102, 172), RGB(67, 147, 195), RGB(146, 197, 222), RGB(209, 229, 240),
    RGB(247, 247, 247), RGB(253, 219, 199), RGB(244, 165, 130), RGB(214, 96, 77), RGB(178, 24, 43),
    RGB(103, 0, 31),
  ]

  /// The colour of a value.
  ///
  /// - Parameter value: -1 to 1; values outside count as the nearer end.
  /// - Returns: The colour.
  public static func color(_ value: Float) -> RGB {
    let place = (min(1, max(-1, value)) + 1) / 2 * Float(stops.count - 1)
    let first = min(Int(place), stops.count - 2)
    let (low, high, share) = (stops[first], stops[first + 1], place - Float(first))
    func mixed(_ from: UInt8, _ to: UInt8) -> UInt8 {
      UInt8((Float(from) + (Float(to) - Float(from)) * share).rounded())
    }
    return RGB(
      mixed(low.red, high.red), mixed(low.green, high.green), mixed(low.blue, high.blue))
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
