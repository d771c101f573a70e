import CAMEngine
import Foundation

extension Report {
  /// The report as JSON with sorted keys; shares from 0 to 1.
  ///
  /// - Returns: JSON text.
  /// - Throws: `EncodingError` for numbers that JSON has not, which no evaluation gives.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// The figures as comma-separated values, one line a method, layer and metric; shares from 0 to 1.
  public var csv: String {
    let header =
      "method,layer,metric,count,mean,low,high,baseline,difference,difference_low,difference_high,p"
    return ([header] + networkLines + entries.map(line)).joined(separator: "\n") + "\n"
  }

  private var networkLines: [String] {
    var figures: [(name: String, estimate: Estimate)] = []
    if let accuracy {
      figures += [("top-1", accuracy.topOne), ("top-5", accuracy.topFive)]
      let error = Estimate(
        count: accuracy.topOne.count, mean: accuracy.calibrationError, low: nil, high: nil)
      figures.append(("calibration-error", error))
    }
    if let boxShare { figures.append(("box-share", boxShare)) }
    return figures.map { figure in
      line(
        Entry(
          method: ResultRow.network, layer: "", metric: figure.name, estimate: figure.estimate,
          difference: nil))
    }
  }

  private func line(_ entry: Entry) -> String {
    let difference = entry.difference
    let fields = [
      quoted(entry.method), quoted(entry.layer), entry.metric, "\(entry.estimate.count)",
      "\(entry.estimate.mean)", number(entry.estimate.low), number(entry.estimate.high),
      difference == nil ? "" : quoted(baseline ?? ""), number(difference?.estimate.mean),
      number(difference?.estimate.low), number(difference?.estimate.high),
      number(difference?.probability),
    ]
    return fields.joined(separator: ",")
  }

  private func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  /// RFC 4180: what has a comma, a quote or a newline stands in quotes.
  private func quoted(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
    return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}
