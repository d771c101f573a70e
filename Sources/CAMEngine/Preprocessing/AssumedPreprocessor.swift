/// The type of a model, and where that stands.
struct ModelType {
  /// `model_type`.
  let type: String
  /// The path of the `config.json`.
  let file: String
}

extension Preprocessor {
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
    let isSmall = min(width, height) < 64
    let edge = Int((Double(max(width, height)) * 256 / 224).rounded())
    var settings = Preprocessor(
      resize: isSmall ? .exact(width: width, height: height) : .shortestEdge(edge),
      crop: isSmall ? nil : Size(width: width, height: height))
    settings.notes = [
      "Nothing says how this model wants its input; ImageNet's mean and deviation are assumed."
    ]
    return settings
  }

  /// What is taken where nothing says how the model wants its input, marked as assumed.
  ///
  /// - Parameter input: What the network says of its input: bytes stay bytes, and what the graph does to
  ///   its input first tells the range that it wants.
  /// - Returns: The settings, with a note that says what they are.
  static func assumed(_ input: NetworkInput) -> Preprocessor {
    let size = input.size
    var settings = imageNet(width: size.width, height: size.height)
    settings.isGray = input.channels == 1
    settings.normalization = nil
    switch input.values {
    case .bytes, .byteRange:
      settings.resize = .exact(width: size.width, height: size.height)
      settings.crop = nil
      settings.rescaleFactor = nil
      settings.name = "the network's input"
      settings.notes = [
        "Nothing says how this model wants its input; it "
          + (input.values == .bytes ? "takes bytes" : "scales its input by a factor for bytes")
          + ", so values of 0 to 255 of the whole photo are assumed."
      ]
    case .unitRange:
      settings.name = "the network's input"
      settings.notes = [
        "Nothing says how this model wants its input; it normalises its input itself, so values of 0 to 1 "
          + "are assumed."
      ]
    case .unknown where settings.isGray:
      settings.name = "grey values"
      settings.notes = [
        "Nothing says how this model wants its input; grey values of 0 to 1 for its one channel are "
          + "assumed."
      ]
    case .unknown:
      settings.normalization = .imageNet
    }
    return settings
  }

  /// What the processor of a model's type does by default, at the network's size.
  static func assumed(
    _ input: NetworkInput, _ model: ModelType
  ) throws(PreprocessorError) -> Preprocessor? {
    guard let processor = ImageProcessor.ofModels(model.type), input.values == .unknown,
      input.channels == 3
    else { return nil }
    let configuration = PreprocessorConfiguration(
      json: processor.sizeKeys(input), name: "\(model.file), \(processor.name)'s defaults",
      processor: processor,
      input: input)
    var settings = try configuration.preprocessor()
    if input.width != nil || input.height != nil { settings = settings.scaled(to: input.size) }
    settings.isAssumed = true
    settings.notes = [
      "\(model.file) says that the model is of type \(model.type), and nothing else how it wants its "
        + "input; the defaults of \(processor.name) are assumed."
    ]
    return settings
  }
}

extension ImageProcessor {
  /// The network's size, for the class whose rule depends on it; the others are scaled afterwards.
  fileprivate func sizeKeys(_ input: NetworkInput) -> JSONValue {
    guard geometry == .cropFraction else { return [:] }
    return ["size": ["shortest_edge": .number(Double(min(input.size.width, input.size.height)))]]
  }
}
