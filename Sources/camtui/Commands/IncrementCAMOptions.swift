import ArgumentParser
import CAMEngine

/// The settings of Increment-CAM's Phases 2 and 3; nil for those that are not given.
struct IncrementCAMOptions: ParsableArguments {
  @Option(help: "What Phase 2 masks; \(Self.usual.scoringInput.rawValue) by default.")
  var scoringInput: IncrementCAMSettings.ScoringInput?

  @Option(help: "The size in pixels at which Phase 2 runs the network; its own by default.")
  var scoringSize: Int?

  @Option(help: "What Phase 2 makes of the scores; \(Self.usual.score.rawValue) by default.")
  var score: IncrementCAMSettings.Score?

  @Option(
    help: """
      Which channels Phase 2 scores: all, or the strongest as a fraction of them; \
      \(Self.usual.channels.description) by default.
      """)
  var channels: IncrementCAMSettings.Channels?

  @Option(
    help: "How Phase 3 joins the maps of Phase 1 and 2; \(Self.usual.merge.rawValue) by default.")
  var merge: IncrementCAMSettings.Merge?

  @Option(help: "What Phase 3 does last; \(Self.usual.regularize.rawValue) by default.")
  var regularize: IncrementCAMSettings.Regularize?

  private static let usual = IncrementCAMSettings()

  /// Those that are given, by their names on the command line.
  var given: [(name: String, value: String)] {
    let all = [
      ("scoring-input", scoringInput?.rawValue), ("scoring-size", scoringSize.map(String.init)),
      ("score", score?.rawValue), ("channels", channels?.description),
      ("merge", merge?.rawValue), ("regularize", regularize?.rawValue),
    ]
    return all.compactMap { name, value in value.map { (name, $0) } }
  }

  func validate() throws {
    do {
      _ = try settings()
    } catch let error as ModelError {
      throw ValidationError(error.description)
    }
  }

  /// The settings of all methods.
  ///
  /// - Throws: `ModelError` for a value that a setting has not.
  func settings() throws -> MethodSettings {
    var settings = MethodSettings()
    for (name, value) in given { try Method.incrementCAM.set(&settings, name, to: value) }
    return settings
  }

  /// Refuses what none of some methods can be told.
  ///
  /// - Parameter methods: The methods.
  /// - Throws: `ModelError` that names the first one.
  func check(usedBy methods: [CAMEngine.Method]) throws {
    let known = Set(methods.flatMap { $0.settings.map(\.name) })
    guard let unused = given.first(where: { !known.contains($0.name) }) else { return }
    let names = methods.map(\.name).joined(separator: ", ")
    throw ModelError(
      .request,
      "--\(unused.name) does nothing with \(names); expected --method"
        + " \(CAMEngine.Method.incrementCAM.name), or no --\(unused.name).")
  }
}
