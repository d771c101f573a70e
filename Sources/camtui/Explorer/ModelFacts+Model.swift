import CAMEngine

extension ModelFacts {
  /// What the explorer shows of a network.
  init(
    _ network: Model, layers: [Layer], settings: IncrementCAMSettings, metrics: MetricSettings
  ) {
    let (width, height) = network.inputSize
    self.init(
      name: Self.name(ofFile: network.path),
      inputWidth: width, inputHeight: height,
      labels: (0..<network.classCount).map { network.labels.label(at: $0) },
      hasLabels: network.labels.count == network.classCount,
      layers: layers.map(LayerFacts.init),
      defaultLayer: network.defaultLayer.flatMap { layers.firstIndex(of: $0) } ?? layers.count - 1,
      methods: [Method.incrementCAM.name]
        + network.methods.filter { $0 != .incrementCAM }.map(\.name),
      fastMethods: network.methods.filter { method in layers.allSatisfy(method.isFast) }
        .map(\.name),
      parameters: IncrementCAMParameters.all(settings, inputSize: width),
      isPreprocessingAssumed: network.preprocessor.isAssumed, head: HeadFacts(network.head),
      notes: network.notes.map(\.text),
      curves: CurveFacts(metrics, inputWidth: width))
  }

  /// The name of a file without its folders and its ending.
  private static func name(ofFile path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.hasSuffix(".onnx") ? String(name.dropLast(5)) : name
  }
}

extension HeadFacts {
  fileprivate init(_ head: Head) {
    let text = head.text
    self.init(
      name: head.name, words: head.words, listTitle: text.listTitle, lesson: text.lesson,
      formula: text.formula,
      plainFormula: text.plainFormula)
  }
}

extension CurveFacts {
  fileprivate init(_ settings: MetricSettings, inputWidth: Int) {
    self.init(
      insertionStart: settings.insertionBaseline.words,
      deletionEnd: settings.deletionBaseline.words, step: settings.step(width: inputWidth))
  }
}

extension MetricSettings.Baseline {
  fileprivate var words: String {
    switch self {
    case .zero: "the mean colour"
    case .blur: "the blurred image"
    }
  }
}

extension LayerFacts {
  fileprivate init(_ layer: Layer) {
    self.init(
      name: layer.name, type: layer.operatorType, channels: layer.channels, height: layer.height,
      width: layer.width, isTokens: layer.isTokens)
  }
}
