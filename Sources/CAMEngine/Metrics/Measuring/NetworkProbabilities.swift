import Inference

/// The probability that a network gives a class, for many inputs in batches.
struct NetworkProbabilities: ClassProbabilities {
  let executor: Executor
  /// The class.
  let classIndex: Int
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
      let scores = try scoring.scores(range, write)
      for row in 0..<range.count {
        let classes = scores[row * structure.classCount..<(row + 1) * structure.classCount]
        result.append(Classification.softmax(Array(classes))[classIndex])
      }
    }
    return result
  }
}
