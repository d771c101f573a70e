import CAMEngine
import Terminal
import TerminalTestSupport

@testable import camtui

/// Photos, classes and maps that are cheap and always the same.
enum Fake {
  static let labels = [
    "golden retriever", "Labrador retriever", "cocker spaniel", "tennis ball", "Sussex spaniel",
    "a class with a name that is much too long for the list", "猫", "Irish setter",
    "radio, wireless",
  ]
  static let probabilities: [Float] = [0.9416, 0.0312, 0.0085, 0.0021, 0.0004, 0.0003, 0, 0, 0]

  static let model = ModelFacts(
    name: "smallnet.onnx", inputWidth: 96, inputHeight: 96, labels: labels,
    layers: [
      LayerFacts(name: "stem", type: "Relu", channels: 16, height: 48, width: 48),
      LayerFacts(name: "block1/conv", type: "Conv", channels: 32, height: 24, width: 24),
      LayerFacts(name: "block1/relu", type: "Relu", channels: 32, height: 24, width: 24),
      LayerFacts(name: "features.12", type: "Relu", channels: 40, height: 13, width: 13),
      LayerFacts(name: "features.13", type: "Add", channels: 40, height: 13, width: 13),
    ], defaultLayer: 3, methods: ["increment-cam", "grad-cam", "layer-cam"],
    fastMethods: ["grad-cam", "layer-cam"],
    parameters: [
      Parameter(
        name: "score", meaning: "what the scores become", phase: .two,
        choices: ["increase", "probability", "channel-softmax"], initial: "increase"),
      Parameter(
        name: "channels", meaning: "share of channels scored", phase: .two,
        choices: ["0.1", "0.25", "all"], initial: "0.25"),
      Parameter(
        name: "merge", meaning: "how the maps are joined", phase: .three,
        choices: ["sum", "product"], initial: "sum"),
      Parameter(
        name: "regularize", meaning: "what is done last", phase: .three,
        choices: ["min-max", "mean-shift"], initial: "min-max"),
    ],
    head: HeadFacts(
      words: "softmax: scores are taken before it", listTitle: "Classes",
      lesson: "Softmax turns scores into probabilities, which add up to 1.",
      formula: "p_c = exp(f_c) / Σ_j exp(f_j)", plainFormula: "p_c = exp(f_c) / sum_j exp(f_j)"),
    curves: CurveFacts(
      insertionStart: "the blurred image", deletionEnd: "the mean colour", step: 96))

