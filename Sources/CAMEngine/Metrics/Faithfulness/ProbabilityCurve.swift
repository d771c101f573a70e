/// The class's probability while an image is changed step by step.
public struct ProbabilityCurve: Sendable, Equatable {
  /// From the unchanged image to the last step: at least two values, equally spaced.
  public let probabilities: [Float]

  /// A curve.
  ///
  /// It is a programmer error to pass fewer than two values.
  ///
  /// - Parameter probabilities: From the unchanged image to the last step.
  public init(_ probabilities: [Float]) {
    precondition(probabilities.count >= 2, "a curve has at least two values")
    self.probabilities = probabilities
  }

  /// The area under the curve by the trapezoid rule, on an axis from 0 to 1:
  /// `(sum - first / 2 - last / 2) / (n - 1)`, as RISE's `auc`.
  public var area: Double {
    let sum = probabilities.reduce(0) { $0 + Double($1) }
    let ends = Double(probabilities[0]) + Double(probabilities[probabilities.count - 1])
    return (sum - ends / 2) / Double(probabilities.count - 1)
  }
}
