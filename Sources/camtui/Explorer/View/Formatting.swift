import Foundation

/// Numbers as text for people.
enum Formatting {
  /// A share of 1 in percent, such as `94.2 %`; what is not zero never reads as zero.
  static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    if tenths == 0 { return share > 0 ? "<0.1 %" : "0.0 %" }
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// A share of 1 in whole percent, such as `94 %`; above 999 % only that.
  static func wholePercent(_ share: Double) -> String {
    share >= 10 ? ">999 %" : "\(Int((share * 100).rounded())) %"
  }

  /// A number with three digits that count, such as `12.3` or `0.00471`.
  static func decimal(_ value: Double) -> String {
    guard value.isFinite else { return "\(value)" }
    guard value != 0 else { return "0" }
    let magnitude = Int(log10(abs(value)).rounded(.down))
    let places = min(max(0, 2 - magnitude), 8)
    return String(format: "%.\(places)f", value)
  }

  /// A value from 0 to 1, such as `0.734`.
  static func unit(_ value: Float) -> String { String(format: "%.3f", Double(value)) }

  /// A value from -1 to 1 with its sign, such as `+0.734`.
  static func signed(_ value: Float) -> String { String(format: "%+.3f", Double(value)) }

  /// A time such as `23 ms` or `1.4 s`.
  static func duration(_ seconds: Double) -> String {
    if seconds < 0.0095 {
      let tenths = Int((seconds * 10_000).rounded())
      return "\(tenths / 10).\(tenths % 10) ms"
    }
    if seconds < 1 { return "\(Int((seconds * 1000).rounded())) ms" }
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) s"
  }

  /// Text in lines of at most `width` columns, broken between words where there are any.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
      while line.count > max(1, width) {
        lines.append(String(line.prefix(max(1, width))))
        line = String(line.dropFirst(max(1, width)))
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
