/// Turns an ``Image`` into a network's input: resize, centre crop, rescale, normalise.
///
/// The steps and their rounding are torchvision's `Resize`, `CenterCrop`, `ToTensor` and `Normalize`,
/// with Pillow's antialiased resampling.
public struct Preprocessor: Sendable, Equatable {
  /// How the photo is resized before the crop.
  public enum Resize: Sendable, Equatable {
    /// The shorter side becomes this long; the other keeps the aspect, its length cut off to a whole number.
    case shortestEdge(Int)
    /// Both sides are given; the aspect may change.
    case exact(width: Int, height: Int)
  }

  /// A width and a height in pixels.
  public struct Size: Sendable, Equatable {
    /// Columns.
    public var width: Int
    /// Rows.
    public var height: Int

    /// A size.
    ///
    /// - Parameters:
    ///   - width: Columns.
    ///   - height: Rows.
    public init(width: Int, height: Int) {
      self.width = width
      self.height = height
    }
  }

  /// The order of the three colour planes in the network's input.
  public enum ChannelOrder: String, Sendable, Equatable {
    /// Red, green, blue.
    case rgb
    /// Blue, green, red, as networks from Caffe take them.
    case bgr
  }

  /// Where the settings are from: a file's path, or "ImageNet defaults".
  public var name = "ImageNet defaults"

  /// Whether nothing said how the model wants its input, so that ImageNet's usual settings are a guess.
  public var isAssumed = true

  /// The first step; nil leaves the photo's size.
  public var resize: Resize?

  /// The size of the centre crop; nil leaves the resized picture whole.
  public var crop: Size?

  /// The filter of the resize.
  public var resampling = Resampling.bilinear

  /// What pixel values, 0 to 255, are multiplied by; nil leaves them.
  public var rescaleFactor: Double? = 1.0 / 255

  /// What is then subtracted and divided by, in the network's channel order; nil leaves the values.
  public var normalization: Normalization? = .imageNet

  /// The order of the planes.
  public var channelOrder = ChannelOrder.rgb

  /// Mean and standard deviation of three channels.
  public struct Normalization: Sendable, Equatable {
    /// Subtracted; three values.
    public var mean: [Double]
    /// Divided by; three values other than zero.
    public var deviation: [Double]

    /// Three means and three deviations.
    ///
    /// - Parameters:
    ///   - mean: Subtracted; three values.
    ///   - deviation: Divided by; three values other than zero.
    public init(mean: [Double], deviation: [Double]) {
      precondition(mean.count == 3 && deviation.count == 3, "an image has three channels")
      self.mean = mean
      self.deviation = deviation
    }

    /// Of ImageNet's training photos, as torchvision states them for values of 0 to 1 in RGB order.
    public static let imageNet = Normalization(
      mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
  }

  /// The settings that most ImageNet classifiers use, marked as assumed.
  ///
  /// The shorter side becomes the crop's longer side times 256/224, then the crop is cut from the centre.
  /// Inputs with a side below 64 pixels take the whole photo, resized to the input.
  ///
  /// - Parameters:
  ///   - width: The network's input width.
  ///   - height: The network's input height.
  /// - Returns: The settings.
  public static func imageNet(width: Int, height: Int) -> Preprocessor {
    guard min(width, height) >= 64 else {
      return Preprocessor(resize: .exact(width: width, height: height), crop: nil)
    }
    let edge = (Double(max(width, height)) * 256 / 224).rounded()
    return Preprocessor(
      resize: .shortestEdge(Int(edge)), crop: Size(width: width, height: height))
  }

  /// Settings of one's own, with the ImageNet values for all that is not given here.
  ///
  /// - Parameters:
  ///   - resize: The first step.
  ///   - crop: The second step.
  public init(resize: Resize?, crop: Size?) {
    self.resize = resize
    self.crop = crop
  }
}

extension Preprocessor {
  /// The size that every prepared photo has; nil when it depends on the photo.
  public var preparedSize: Size? {
    if let crop { return crop }
    if case .exact(let width, let height) = resize { return Size(width: width, height: height) }
    return nil
  }

  /// Refuses settings that make another size than a model takes.
  ///
  /// Settings whose result depends on the photo pass; ``PreparedInput/check(width:height:name:)`` tells
  /// about each result.
  ///
  /// - Parameters:
  ///   - width: The model's input width.
  ///   - height: The model's input height.
  /// - Throws: ``PreprocessorError/sizeMismatch(name:width:height:modelWidth:modelHeight:)``.
  public func check(width: Int, height: Int) throws(PreprocessorError) {
    guard let size = preparedSize, size != Size(width: width, height: height) else { return }
    throw .sizeMismatch(
      name: name, width: size.width, height: size.height, modelWidth: width, modelHeight: height)
  }

  /// Where the crop lies on a photo of a given size.
  ///
  /// - Parameters:
  ///   - width: The photo's width.
  ///   - height: The photo's height.
  /// - Returns: The geometry of the resize and the crop.
  public func geometry(width: Int, height: Int) -> CropGeometry {
    let resized = resizedSize(width: width, height: height)
    let crop = crop ?? resized
    return CropGeometry(
      photoWidth: width, photoHeight: height,
      resizedWidth: resized.width, resizedHeight: resized.height,
      crop: PixelRectangle(
        left: Self.cropOffset(length: resized.width, crop: crop.width),
        top: Self.cropOffset(length: resized.height, crop: crop.height),
        width: crop.width, height: crop.height))
  }

  private func resizedSize(width: Int, height: Int) -> Size {
    switch resize {
    case nil:
      return Size(width: width, height: height)
    case .exact(let width, let height):
      return Size(width: width, height: height)
    case .shortestEdge(let edge):
      let other = Int(Double(edge * max(width, height)) / Double(min(width, height)))
      return width <= height ? Size(width: edge, height: other) : Size(width: other, height: edge)
    }
  }

  /// Half the difference, halves to even; a crop that is larger is padded, more at the far side.
  private static func cropOffset(length: Int, crop: Int) -> Int {
    crop > length
      ? -((crop - length) / 2)
      : Int((Double(length - crop) / 2).rounded(.toNearestOrEven))
  }
}
