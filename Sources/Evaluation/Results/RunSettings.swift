public import CAMEngine
import Foundation

/// What all results in a file have in common; results of other settings are never mixed with them.
public struct RunSettings: Sendable, Codable, Equatable {
  /// The SHA-256 digest of the ONNX file and of the files with its weights.
  public var modelHash: String
  /// What scores and probabilities are; nil in files of versions that did not keep it.
  public var head: HeadSummary?
  /// How photos become inputs.
  public var preprocessing: String
  /// How the data set lies on the disk.
  public var dataSet: DataSet.Format
  /// The SHA-256 digest of the names of its photos with their labels and boxes, in order.
  public var photosHash: String
  /// Which of its classes the model has; nil in files of versions that did not keep it.
  public var classes: ClassCoverage?
  /// The SHA-256 digest of what each of its classes means for the model, and of the model's labels.
  public var classesHash: String?
  /// Which class is explained.
  public var target: TargetRule
  /// How many photos are drawn; nil for all.
  public var sample: Int?
  /// What decides which are drawn.
  public var seed: UInt64
  /// How metrics are taken.
  public var metrics: MetricSettings
  /// What Increment-CAM does where a method's name says nothing; another version may do something else.
  public var incrementCAM: [String: String]?

  /// The settings of a run.
  init(
    _ plan: EvaluationPlan, model: Model, _ dataSet: DataSet, _ mapping: ClassMapping
  ) throws {
    modelHash = try Self.hash(of: model)
    head = model.summary.output.head
    preprocessing = Self.text(model.preprocessor, model.inputSize)
    self.dataSet = dataSet.format
    photosHash = try Self.hash(dataSet.photos.map(Self.text))
    classes = mapping.coverage(of: dataSet.classes)
    classesHash = try Self.hash(
      dataSet.classes.labels.map { "\(Self.text($0)) is \(mapping.classes(of: $0))" }.sorted()
        + model.labels.all.map(\.text))
    target = plan.target
    sample = plan.sample
    seed = plan.seed
    metrics = plan.metricSettings
    incrementCAM = IncrementCAMSettings().parameters(inputSize: model.inputSize)
  }

  /// Refuses a network that is not the one of the results.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - results: What the error calls the results.
  /// - Throws: ``EvaluationError`` where the file or the preprocessing is another one.
  public func check(_ model: Model, of results: String) throws {
    guard try Self.hash(of: model) == modelHash else {
      throw EvaluationError(
        .request,
        "\(model.path) is not the network of \(results); expected the same ONNX file, named by"
          + " --model.")
    }
    let mine = Self.text(model.preprocessor, model.inputSize)
    guard mine == preprocessing else {
      throw EvaluationError(
        .request,
        "\(results) was made with other preprocessing (\(preprocessing)) than \(model.path) has now"
          + " (\(mine)); expected the same, as by --preprocessor.")
    }
  }

  /// The digest of the ONNX file; of the digests of all files where its weights lie in others.
  private static func hash(of model: Model) throws -> String {
    let digests = try ([model.path] + model.weightFiles).map(hash(ofFile:))
    return digests.count == 1 ? digests[0] : try hash(digests)
  }

  private static func hash(_ lines: [String]) throws -> String {
    try SHA256.digest(Data(lines.joined(separator: "\n").utf8))
  }

  private static func text(_ photo: Photo) -> String {
    ([photo.name]
      + photo.objects.map { object in
        let sides = object.box.map { [$0.left, $0.top, $0.right, $0.bottom] } ?? []
        return "\(text(object.label)) at \(sides)"
      }).joined(separator: "\t")
  }

  private static func text(_ label: ClassLabel) -> String {
    "\(label.name) \(label.wordNetID ?? "-") \(label.index.map(String.init) ?? "-")"
  }

  private static func hash(ofFile path: String) throws -> String {
    guard let bytes = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else {
      throw EvaluationError(.missing, "\(path) cannot be read; an ONNX file was expected.")
    }
    return try SHA256.digest(bytes)
  }

  /// JSON with sorted keys: equal settings give equal texts.
  func encoded() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// The names of the settings in which two differ.
  func differences(_ other: RunSettings) throws -> [String] {
    func members(_ settings: RunSettings) throws -> [String: String] {
      let data = try JSONEncoder().encode(settings)
      let object = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
      return try object.mapValues { value in
        let text = try JSONSerialization.data(
          withJSONObject: value, options: [.fragmentsAllowed, .sortedKeys])
        return String(decoding: text, as: UTF8.self)
      }
    }
    let (mine, theirs) = (try members(self), try members(other))
    return Set(mine.keys).union(theirs.keys).filter { mine[$0] != theirs[$0] }.sorted()
  }

  private static func text(_ preprocessor: Preprocessor, _ size: (width: Int, height: Int))
    -> String
  {
    let resize =
      switch preprocessor.resize {
      case nil: "as it is"
      case .shortestEdge(let edge): "shortest edge \(edge)"
      case .exact(let width, let height): "\(width) x \(height)"
      case .edges(let shortest, let longest): "shortest edge \(shortest), longest \(longest)"
      case .within(let width, let height): "within \(width) x \(height), cut off"
      case .covering(let width, let height): "covering \(width) x \(height)"
      case .fitting(let width, let height): "within \(width) x \(height)"
      }
    let normalization = preprocessor.normalization.map {
      "mean \($0.mean) deviation \($0.deviation)"
    }
    return
      ([
        resize, "\(preprocessor.resampling)", "crop \(size.width) x \(size.height)",
        preprocessor.rescaleFactor.map { "scale \($0)" } ?? "not scaled",
        normalization ?? "not normalised", preprocessor.channelOrder.rawValue,
      ] + rarer(preprocessor)).joined(separator: ", ")
  }

  /// Settings that few models have; those of others read as they always did.
  private static func rarer(_ preprocessor: Preprocessor) -> [String] {
    var words: [String] = []
    if let part = preprocessor.part { words.append("the middle \(part.width) x \(part.height)") }
    if preprocessor.centring == .down { words.append("crop cut off") }
    if preprocessor.fill != .black { words.append("filled \(preprocessor.fill)") }
    if preprocessor.offset != 0 { words.append("plus \(preprocessor.offset)") }
    if preprocessor.isGray { words.append("grey") }
    return words
  }
}