  /// A photo of soft colours.
  static func photo(width: Int, height: Int) -> Picture {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        pixels += [
          UInt8(40 + 180 * x / width), UInt8(40 + 180 * y / height), UInt8(200 - 160 * x / width),
        ]
      }
    }
    return Picture(width: width, height: height, pixels: pixels)
  }

  /// A photo of 4 : 3 with the square in its middle as the model's crop.
  static let image = OpenedImage(
    photo: photo(width: 160, height: 120),
    crop: PictureRegion(x: 20, y: 0, width: 120, height: 120))

  /// The classes in the order of the labels, of which so many are listed.
  static func scores(listing count: Int = 5) -> ClassScores {
    ClassScores(
      scores: labels.indices.map { 12 - Float($0) * 1.5 }, probabilities: probabilities,
      top: Array(0..<count))
  }

  /// A bright spot, at another place for every class.
  static func map(ofClass index: Int, sharpness: Float = 8) -> ActivationMap {
    let (column, row) = (2 + index % 5 * 2, 3 + index % 3 * 3)
    let values = (0..<169).map { place in
      let distance = abs(place % 13 - column) + abs(place / 13 - row)
      return max(0, 1 - Float(distance) / sharpness)
    }
    return ActivationMap(values: values, width: 13, height: 13, seconds: 0.0234)
  }

  /// What a source would answer; Increment-CAM with so many of its ten channels scored.
  static func result(of request: MapRequest, scored: Int = 10) -> MapResult {
    let map = map(ofClass: request.target.classIndex)
    var signed = map
    signed.values = map.values.map { $0 * 3 - 1 }
    var result = MapResult(
      map: map, signed: signed, weights: (0..<40).map { Float($0 % 7) / 100 - 0.02 })
    if request.isIncrementCAM { result.scoring = scoring(request, scored: scored) }
    return result
  }

  private static func scoring(_ request: MapRequest, scored: Int) -> ChannelScoring {
    let order = (0..<10).map { ($0 * 7 + 5) % 40 }
    var scores = Array(repeating: Float(0), count: 40)
    for (place, channel) in order.prefix(scored).enumerated() {
      scores[channel] = 4.5 - Float(place) / 4
    }
    var merged: [ParameterValues: ActivationMap] = [:]
    for (place, merge) in ["sum", "product"].enumerated() {
      for (other, regularize) in ["min-max", "mean-shift"].enumerated() {
        var values = ParameterValues()
        values["merge"] = merge
        values["regularize"] = regularize
        merged[values] = map(
          ofClass: request.target.classIndex, sharpness: Float(6 - 2 * place - other))
      }
    }
    var map = map(ofClass: request.target.classIndex, sharpness: 1 + Float(scored) / 2)
    map.seconds = Double(scored) * 0.1
    return ChannelScoring(
      order: order, scoredCount: scored, scores: scores, map: map, merged: merged,
      remainder: scored == 10 ? 0 : Float(10 - scored) / 20,
      nextMask: scored < 10 ? Fake.map(ofClass: scored) : nil,
      strongestMask: scored > 0 ? Fake.map(ofClass: 2) : nil, seconds: Double(scored) * 0.1)
  }

  static let tables = [
    ColorTable(name: "ember") { value in
      (UInt8(255 * value), UInt8(180 * value * value), UInt8(80 * (1 - value)))
    },
    ColorTable(name: "grey") { value in
      let level = UInt8(255 * value)
      return (level, level, level)
    },
  ]

  static func state(
    paths: [String] = ["photos/dog.jpg"], colorMode: ColorMode = .truecolor,
    encoding: TextEncoding = .utf8, hint: String? = nil,
    _ change: (inout ExplorerOptions) -> Void = { _ in }
  ) -> ExplorerState {
    var options = ExplorerOptions(colorTables: tables)
    change(&options)
    return ExplorerState(
      paths: paths, model: model, options: options,
      terminal: TerminalFacts(
        colorMode: colorMode, colorHint: hint, encoding: encoding, cellAspect: 2))
  }

  /// A state in which the first image is open, classified, and its first map is computed.
  static func openState(
    paths: [String] = ["photos/dog.jpg"], classes: Int = 5, colorMode: ColorMode = .truecolor,
    encoding: TextEncoding = .utf8, hint: String? = nil,
    _ change: (inout ExplorerOptions) -> Void = { _ in }
  ) -> ExplorerState {
    var state = state(
      paths: paths, colorMode: colorMode, encoding: encoding, hint: hint, change)
    _ = state.schedule()
    state.settle(classes: classes)
    return state
  }

  /// An explorer whose Phase 2 was stopped after four channels.
  static func stoppedState() -> ExplorerState {
    var state = openState()
    state.type(.character("3"))
    let job = Job.explain(incrementCAM(0))
    _ = state.update(.progressed(job, result(of: incrementCAM(0), scored: 4)))
    state.type(.escape)
    _ = state.update(.finished(job, .cancelled))
    return state
  }

  /// The request for Grad-CAM of a class of the first image, at the default layer.
  static func gradCAM(_ classIndex: Int, image: Int = 0) -> MapRequest {
    MapRequest(image: image, layer: 3, target: .ofClass(classIndex), method: "grad-cam")
  }

  /// The request for Increment-CAM with the parameters of the start.
  static func incrementCAM(_ classIndex: Int, image: Int = 0) -> MapRequest {
    MapRequest(
      image: image, layer: 3, target: .ofClass(classIndex), method: "increment-cam",
      parameters: ParameterValues(model.parameters, of: .two))
  }

  /// How a job ends when all goes well.
  static func outcome(of job: Job, classes: Int = 5) -> JobOutcome {
    switch job {
    case .open: .opened(image)
    case .classify: .classified(scores(listing: classes))
    case .explain(let request): .explained(result(of: request))
    case .rankChannels: .ranked(channels)
    case .classifyHidden: .classified(hiddenScores(listing: classes))
    case .measure(let measurement): .measured(numbers(of: measurement))
    }
  }

  /// Numbers that differ from step to step.
  static func numbers(of measurement: Measurement) -> MapNumbers {
    let place = Double(measurement.map.step.rawValue)
    var numbers = MapNumbers()
    func set(_ number: MapNumber, _ value: Double, _ passes: Int) {
      (numbers.values[number], numbers.passes[number]) = (value, passes)
    }
    switch measurement.part {
    case .masked:
      set(.averageDrop, 0.5 - place / 40, 1)
      set(.increaseInConfidence, place == 3 ? 1 : 0, 1)
      set(.averageGain, place == 3 ? 0.125 : 0, 1)
      set(.sparseness, 0.4 + place / 20, 0)
    case .again: set(.adcc, 0.7 + place / 100, place == 4 ? 3 : 13)
    case .insertion:
      numbers.curves[.insertion] = (0..<97).map { 1 - 1 / (1 + Float($0 * $0) / 900) }
      set(.insertion, 0.6 - place / 100, 97)
    case .deletion:
      numbers.curves[.deletion] = (0..<97).map { 0.94 / (1 + Float($0 * $0) / 400) }
      set(.deletion, 0.2 + place / 50, 97)
    }
    return numbers
  }

  /// Twelve channels, of which Increment-CAM scores the first ten.
  static let channels = (0..<12).map { place in
    RankedChannel(
      index: (place * 7 + 5) % 40, weight: 0.04 - Float(place) / 400,
      contribution: 24 - Float(place) * 1.5, activation: map(ofClass: place))
  }

  /// What the model says without a part of the image: the tennis ball comes first.
  static func hiddenScores(listing count: Int = 5) -> ClassScores {
    var scores = scores(listing: count)
    scores.probabilities?[0] = 0.2104
    scores.probabilities?[3] = 0.6
    scores.top = [3, 0] + scores.top.filter { $0 != 3 && $0 != 0 }
    return scores
  }
}

extension ExplorerState {
  /// Types keys, one after the other, and returns the effects of all.
  @discardableResult
  mutating func type(_ keys: Key...) -> [ExplorerEffect] {
    keys.flatMap { update(.key($0)) }
  }

  /// Types text.
  @discardableResult
  mutating func type(text: String) -> [ExplorerEffect] {
    text.flatMap { update(.key(.character($0))) }
  }

  /// Ends jobs well until there are no more.
  mutating func settle(classes: Int = 5) {
    while let job { _ = update(.finished(job, Fake.outcome(of: job, classes: classes))) }
  }

  func screen(_ columns: Int, _ rows: Int) -> Screen {
    ExplorerView(state: self, columns: columns, rows: rows).screen()
  }
}
