import CAMEngine
import Foundation

/// An explanation as text.
struct ExplanationTable {
  let explanation: Explanation
  let model: Model
  let image: String
  let photo: Image
  let top: Int
  let loadSeconds: Double
  let output: String?

  /// The whole table, without a newline at the end.
  var text: String { (head + [""] + classes + notes).joined(separator: "\n") }

  private var head: [String] {
    let layer = explanation.layer
    let (width, height) = model.inputSize
    return [
      "image   \(image)  \(photo.width) x \(photo.height)",
      "model   \(model.path)  \(width) x \(height), \(model.classCount) classes",
      "layer   \(layer.name)  \(layer.channels) x \(layer.height) x \(layer.width)",
      "method  \(explanation.method.name)  "
        + String(format: "load %.3f s, map %.3f s", loadSeconds, explanation.seconds),
    ] + settings
  }

  /// The settings that made the map, in the order of the phases.
  private var settings: [String] {
    guard !explanation.parameters.isEmpty else { return [] }
    let names = ["scoringInput", "scoringSize", "score", "channels", "merge", "regularize"]
    let values = names.compactMap { name in
      explanation.parameters[name].map { "\(name) \($0)" }
    }
    return ["with    " + values.joined(separator: ", ")]
  }

  private var classes: [String] {
    var rows = explanation.classification.top(top)
    if !rows.contains(explanation.target) { rows.append(explanation.target) }
    let width = min(40, rows.map(\.label.count).max() ?? 0)
    let title = "class".padding(toLength: width + 7, withPad: " ", startingAt: 0)
    return ["  \(title)   score  probability"] + rows.map { row($0, width: width) }
  }

  private func row(_ score: Classification.ClassScore, width: Int) -> String {
    let mark = score == explanation.target ? ">" : " "
    let number = String(score.index)
    let index = String(repeating: " ", count: max(0, 5 - number.count)) + number
    let label = score.label.padding(toLength: width, withPad: " ", startingAt: 0)
    let bar = String(repeating: "#", count: Int((score.probability * 20).rounded()))
    let figures = String(format: "%8.3f  %8.3f %%", score.score, 100 * score.probability)
    return "\(mark) \(index)  \(label)  \(figures)  \(bar)"
  }

  private var notes: [String] {
    var notes: [String] = []
    if explanation.isEmpty {
      notes.append(
        "The map is empty: no place of this layer speaks for \(explanation.target.label).")
    }
    if model.preprocessor.isAssumed {
      notes.append(
        "Nothing says how this model wants its input; ImageNet's mean and deviation are assumed.")
    }
    if let output { notes.append("Files are in \(output); manifest.json lists them.") }
    return notes.isEmpty ? [] : [""] + notes
  }
}
