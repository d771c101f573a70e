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

  func validate() throws {
    if let scoringSize, !(1...16384).contains(scoringSize) {
      throw ValidationError("--scoring-size \(scoringSize): 1 to 16384 was expected.")
    }
  }

  /// Whether one of them is given.
  var isAnyGiven: Bool {
    scoringInput != nil || scoringSize != nil || score != nil || channels != nil || merge != nil
      || regularize != nil
  }

  /// The settings of all methods.
  var settings: MethodSettings {
    let usual = Self.usual
    var settings = MethodSettings()
    settings.incrementCAM.scoringInput = scoringInput ?? usual.scoringInput
    settings.incrementCAM.scoringSize = scoringSize
    settings.incrementCAM.score = score ?? usual.score
    settings.incrementCAM.channels = channels ?? usual.channels
    settings.incrementCAM.merge = merge ?? usual.merge
    settings.incrementCAM.regularize = regularize ?? usual.regularize
    return settings
  }
}
