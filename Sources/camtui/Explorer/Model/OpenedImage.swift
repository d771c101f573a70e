import Terminal

/// A photo that was read.
struct OpenedImage: Equatable, Sendable {
  /// The photo as it is to be shown, at a size that suits a screen.
  let photo: Picture
  /// The part of the photo that the model saw, in the photo's pixels; `nil` for all of it.
  let crop: PictureRegion?
  /// The columns and rows of the photo in its file.
  var fileSize: (width: Int, height: Int) { (fileWidth, fileHeight) }
  private let fileWidth: Int
  private let fileHeight: Int
  /// The photo at half, a quarter, ... of its size: a small picture is drawn from a small photo.
  private let reductions: [Picture]

  /// Larger photos are reduced, so that every frame is drawn fast.
  static let largestSide = 1024
  /// Below this many pixels a side no smaller photo is kept.
  private static let smallestSide = 96

  /// - Parameters:
  ///   - photo: The photo of the file.
  ///   - crop: What the model saw of it; `nil` for all.
  ///   - largestSide: The photo is kept with at most so many pixels a side.
  init(photo: Picture, crop: PictureRegion?, largestSide: Int = Self.largestSide) {
    (fileWidth, fileHeight) = (photo.width, photo.height)
    let kept = photo.reduced(toSide: largestSide)
    self.photo = kept
    self.crop = crop?.scaled(
      x: Double(kept.width) / Double(photo.width), y: Double(kept.height) / Double(photo.height))
    var reductions: [Picture] = []
    var last = kept
    while min(last.width, last.height) >= 2 * Self.smallestSide {
      last = last.resampled(width: last.width / 2, height: last.height / 2)
      reductions.append(last)
    }
    self.reductions = reductions
  }

  /// The part that the model saw.
  var seenRegion: PictureRegion { crop ?? photo.wholeRegion }

  /// A part of the photo at another size. Cost: of the order of the result's pixels where they are
  /// few.
  ///
  /// - Parameters:
  ///   - region: The part, in the photo's pixels.
  ///   - width: The columns of the result.
  ///   - height: The rows of the result.
  /// - Returns: Exactly `width` x `height` pixels.
  func photo(_ region: PictureRegion, width: Int, height: Int) -> Picture {
    let wanted = max(Double(width) / region.width, Double(height) / region.height)
    let source =
      reductions.last { Double($0.width) / Double(photo.width) >= wanted } ?? photo
    return source.resampled(
      width: width, height: height,
      region: region.scaled(
        x: Double(source.width) / Double(photo.width),
        y: Double(source.height) / Double(photo.height)))
  }
}

extension Picture {
  /// The picture with sides of at most `limit` pixels.
  fileprivate func reduced(toSide limit: Int) -> Picture {
    let longest = max(width, height)
    guard longest > limit else { return self }
    let scale = Double(limit) / Double(longest)
    return resampled(
      width: max(1, Int((Double(width) * scale).rounded())),
      height: max(1, Int((Double(height) * scale).rounded())))
  }
}

extension PictureRegion {
  func scaled(x horizontal: Double, y vertical: Double) -> PictureRegion {
    PictureRegion(
      x: x * horizontal, y: y * vertical, width: width * horizontal, height: height * vertical)
  }
}
