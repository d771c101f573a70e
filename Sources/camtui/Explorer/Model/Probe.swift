/// A rectangle of the network's input, in its pixels.
struct InputBox: Hashable, Sendable {
  var left: Int
  var top: Int
  var width: Int
  var height: Int
}

/// A part of an image that the model does not get to see.
struct Occlusion: Hashable, Sendable {
  /// The image, by its place in the list.
  var image: Int
  var box: InputBox
}

/// The box of the probe view, and what the model says without what it hides.
struct Probe: Equatable, Sendable {
  /// The sides that the box can have, in sixteenths of the input's shorter side.
  static let sides = [1, 2, 3, 4, 6, 8, 12]

  /// What became of an occlusion.
  struct Answer: Equatable, Sendable {
    enum Result: Equatable, Sendable {
      case scored(ClassScores)
      /// The sentence says why.
      case failed(String)
    }

    var occlusion: Occlusion
    var result: Result
  }

  /// The columns of the network's input.
  let inputWidth: Int
  /// The rows of the network's input.
  let inputHeight: Int
  /// The last answer, perhaps of where the box was before.
  var answer: Answer?
  private var centerX: Int
  private var centerY: Int
  private var size = 3

  /// A box in the middle.
  init(_ model: ModelFacts) {
    (inputWidth, inputHeight) = (model.inputWidth, model.inputHeight)
    (centerX, centerY) = (inputWidth / 2, inputHeight / 2)
  }

  private var side: Int { max(1, min(inputWidth, inputHeight) * Self.sides[size] / 16) }

  /// The box; it never leaves the input.
  var box: InputBox {
    InputBox(
      left: min(max(0, centerX - side / 2), inputWidth - side),
      top: min(max(0, centerY - side / 2), inputHeight - side), width: side, height: side)
  }

  /// Moves the box by quarters of its side.
  mutating func move(x: Int, y: Int) {
    let (from, step) = (box, max(1, side / 4))
    centerX = min(max(0, from.left + x * step), inputWidth - side) + side / 2
    centerY = min(max(0, from.top + y * step), inputHeight - side) + side / 2
  }

  /// Makes the box smaller or larger; its middle stays where the edges allow it.
  mutating func resize(by steps: Int) {
    size = min(max(0, size + steps), Self.sides.count - 1)
  }
}

extension ExplorerState {
  /// What the probe hides now.
  var occlusion: Occlusion { Occlusion(image: currentImage, box: probe.box) }

  /// What the model said last of this image without a part of it.
  var probedScores: ClassScores? {
    guard let answer = probe.answer, answer.occlusion.image == currentImage,
      case .scored(let scores) = answer.result
    else { return nil }
    return scores
  }

  /// Whether the answer is not that of the box on the screen.
  var isProbing: Bool { probe.answer?.occlusion != occlusion }

  /// What the probe view lacks: first the answer, then a map to see where to hide something.
  var missingProbeJob: Job? {
    guard !isProbing else { return .classifyHidden(occlusion) }
    guard step != .input, let request else { return nil }
    return missingJob(for: [isIncrementCAM ? request.phaseOne : request])
  }

  /// Moves or resizes the box; `false` for other commands.
  mutating func performInProbe(_ command: ExplorerCommand) -> Bool {
    switch command {
    case .smaller: probe.resize(by: -1)
    case .larger: probe.resize(by: 1)
    case _ where !isViewFocused: return false
    case .previousRow: probe.move(x: 0, y: -1)
    case .nextRow: probe.move(x: 0, y: 1)
    case .previousStep: probe.move(x: -1, y: 0)
    case .nextStep: probe.move(x: 1, y: 0)
    default: return false
    }
    return true
  }
}
