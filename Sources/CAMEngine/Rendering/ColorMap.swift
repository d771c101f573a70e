/// Which colour stands for which value of a map.
public enum ColorMap: String, CaseIterable, Sendable {
  /// Dark blue to yellow; even in lightness, and readable by the colour-blind.
  case viridis
  /// Black over red to light yellow; even in lightness.
  case inferno
  /// A rainbow with smooth lightness.
  case turbo
  /// The classic rainbow of CAM papers; its lightness misleads.
  case jet
  /// Black to white.
  case grey

  /// 256 colours, from the value 0 to the value 1.
  public var colors: [RGB] {
    switch self {
    case .viridis: Self.viridisColors
    case .inferno: Self.infernoColors
    case .turbo: Self.turboColors
    case .jet: Self.jetColors
    case .grey: Self.greyColors
    }
  }

  /// The colour of a value.
  ///
  /// - Parameter value: 0 to 1; values outside count as the nearer end, NaN as 0.
  /// - Returns: One of the 256 ``colors``: the one at `floor(256 value)`, at most 255.
  public func color(_ value: Float) -> RGB {
    colors[Self.index(of: value)]
  }

  /// The colours of many values, interleaved; one table look-up a value.
  ///
  /// - Parameter values: 0 to 1 each, as for ``color(_:)``.
  /// - Returns: Three bytes a value.
  public func pixels(_ values: [Float]) -> [UInt8] {
    let colors = colors
    return [UInt8](unsafeUninitializedCapacity: 3 * values.count) { pixels, initialized in
      colors.withUnsafeBufferPointer { colors in
        values.withUnsafeBufferPointer { values in
          for index in values.indices {
            let color = colors[Self.index(of: values[index])]
            pixels[3 * index] = color.red
            pixels[3 * index + 1] = color.green
            pixels[3 * index + 2] = color.blue
          }
        }
      }
      initialized = 3 * values.count
    }
  }

  /// The place in ``colors``. The order of the comparisons sends NaN to 0.
  @inline(__always)
  static func index(of value: Float) -> Int {
    Int(min(255, max(0, value * 256)))
  }

  private static let viridisColors = ColorMapTable.colors(ColorMapTable.viridis)
  private static let infernoColors = ColorMapTable.colors(ColorMapTable.inferno)
  private static let turboColors = ColorMapTable.colors(ColorMapTable.turbo)
  private static let greyColors = (0...255).map { RGB(UInt8($0), UInt8($0), UInt8($0)) }

  /// Each channel is a trapezium, 1.5 - |4 v - p| within 0 to 1, for p = 3, 2, 1.
  private static let jetColors = (0...255).map { index in
    let channels = [3.0, 2.0, 1.0].map { peak in
      UInt8((255 * min(1, max(0, 1.5 - abs(4 * Double(index) / 255 - peak)))).rounded())
    }
    return RGB(channels[0], channels[1], channels[2])
  }
}
