import CAMEngine
import Foundation
import Terminal

/// What `explain` found, as text.
struct ExplanationReport {
  let comparison: MethodComparison
  let model: Model
  let image: String
  let photo: ImageReading
  let input: PreparedInput
  let loadSeconds: Double
  let top: Int
  let output: String?

  /// The explanation with all its cost, where there is only one.
  var only: Explanation? { comparison.only }

  /// The whole report, without a newline at the end.
  var text: String {
    let parts = [head, [""], only == nil ? methods + [""] : [], classes, notes]
    return parts.flatMap { $0 }.map(\.printable).joined(separator: "\n")
  }

  /// What all methods have in common.
  private var first: Explanation { only ?? comparison.explanations[0] }

  private var head: [String] {
    let (width, height) = model.inputSize
    return [
      "image   \(image)  \(photo.image.width) x \(photo.image.height)",
      "model   \(model.path)  \(width) x \(height), \(model.classCount) classes",
    ] + first.layers.map { "layer   \($0.name)  \($0.size)" }
      + (first.fusion.map { ["fusion  \($0.rawValue) of \(first.layers.count) layers"] } ?? [])
      + [method] + settings
  }

  private var method: String {
    guard let only else {
      return "method  all  " + String(format: "load %.3f s", loadSeconds)
    }
    return "method  \(only.method.name)  "
      + String(format: "load %.3f s, map %.3f s", loadSeconds, only.seconds)
  }

  /// The settings that made the map, in the order of the phases.
  private var settings: [String] {
    guard let told = comparison.explanations.first(where: { !$0.parameters.isEmpty }) else {
      return []
    }
    let values = told.method.settings.compactMap { setting in
      told.parameters[setting.key].map { "\(setting.key) \($0)" }
    }
    return ["with    " + values.joined(separator: ", ")]
  }

  /// What each method cost beyond the shared passes.
  private var methods: [String] {
    let rows =
      [("shared", comparison.sharedPasses, comparison.sharedSeconds, false)]
      + comparison.explanations.map { ($0.method.name, $0.passes, $0.seconds, $0.isEmpty) }
    let width = rows.map(\.0.count).max() ?? 0
    let passWidth = rows.map(\.1.description.count).max() ?? 0
    return rows.map { name, passes, seconds, isEmpty in
      "  " + name.padding(toLength: width + 2, withPad: " ", startingAt: 0)
        + passes.description.padding(toLength: passWidth + 2, withPad: " ", startingAt: 0)
        + String(format: "%8.3f s", seconds) + (isEmpty ? "  empty map" : "")
    }
  }

  private var classes: [String] {
    ClassTable(
      rows: first.classification.top(top), target: first.target
    ).lines
  }

  private var notes: [String] {
    var notes = photo.notes.map(\.description)
    notes += comparison.leftOut.map { "Left out: \($0)" }
    if let only, only.isEmpty { notes.append(emptyNote(only)) }
    notes += model.notes.map(\.text)
    if let output { notes.append("Files are in \(output); manifest.json lists them.") }
    return notes.isEmpty ? [] : [""] + notes
  }

  private func emptyNote(_ explanation: Explanation) -> String {
    let label = explanation.target.label
    let speaksAgainst = explanation.maps.contains { $0.signed.values.contains { $0 < 0 } }
    guard speaksAgainst else {
      return "The map is empty: no place of this layer speaks more for \(label) than another."
    }
    return "The map is empty: no place of this layer speaks for \(label); --signed with --output"
      + " writes what speaks against it."
  }
}

/// Classes with their scores, the explained one marked.
struct ClassTable {
  var rows: [Classification.ClassScore]
  let target: Classification.ClassScore

  /// One line a class under a title; the explained class is added where it is missing.
  var lines: [String] {
    let rows = self.rows.contains(target) ? self.rows : self.rows + [target]
    let width = min(40, rows.map { DisplayWidth.printedColumns(of: $0.label) }.max() ?? 0)
    let title = DisplayWidth.padded("class", to: width + 7)
    return ["  \(title)   score" + (target.probability == nil ? "" : "  probability")]
      + rows.map { row($0, width: width) }
  }

  private func row(_ score: Classification.ClassScore, width: Int) -> String {
    let mark = score == target ? ">" : " "
    let number = String(score.index)
    let index = String(repeating: " ", count: max(0, 5 - number.count)) + number
    let label = DisplayWidth.padded(score.label, to: width)
    let figure = String(format: "%8.3f", score.score)
    guard let probability = score.probability else {
      return "\(mark) \(index)  \(label)  \(figure)"
    }
    let bar = String(repeating: "#", count: Int((probability * 20).rounded()))
    let share = String(format: "%8.3f %%", 100 * probability)
    return "\(mark) \(index)  \(label)  \(figure)  \(share)  \(bar)"
  }
}
