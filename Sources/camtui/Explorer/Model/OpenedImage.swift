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

  /// Below this many pixels a side no smaller photo is kept.
  private static let smallestSide = 96

  /// - Parameters:
  ///   - photo: The photo, perhaps reduced.
  ///   - crop: What the model saw of it; `nil` for all.
  ///   - fileSize: The size of the photo in its file; `nil` where it is not reduced.
  init(photo: Picture, crop: PictureRegion?, fileSize: (width: Int, height: Int)? = nil) {
    self.photo = photo
    self.crop = crop
    (fileWidth, fileHeight) = fileSize ?? (photo.width, photo.height)
    var reductions: [Picture] = []
    var last = photo
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

  /// The image with a photo whose sides are at most `limit` pixels long.
  func reduced(toSide limit: Int) -> OpenedImage {
    let longest = max(photo.width, photo.height)
    guard longest > limit else { return self }
    let scale = Double(limit) / Double(longest)
    let small = photo.resampled(
      width: max(1, Int((Double(photo.width) * scale).rounded())),
      height: max(1, Int((Double(photo.height) * scale).rounded())))
    let region = crop?.scaled(
      x: Double(small.width) / Double(photo.width), y: Double(small.height) / Double(photo.height))
    return OpenedImage(photo: small, crop: region, fileSize: fileSize)
  }
}

extension PictureRegion {
  func scaled(x horizontal: Double, y vertical: Double) -> PictureRegion {
    PictureRegion(
      x: x * horizontal, y: y * vertical, width: width * horizontal, height: height * vertical)
  }
}
