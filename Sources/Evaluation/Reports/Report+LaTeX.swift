import CAMEngine
import Foundation

extension Report {
  /// The means as a LaTeX table (package booktabs), one row a method and layer, one column a metric; shares
  /// in percent with half the width of their interval, the best mean bold, a star where the difference from
  /// the baseline has a probability below 0.05.
  public var latex: String {
    let columns = metricNames
    let titles = columns.map { "\\rotatebox{60}{\(escaped($0))}" }.joined(separator: " & ")
    return """
      % \(photoCount) photos, \(unitCount) units, the \(settings.target.rawValue) class
      \\begin{tabular}{l\(String(repeating: "r", count: columns.count))}
      \\toprule
      method & \(titles) \\\\
      \\midrule
      \(rows.map { row($0, columns) }.joined(separator: "\n"))
      \\bottomrule
      \\end{tabular}

      """
  }

  private struct RowName: Hashable {
    let method: String
    let layer: String
  }

  private var rows: [RowName] {
    Set(entries.map { RowName(method: $0.method, layer: $0.layer) }).sorted {
      ($0.layer, $0.method) < ($1.layer, $1.method)
    }
  }

  private func row(_ name: RowName, _ columns: [String]) -> String {
    let title = hasLayers ? "\(name.method) (\(name.layer))" : name.method
    let cells = columns.map { metric in
      let entry = entries.first {
        $0.method == name.method && $0.layer == name.layer && $0.metric == metric
      }
      return entry.map(cell) ?? "--"
    }
    return "\(escaped(title)) & \(cells.joined(separator: " & ")) \\\\"
  }

  private func cell(_ entry: Entry) -> String {
    let scale = Metric(rawValue: entry.metric)?.isShare == true ? 100.0 : 1
    var text = String(format: "%.1f", scale * entry.estimate.mean)
    if isBest(entry) { text = "\\textbf{\(text)}" }
    if let low = entry.estimate.low, let high = entry.estimate.high {
      text += String(format: " {\\scriptsize$\\pm$%.1f}", scale * (high - low) / 2)
    }
    if let difference = entry.difference, difference.probability < 0.05 { text += "$^*$" }
    return text
  }

  private func isBest(_ entry: Entry) -> Bool {
    guard let isHigherBetter = Metric(rawValue: entry.metric)?.isHigherBetter else { return false }
    let means = entries.filter { $0.metric == entry.metric }.map(\.estimate.mean)
    return entry.estimate.mean == (isHigherBetter ? means.max() : means.min())
  }

  private func escaped(_ text: String) -> String {
    text.reduce(into: "") { $0 += "_%&#$".contains($1) ? "\\\($1)" : String($1) }
  }
}
