import CAMEngine
import Foundation

extension Report {
  /// The report as a table for people; shares in percent.
  public var table: String {
    ([head] + accuracyLines + metricNames.flatMap(section) + failureLines)
      .joined(separator: "\n") + "\n"
  }

  /// The metrics in the order of the entries.
  var metricNames: [String] {
    entries.map(\.metric).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  private var head: String {
    let units = unitCount == photoCount ? "" : ", \(unitCount) labels of them"
    let failed = failures.isEmpty ? "" : ", \(failures.count) failed"
    let incomplete = Set(methodFailures.map(\.unit)).count
    let partly = incomplete == 0 ? "" : ", \(incomplete) without some methods"
    let sample = settings.sample.map { ", at most \($0) drawn with seed \(settings.seed)" } ?? ""
    return """
      data     \(settings.dataSet.name), \(photoCount) photos\(units)\(failed)\(partly)\(sample)
      \(classes)model    sha256 \(settings.modelHash.prefix(16)), \(settings.preprocessing)
      target   the \(settings.target.rawValue) class
      masks    the map times the normalised input; insertion from \
      \(settings.metrics.insertionBaseline.rawValue), deletion to \
      \(settings.metrics.deletionBaseline.rawValue), step \(step)
      """
  }

  /// How classes were found, where photos have some; and which the model has not.
  private var classes: String {
    guard let classes = settings.classes, classes.count > 0 else { return "" }
    let known = classes.count - classes.unknown.count
    let few = classes.unknown.prefix(3).joined(separator: ", ")
    let others = classes.unknown.count > 3 ? ", ..." : ""
    let left =
      classes.unknown.isEmpty ? "" : ", \(classes.unknown.count) left out: \(few)\(others)"
    return "classes  \(known) of \(classes.count) found by \(classes.way.rawValue)\(left)\n"
  }

  private var step: String { settings.metrics.step.map { "\($0) px" } ?? "one row of pixels" }

  private var accuracyLines: [String] {
    var lines: [String] = []
    if let accuracy {
      lines += [
        "", "top-1 %               \(text(accuracy.topOne, scale: 100))",
        "top-5 %               \(text(accuracy.topFive, scale: 100))",
        String(format: "calibration error %%   %.2f", 100 * accuracy.calibrationError),
      ]
    }
    if let boxShare { lines += ["", "boxes cover %         \(text(boxShare, scale: 100))"] }
    return lines
  }

  private func section(_ metric: String) -> [String] {
    let kind = Metric(rawValue: metric)
    let scale = kind?.isShare == true ? 100.0 : 1
    let better = kind?.isHigherBetter.map { $0 ? ", higher is better" : ", lower is better" } ?? ""
    let rows = entries.filter { $0.metric == metric }
    let width = max(24, rows.map { name($0).count }.max() ?? 0)
    let comparison = baseline.map { "minus \($0)" } ?? ""
    let title = "\(metric)\(scale == 100 ? " %" : "")\(better)"
    return [
      "", title,
      "  " + padded("method", width) + "      n     mean  95 % interval        \(comparison)",
    ] + rows.map { "  " + padded(name($0), width) + line($0, scale) }
  }

  /// Whether more than one layer was measured.
  var hasLayers: Bool { entries.contains { $0.layer != entries[0].layer } }

  private func name(_ entry: Entry) -> String {
    return hasLayers ? "\(entry.method) at \(entry.layer)" : entry.method
  }

  private func line(_ entry: Entry, _ scale: Double) -> String {
    let count = String(format: "%7d  ", entry.estimate.count)
    let figures = padded(text(entry.estimate, scale: scale), 28)
    guard let difference = entry.difference else { return count + figures }
    return count + figures + " " + text(difference.estimate, scale: scale, sign: "+")
      + String(format: "  p %.4f", difference.probability)
  }

  private func text(_ estimate: Estimate, scale: Double, sign: String = "") -> String {
    let mean = String(format: "%\(sign)7.2f", scale * estimate.mean)
    guard let low = estimate.low, let high = estimate.high else { return mean }
    return mean + String(format: "  [%\(sign).2f, %\(sign).2f]", scale * low, scale * high)
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private var failureLines: [String] {
    var lines: [String] = []
    if !failures.isEmpty {
      lines += ["", "\(failures.count) failed:"]
      lines += failures.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }
    }
    if !methodFailures.isEmpty {
      lines += ["", "Without some methods:"]
      lines += methodFailures.map {
        "  \($0.unit), \($0.method)\($0.layer.isEmpty ? "" : " at \($0.layer)"): \($0.reason)"
      }
    }
    return lines
  }
}
