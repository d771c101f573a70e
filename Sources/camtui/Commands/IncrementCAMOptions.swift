import ArgumentParser
import CAMEngine

/// The settings of Increment-CAM's Phases 2 and 3.
struct IncrementCAMOptions: ParsableArguments {
  @Option(help: "What Phase 2 masks.")
  var scoringInput = IncrementCAMSettings.ScoringInput.image

  @Option(help: "The size in pixels at which Phase 2 runs the network; its own by default.")
  var scoringSize: Int?

  @Option(help: "What Phase 2 makes of the scores.")
  var score = IncrementCAMSettings.Score.increase

  @Option(help: "Which channels Phase 2 scores: all, or the strongest as a fraction of them.")
  var channels = IncrementCAMSettings.Channels.fraction(0.25)

  @Option(help: "How Phase 3 joins the maps of Phase 1 and 2.")
  var merge = IncrementCAMSettings.Merge.sum

  @Option(help: "What Phase 3 does last.")
  var regularize = IncrementCAMSettings.Regularize.minMax

  func validate() throws {
    if let scoringSize, !(1...16384).contains(scoringSize) {
      throw ValidationError("--scoring-size \(scoringSize): 1 to 16384 was expected.")
    }
  }

  /// The settings of all methods.
  var settings: MethodSettings {
    var settings = MethodSettings()
    settings.incrementCAM.scoringInput = scoringInput
    settings.incrementCAM.scoringSize = scoringSize
    settings.incrementCAM.score = score
    settings.incrementCAM.channels = channels
    settings.incrementCAM.merge = merge
    settings.incrementCAM.regularize = regularize
    return settings
  }
}
