#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// How an image is resized; raw values are Pillow's numbers, which `preprocessor_config.json` uses.
public enum Resampling: Int, CaseIterable, Sendable {
  /// The pixel under the centre of the new one.
  case nearest = 0
  /// A windowed sinc of three lobes.
  case lanczos = 1
  /// A triangle.
  case bilinear = 2
  /// Keys' cubic with a = -0.5.
  case bicubic = 3
  /// The mean of what the new pixel covers.
  case box = 4
  /// One lobe of a sinc under Hamming's window.
  case hamming = 5

  /// The filter with the name that torchvision and timm give it, such as `bicubic`.
  ///
  /// - Parameter name: The name of a case.
  init?(named name: String) {
    guard let filter = Self.allCases.first(where: { "\($0)" == name }) else { return nil }
    self = filter
  }

  /// Half the filter's width, in pixels of the coarser of the two images.
  var support: Double {
    switch self {
    case .nearest, .box: 0.5
    case .bilinear, .hamming: 1
    case .bicubic: 2
    case .lanczos: 3
    }
  }

  /// The filter's value at a distance from its centre.
  ///
  /// - Parameter distance: Signed, in pixels of the coarser image.
  /// - Returns: The weight, before normalisation.
  func weight(at distance: Double) -> Double {
    let x = abs(distance)
    return switch self {
    case .nearest, .box: distance > -0.5 && distance <= 0.5 ? 1 : 0
    case .bilinear: max(0, 1 - x)
    case .bicubic: Self.cubic(x)
    case .lanczos: x < 3 ? Self.sinc(x) * Self.sinc(x / 3) : 0
    case .hamming: x < 1 ? Self.sinc(x) * (0.54 + 0.46 * cos(x * .pi)) : 0
    }
  }

  private static func cubic(_ x: Double) -> Double {
    let a = -0.5
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    return x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0
  }

  private static func sinc(_ x: Double) -> Double {
    x == 0 ? 1 : sin(x * .pi) / (x * .pi)
  }
}

/// For each wanted pixel of a resized row or column: which source pixels count, and how much.
struct ResamplingWindows {
  /// The first source pixel of each target pixel.
  private(set) var starts: [Int] = []
  /// How many source pixels each target pixel has.
  private(set) var counts: [Int] = []
  /// The weights, ``stride`` places a target pixel, zero after its count.
  private(set) var weights: [Float]
  /// Places a target pixel has in ``weights``.
  let stride: Int

  /// The windows of an antialiased resize, as Pillow lays them.
  ///
  /// The filter is stretched by the reduction factor (never shrunk), centred at the target pixel's
  /// centre in the source, cut off at the image's border, and its weights sum to 1. Weights are rounded
  /// to 22 bits after the point.
  ///
  /// - Parameters:
  ///   - source: Pixels along the side before.
  ///   - target: Pixels along the side after.
  ///   - wanted: Which of these to lay windows for.
  ///   - filter: Any but ``Resampling/nearest``, which has no windows.
  init(from source: Int, to target: Int, wanted: Range<Int>, filter: Resampling) {
    let scale = Double(source) / Double(target)
    let stretch = max(scale, 1)
    let reach = filter.support * stretch
    stride = Int(reach.rounded(.up)) * 2 + 1
    weights = [Float](repeating: 0, count: stride * wanted.count)
    for pixel in wanted {
      let center = (Double(pixel) + 0.5) * scale
      let start = max(0, Int(center - reach + 0.5))
      let end = min(source, Int(center + reach + 0.5))
      let values = (start..<end).map { filter.weight(at: (Double($0) - center + 0.5) / stretch) }
      let sum = values.reduce(0, +)
      for (index, value) in values.enumerated() {
        weights[stride * (pixel - wanted.lowerBound) + index] = Float(
          (value / sum * 0x1p22).rounded() * 0x1p-22)
      }
      starts.append(start)
      counts.append(end - start)
    }
  }

  /// The source pixels that any window covers.
  var sources: Range<Int> {
    guard let first = starts.first, let last = starts.last, let count = counts.last else {
      return 0..<0
    }
    return first..<last + count
  }
}
