import Inference

/// Phase 2 under way: scores the channels in the order of their contribution, a batch a step.
///
/// It keeps what the network said of every masked input, from which each kind of score follows: other
/// settings need passes only for channels, or an empty image, that were not scored before.
struct PhaseTwoScoring: Sendable, Equatable {
  let one: PhaseOne
  let head: Head
  let target: Target
  private(set) var settings: IncrementCAMSettings
  private(set) var order: [Int]
  private let planes: [Float]
  private var batchSize: Int?
  private let memoryLimit: Int?
  private var classScores: [Float] = []
  private var emptyScore: Float?
  private var probabilities: [Float] = []
  private var seconds = 0.0
  /// Whether a batch has run, which settles the batch size.
  private var isBegun = false

  /// - Parameters:
  ///   - one: Phase 1.
  ///   - planes: the input, `[3, H, W]`.
  ///   - head: how the network's values are read.
  ///   - target: what is explained.
  ///   - settings: the settings; where the head has no probabilities, the score is the increase instead.
  ///   - batchSize: how many channels a step; nil chooses by memory.
  ///   - memoryLimit: the memory that a batch's activations may take.
  init(
    _ one: PhaseOne, planes: [Float], head: Head, target: Target, settings: IncrementCAMSettings,
    batchSize: Int?, memoryLimit: Int?
  ) {
    self.one = one
    self.planes = planes
    self.head = head
    self.target = target
    self.settings = settings.fitting(head)
    self.batchSize = batchSize
    self.memoryLimit = memoryLimit
    order = one.order(settings.channels)
  }

  /// Whether everything that the settings want is scored.
  var isComplete: Bool { scoredCount == order.count }

  /// How many channels have their final score: none before the empty image has one.
  private var scoredCount: Int { needsEmpty ? 0 : min(classScores.count, order.count) }

  /// Whether the empty image X_b is still to be scored; without channels nobody asks for it.
  private var needsEmpty: Bool {
    settings.score == .increase && emptyScore == nil && !order.isEmpty
  }

  /// The same with other settings, and what is scored already.
  ///
  /// - Parameter settings: the settings.
  /// - Returns: nil where they mask other inputs.
  func changed(to settings: IncrementCAMSettings) -> PhaseTwoScoring? {
    guard settings.scoringInput == self.settings.scoringInput,
      settings.scoringSize == self.settings.scoringSize
    else { return nil }
    var result = self
    result.settings = settings.fitting(head)
    result.order = one.order(settings.channels)
    return result
  }

  /// Scores the next batch of channels.
  ///
  /// - Throws: `CancellationError`, or an ``InferenceError``.
  mutating func step(_ executor: Executor) throws {
    let start = ContinuousClock.now
    let structure = executor.structure
    let (height, width) = (
      settings.scoringSize ?? structure.height, settings.scoringSize ?? structure.width
    )
    let scoring = try MaskScoring(
      executor, count: order.count + (settings.score == .increase ? 1 : 0), batchSize: batchSize,
      memoryLimit: isBegun ? nil : memoryLimit, height: height, width: width)
    batchSize = scoring.batchSize
    // The empty image comes first, in the same batch as the first channels.
    let waiting = (needsEmpty ? [nil] : []) + order.dropFirst(classScores.count).map(Optional.some)
    let batch = waiting.prefix(scoring.batchSize)
    let masking = Masking(self, structure: structure, height: height, width: width)
    let scores = try scoring.scores(batch.indices) { index, place in
      if let channel = batch[index] {
        masking.write(channel, to: place)
      } else {
        place.update(repeating: 0)
      }
    }
    for (row, channel) in zip(head.rows(scores), batch) { record(row, isEmpty: channel == nil) }
    isBegun = true
    seconds += (ContinuousClock.now - start) / .seconds(1)
  }

  private mutating func record(_ row: [Float], isEmpty: Bool) {
    let score = head.score(of: target, in: row)
    guard !isEmpty else {
      emptyScore = score
      return
    }
    classScores.append(score)
    probabilities.append(head.probability(of: target, in: row) ?? 0)
  }

  /// The result so far.
  var phase: PhaseTwo {
    let scores = channelScores
    let area = one.map.values.count
    var sum = Array(repeating: Float(0), count: area)
    for channel in order.prefix(scoredCount) {
      let weight = one.alpha[channel]
      for place in 0..<area {
        sum[place] += scores[channel] * max(0, weight * one.activation[channel * area + place])
      }
    }
    return PhaseTwo(
      scores: scores, order: order, scoredCount: scoredCount,
      map: HeatMap(width: one.map.width, height: one.map.height, values: finished(sum)),
      remainder: remainder(scores, highest: sum.max() ?? 0),
      isBound: settings.score == .probability, seconds: seconds)
  }

  /// S of every channel of the layer.
  private var channelScores: [Float] {
    let values: [Float] =
      switch settings.score {
      // No number must not pass for zero.
      case .increase: classScores.map { $0 - (emptyScore ?? 0) }.map { $0 <= 0 ? 0 : $0 }
      case .probability: probabilities
      case .channelSoftmax: softmax(Array(classScores.prefix(scoredCount)))
      }
    var result = Array(repeating: Float(0), count: one.alpha.count)
    for (channel, value) in zip(order.prefix(scoredCount), values) { result[channel] = value }
    return result
  }

  private func remainder(_ scores: [Float], highest: Float) -> Float? {
    guard settings.score != .channelSoftmax else { return nil }
    if isComplete { return 0 }
    let largest = settings.score == .probability ? 1 : scores.max() ?? 0
    let rest = order.dropFirst(scoredCount).reduce(Float(0)) { $0 + one.peaks[$1] }
    return highest > 0 ? largest * rest / highest : .infinity
  }

  /// Makes masked inputs Z_k.
  private struct Masking {
    let one: PhaseOne
    let area: Int
    let input: IncrementCAMSettings.ScoringInput
    /// The picture that is masked: at the size of the run, or of the activation.
    let picture: [Float]
    let enlargement: MaskEnlargement

    init(_ scoring: PhaseTwoScoring, structure: NetworkStructure, height: Int, width: Int) {
      one = scoring.one
      let map = scoring.one.map
      area = map.width * map.height
      input = scoring.settings.scoringInput
      enlargement = MaskEnlargement(
        maskHeight: map.height, maskWidth: map.width, height: height, width: width)
      let planes = InputPlanes(
        values: scoring.planes, height: structure.height, width: structure.width)
      picture =
        switch input {
        case .activation: planes.areaAveraged(height: map.height, width: map.width)
        case .image: planes.reduced(height: height, width: width)
        }
    }

    func write(_ channel: Int, to place: UnsafeMutableBufferPointer<Float>) {
      let mask = normalized(one.activation[channel * area..<(channel + 1) * area])
      switch input {
      case .image:
        picture.withUnsafeBufferPointer { picture in
          mask.withUnsafeBufferPointer {
            enlargement.multiply(picture, byEnlarged: $0, into: place)
          }
        }
      case .activation:
        for plane in 0..<picture.count / area {
          let product = (0..<area).map { picture[plane * area + $0] * mask[$0] }
          let enlarged = product.withUnsafeBufferPointer { enlargement.enlarged($0) }
          let start = plane * enlarged.count
          _ = UnsafeMutableBufferPointer(
            rebasing: place[start..<start + enlarged.count]
          ).update(fromContentsOf: enlarged)
        }
      }
    }
  }
}
