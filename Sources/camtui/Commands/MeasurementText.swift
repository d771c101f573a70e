import CAMEngine
import Foundation

/// What was measured of maps, as text.
struct MeasurementText {
  /// The methods with their figures.
  let measurements: [(method: String, measurement: MapMeasurement)]

  private static let metrics: [Metric] = [
    .averageDrop, .increaseInConfidence, .averageGain, .insertion, .deletion, .complexity,
    .sparseness,
  ]

  /// A table, and the curves where there is one method.
  var text: String {
    let width = max(6, measurements.map(\.method.count).max() ?? 0)
    let titles = [
      "drop %", "increase", "gain %", "insertion", "deletion", "complexity", "sparseness",
    ]
    let head =
      "  " + "metric".padding(toLength: width, withPad: " ", startingAt: 0)
      + titles.map { String(repeating: " ", count: 12 - $0.count) + $0 }.joined()
    let rows = measurements.map { method, measurement in
      "  " + method.padding(toLength: width, withPad: " ", startingAt: 0)
        + Self.metrics.map { cell($0, measurement.values[$0]) }.joined()
    }
    return ([head] + rows + curves).joined(separator: "\n")
  }

  private func cell(_ metric: Metric, _ value: Double?) -> String {
    guard let value else { return "           -" }
    switch metric {
    case .averageDrop, .averageGain: return String(format: "%12.2f", 100 * value)
    case .increaseInConfidence: return value > 0 ? "         yes" : "          no"
    default: return String(format: "%12.4f", value)
    }
  }

  private var curves: [String] {
    guard measurements.count == 1, let insertion = measurements[0].measurement.insertion,
      let deletion = measurements[0].measurement.deletion
    else { return [] }
    let (left, right) = (
      BrailleCurve(values: insertion.probabilities), BrailleCurve(values: deletion.probabilities)
    )
    let title = "insertion".padding(toLength: left.width + 2, withPad: " ", startingAt: 0)
    return ["", "  100 %  \(title)deletion"]
      + zip(left.lines, right.lines).map { "         \($0)  \($1)" } + ["    0 %"]
  }
}
