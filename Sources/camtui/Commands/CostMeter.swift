import CAMEngine
import Foundation

/// Tells on standard error what work will cost and, in a terminal, how far it is. Silent for a few
/// passes.
struct CostMeter {
  let methods: [CAMEngine.Method]
  let model: Model
  let layers: [Layer]
  let settings: MethodSettings

  /// Work up to so many passes is done before anybody wonders.
  private static let fewPasses = 8

  /// Says what the work costs, does it, and shows how far it is meanwhile.
  ///
  /// - Parameter body: The work; takes what is to be told of its progress.
  /// - Returns: What the work returns.
  /// - Throws: What the work throws.
  func measuring<Result>(
    _ body: ((@Sendable (ExplanationProgress) -> Void)?) async throws -> Result
  ) async throws -> Result {
    announce()
    defer { finish() }
    return try await body(progress)
  }

  /// Says what each method costs that costs more than a few passes.
  private func announce() {
    let layers = layers.isEmpty ? model.defaultLayer.map { [$0] } ?? [] : layers
    for method in methods {
      for layer in layers {
        let cost = method.cost(layer, settings)
        guard cost.total > Self.fewPasses else { continue }
        StandardError.write("\(method.name) at \(layer.name): at most \(cost)\n")
      }
    }
  }

  /// Takes the progress; nil where no terminal shows it.
  private var progress: (@Sendable (ExplanationProgress) -> Void)? {
    guard StandardError.isTerminal else { return nil }
    return { progress in
      guard progress.total > Self.fewPasses else { return }
      StandardError.replaceLine(with: Self.line(progress))
    }
  }

  /// Removes the line of the progress.
  private func finish() {
    if StandardError.isTerminal { StandardError.replaceLine(with: "") }
  }

  /// E.g. `score-cam: 128 of 512 passes, 3 s left`.
  static func line(_ progress: ExplanationProgress) -> String {
    let left = progress.secondsLeft.map { String(format: ", %.0f s left", $0.rounded(.up)) }
    return "\(progress.method.name): \(progress.done) of \(progress.total) passes" + (left ?? "")
  }
}
