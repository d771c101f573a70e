import Inference

/// How certain a network is of a target, for many inputs in batches.
struct NetworkProbabilities: ClassProbabilities {
  let executor: Executor
  /// Reads what the network gives.
  let confidence: Confidence
  /// How many inputs run at once.
  let settings: MethodSettings

  func probabilities(
    count: Int, _ write: (Int, UnsafeMutableBufferPointer<Float>) -> Void
  ) throws -> [Float] {
    let structure = executor.structure
    let scoring = try MaskScoring(
      executor, count: count, batchSize: settings.batchSize, memoryLimit: settings.memoryLimit,
      height: structure.height, width: structure.width)
    var result: [Float] = []
    for start in stride(from: 0, to: count, by: scoring.batchSize) {
      let range = start..<min(start + scoring.batchSize, count)
      result += confidence.head.rows(try scoring.scores(range, write)).map { confidence($0) }
    }
    return result
  }
}
