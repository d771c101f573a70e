import Evaluation
import Foundation

/// Tells on standard error how far an evaluation is: in a terminal in one line that changes, otherwise in a
/// line every now and then.
final class EvaluationMeter {
  private var lastShown = -Double.infinity

  /// Seconds between two messages.
  private var interval: Double { StandardError.isTerminal ? 0.2 : 30 }

  /// Shows a progress, unless another was shown just now.
  func show(_ progress: EvaluationProgress) {
    guard progress.seconds - lastShown >= interval else { return }
    lastShown = progress.seconds
    tell(Self.line(progress), endsLine: !StandardError.isTerminal)
  }

  /// Says what the run came to.
  func finish(_ progress: EvaluationProgress) {
    let failed = Self.failed(progress)
    let before = progress.resumed == 0 ? "" : ", \(progress.resumed) of them before"
    let text = "\(progress.done) evaluated\(before)\(failed), \(Self.time(progress.seconds))"
    let rate = progress.rate > 0 ? String(format: ", %.2f a second", progress.rate) : ""
    tell(text + rate, endsLine: true)
  }

  /// E.g. `120 of 5000, 14.2 a second, 5 min 43 s left`.
  static func line(_ progress: EvaluationProgress) -> String {
    let failed = failed(progress)
    let left = progress.secondsLeft.map { ", \(time($0)) left" } ?? ""
    let rate = String(format: "%.2f a second", progress.rate)
    return "\(progress.done) of \(progress.total)\(failed), \(rate)\(left)"
  }

  private static func failed(_ progress: EvaluationProgress) -> String {
    (progress.failed == 0 ? "" : ", \(progress.failed) failed")
      + (progress.incomplete == 0 ? "" : ", \(progress.incomplete) without some methods")
  }

  /// E.g. `2 h 5 min`, `5 min 43 s`, `4 s`.
  static func time(_ seconds: Double) -> String {
    let seconds = Int(seconds.rounded(.up))
    if seconds >= 3600 { return "\(seconds / 3600) h \(seconds % 3600 / 60) min" }
    return seconds >= 60 ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds) s"
  }

  private func tell(_ text: String, endsLine: Bool) {
    let line = text + (endsLine ? "\n" : "")
    if StandardError.isTerminal {
      StandardError.replaceLine(with: line)
    } else {
      StandardError.write(line)
    }
  }
}
