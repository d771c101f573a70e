import Inference

/// At which sizes the masked inputs of Phase 2 can be scored.
enum ScoringSize {
  /// Refuses a size at which a network cannot run.
  ///
  /// - Parameters:
  ///   - size: Rows and columns; nil for the network's own.
  ///   - structure: The network.
  /// - Throws: ``ModelError`` that says whether the head has a fixed size, or which size is the
  ///   smallest.
  static func check(_ size: Int?, of structure: NetworkStructure) throws {
    guard let size, size != structure.height || size != structure.width else { return }
    guard let problem = problem(at: size, structure) else { return }
    let file = structure.graph.file
    let own = "\(structure.width) x \(structure.height)"
    guard let smallest = try smallest(structure) else {
      throw ModelError(
        .request,
        "\(file) has a head of fixed size and cannot be scored at \(size) x \(size) pixels"
          + " (\(problem)); expected its own size, \(own).")
    }
    throw ModelError(
      .request,
      "\(file) cannot be scored at \(size) x \(size) pixels; expected \(smallest) or more.")
  }

  /// The smallest size from which on every size up to the network's own will do; nil where the head
  /// has a fixed size. Only shapes are computed.
  ///
  /// - Throws: `CancellationError`.
  static func smallest(_ structure: NetworkStructure) throws -> Int? {
    let own = min(structure.height, structure.width)
    // Half the size fits every network without a fixed head, but for those that are all but too small.
    var fitting = own
    while fitting > 1, problem(at: fitting - 1, structure) == nil {
      try Task.checkCancellation()
      fitting -= 1
    }
    return fitting < own ? fitting : nil
  }

  /// Why the network cannot run at a size; nil where it can.
  private static func problem(at size: Int, _ structure: NetworkStructure) -> String? {
    do {
      let resized = try NetworkStructure(
        structure.graph, height: size, width: size, choice: structure.choice)
      guard resized.scoreCount == structure.scoreCount else {
        return "it would give \(resized.scoreCount) scores and not \(structure.scoreCount)"
      }
      return nil
    } catch {
      let sentence = "\(error)"
      return String(sentence.hasSuffix(".") ? sentence.dropLast() : sentence[...])
    }
  }
}
