extension Preprocessor {
  /// How a picture is resized before the crop.
  public enum Resize: Sendable, Equatable {
    /// The shorter side becomes this long; the other keeps the aspect, its length cut off to a whole number.
    case shortestEdge(Int)
    /// The same, unless the longer side would become longer than its limit: then that one fits.
    case edges(shortest: Int, longest: Int)
    /// Both sides are given; the aspect may change.
    case exact(width: Int, height: Int)
    /// The largest size of the same aspect within this one, sides cut off to whole numbers.
    case within(width: Int, height: Int)
    /// The smallest size of the same aspect that covers this one, sides rounded.
    case covering(width: Int, height: Int)
    /// The largest size of the same aspect within this one, sides rounded.
    case fitting(width: Int, height: Int)
  }

  /// The middle of a photo, measured by its shorter side.
  public struct CenterPart: Sendable, Equatable {
    /// The part's width over the photo's shorter side.
    public var width: Double
    /// The part's height over the photo's shorter side.
    public var height: Double
  }

  /// Where the crop lies on a photo of a given size.
  ///
  /// - Parameters:
  ///   - width: The photo's width.
  ///   - height: The photo's height.
  /// - Returns: The geometry of the resize and the crops.
  public func geometry(width: Int, height: Int) -> CropGeometry {
    let source = source(width: width, height: height)
    let resized =
      resize?.size(width: source.width, height: source.height)
      ?? Size(width: source.width, height: source.height)
    return CropGeometry(
      photoWidth: width, photoHeight: height, source: source, resizedWidth: resized.width,
      resizedHeight: resized.height, crop: centered(crop ?? resized, in: resized))
  }

  private func source(width: Int, height: Int) -> PixelRectangle {
    guard let part else { return PixelRectangle(left: 0, top: 0, width: width, height: height) }
    let side = Double(min(width, height))
    let size = Size(
      width: max(1, Int(part.width * side)), height: max(1, Int(part.height * side)))
    return centered(size, in: Size(width: width, height: height))
  }

  private func centered(_ size: Size, in whole: Size) -> PixelRectangle {
    PixelRectangle(
      left: start(of: size.width, in: whole.width),
      top: start(of: size.height, in: whole.height), width: size.width, height: size.height)
  }

  /// Half the difference. What is larger than the whole is padded: torchvision puts the odd pixel to the
  /// far side, transformers to the near one.
  private func start(of length: Int, in whole: Int) -> Int {
    switch centring {
    case .down: (whole - length) >> 1
    case .even:
      length > whole
        ? -((length - whole) / 2)
        : Int((Double(whole - length) / 2).rounded(.toNearestOrEven))
    }
  }
}

extension Preprocessor.Resize {
  /// The size that a picture gets; no side becomes shorter than a pixel.
  func size(width: Int, height: Int) -> Preprocessor.Size {
    let size = unlimitedSize(width: width, height: height)
    return Preprocessor.Size(width: max(1, size.width), height: max(1, size.height))
  }

  private func unlimitedSize(width: Int, height: Int) -> Preprocessor.Size {
    switch self {
    case .exact(let width, let height): Preprocessor.Size(width: width, height: height)
    case .shortestEdge(let edge): Self.shortest(edge, Double(edge), width, height)
    case .edges(let shortest, let longest):
      Self.limited(shortest, longest, width: width, height: height)
    case .within(let limitWidth, let limitHeight):
      Self.cutOff(
        width, height,
        by: min(
          Double(limitHeight) / Double(height), Double(limitWidth) / Double(width)))
    case .covering(let targetWidth, let targetHeight):
      Self.rounded(
        width, height,
        over: min(
          Double(height) / Double(targetHeight), Double(width) / Double(targetWidth)))
    case .fitting(let targetWidth, let targetHeight):
      Self.rounded(
        width, height,
        over: max(
          Double(height) / Double(targetHeight), Double(width) / Double(targetWidth)))
    }
  }

  /// The shorter side has `edge` pixels, the other one `exactEdge` times the aspect, cut off.
  private static func shortest(
    _ edge: Int, _ exactEdge: Double, _ width: Int, _ height: Int
  ) -> Preprocessor.Size {
    let other = Int(exactEdge * Double(max(width, height)) / Double(min(width, height)))
    return width <= height
      ? Preprocessor.Size(width: edge, height: other)
      : Preprocessor.Size(width: other, height: edge)
  }

  /// transformers' `get_size_with_aspect_ratio`.
  private static func limited(
    _ shortest: Int, _ longest: Int, width: Int, height: Int
  ) -> Preprocessor.Size {
    let aspect = Double(max(width, height)) / Double(min(width, height))
    let isTooLong = aspect * Double(shortest) > Double(longest)
    let raw =
      isTooLong
      ? Double(longest) * Double(min(width, height)) / Double(max(width, height))
      : Double(shortest)
    let edge = Int(raw.rounded(.toNearestOrEven))
    if min(width, height) == edge { return Preprocessor.Size(width: width, height: height) }
    return Self.shortest(edge, raw, width, height)
  }

  private static func cutOff(_ width: Int, _ height: Int, by scale: Double) -> Preprocessor.Size {
    Preprocessor.Size(width: Int(Double(width) * scale), height: Int(Double(height) * scale))
  }

  private static func rounded(
    _ width: Int, _ height: Int, over ratio: Double
  ) -> Preprocessor.Size {
    Preprocessor.Size(
      width: Int((Double(width) / ratio).rounded(.toNearestOrEven)),
      height: Int((Double(height) / ratio).rounded(.toNearestOrEven)))
  }
}
