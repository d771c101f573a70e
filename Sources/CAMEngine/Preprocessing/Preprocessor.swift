/// Turns an ``Image`` into a network's input: crop, resize, crop again, rescale, normalise.
///
/// The steps and their rounding are those of torchvision (`Resize`, `CenterCrop`, `ToTensor`, `Normalize`),
/// of timm's `create_transform` and of transformers' image processors, with Pillow's antialiased
/// resampling; which of them decides stands in the file that the settings are from.
public struct Preprocessor: Sendable, Equatable {
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

  /// Where a crop begins when it cannot lie exactly in the middle.
  public enum Centring: Sendable, Equatable {
    /// At the even one of the two neighbours, as torchvision and timm round.
    case even
    /// At the one that is nearer to the top or left edge, as transformers divides.
    case down
  }

  /// Mean and standard deviation of each channel.
  public struct Normalization: Sendable, Equatable {
    /// Subtracted; one value a channel.
    public var mean: [Double]
    /// Divided by; as many values other than zero.
    public var deviation: [Double]

    /// One mean and one deviation a channel.
    ///
    /// - Parameters:
    ///   - mean: Subtracted; one or three values.
    ///   - deviation: Divided by; as many values other than zero.
    public init(mean: [Double], deviation: [Double]) {
      precondition(
        mean.count == deviation.count && [1, 3].contains(mean.count),
        "an image has one channel or three")
      self.mean = mean
      self.deviation = deviation
    }

    /// Of ImageNet's training photos, as torchvision states them for values of 0 to 1 in RGB order.
    public static let imageNet = Normalization(
      mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
  }

  /// Where the settings are from: a file's path, or "ImageNet defaults".
  public var name = "ImageNet defaults"

  /// Whether nothing said how the model wants its input, so that the settings are a guess.
  public var isAssumed = true

  /// What had to be assumed, and what of the file changes nothing; a sentence each.
  public var notes: [String] = []

  /// The part of the photo that the other steps see; nil for all of it.
  public var part: CenterPart?

  /// How that is resized; nil leaves its size.
  public var resize: Resize?

  /// The size of the centre crop that follows; nil leaves the resized picture whole.
  public var crop: Size?

  /// Where a crop begins that cannot lie exactly in the middle.
  public var centring = Centring.even

  /// The colour around a picture that is smaller than its crop.
  public var fill = RGB.black

  /// The filter of the resize.
  public var resampling = Resampling.bilinear

  /// What pixel values, 0 to 255, are multiplied by; nil leaves them.
  public var rescaleFactor: Double? = 1.0 / 255

  /// What is then added.
  public var offset = 0.0

  /// What is then subtracted and divided by, in the network's channel order; nil leaves the values.
  public var normalization: Normalization? = .imageNet

  /// The order of the planes.
  public var channelOrder = ChannelOrder.rgb

  /// Whether the input is one plane of luminances.
  public var isGray = false

  /// Settings of one's own, with the ImageNet values for all that is not given here.
  ///
  /// - Parameters:
  ///   - resize: The first step.
  ///   - crop: The second step.
  public init(resize: Resize?, crop: Size?) {
    self.resize = resize
    self.crop = crop
  }

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
}
