import Inference

/// What becomes of one model file.
enum Attempt {
  /// It was refused with an error.
  case refused
  /// Its shapes were inferred; it is too large to be run here.
  case inferred
  /// It was run forward, and backward where it has a layer.
  case run
  /// It was refused only when it was to run.
  case notRun

  /// Reads the file, infers the network and, where that takes little, runs it.
  init(path: String) {
    guard let structure = Self.structure(path) else {
      self = .refused
      return
    }
    guard Self.isSmall(structure) else {
      self = .inferred
      return
    }
    self = Self.runs(structure) ? .run : .notRun
  }

  private static func structure(_ path: String) -> NetworkStructure? {
    do {
      return try NetworkStructure(try GraphReader.graph(path: path))
    } catch {
      precondition(!"\(error)".isEmpty)
      return nil
    }
  }

  private static func isSmall(_ structure: NetworkStructure) -> Bool {
    max(structure.height, structure.width) <= 64 && structure.gigaFLOPs < 0.2
      && structure.parameterCount < 1 << 22
      && structure.layers.allSatisfy { $0.channels * $0.height * $0.width < 1 << 22 }
  }

  private static func runs(_ structure: NetworkStructure) -> Bool {
    let count = 3 * structure.height * structure.width
    let input = (0..<count).map { Float($0 % 17) / 8 - 1 }
    do {
      let executor = try Executor(structure)
      let scores = try executor.scores(batch: 1) { _ = $0.update(fromContentsOf: input) }
      precondition(scores.count == structure.scoreCount)
      guard let layer = structure.defaultLayer else { return true }
      let pass = try executor.pass(to: layer, input: input)
      let gradient = try pass.gradient(
        seeds: [[1] + Array(repeating: 0, count: structure.scoreCount - 1)])
      precondition(gradient.count == layer.channels * layer.height * layer.width)
      return true
    } catch {
      precondition(!"\(error)".isEmpty)
      return false
    }
  }
}
