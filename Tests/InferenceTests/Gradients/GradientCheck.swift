import RandomTestSupport
import ModelTestSupport
import Testing

@testable import Inference

/// Compares the gradient of a case, component by component, with central differences
/// `(f(x + h e) - f(x - h e)) / 2 h`, where f is a random weighted sum of the outputs.
struct GradientCheck {
  private let plan: Plan
  private let output: ValueID
  private let weights: [Float]
  private let batch: Int
  /// Smaller than the distance of any case's input to a kink.
  private let step: Float = 0.005

  init(_ test: GradientCase, _ numbers: inout SeededNumbers) throws {
    var model = ONNXModel(opset: test.opset, input: test.shape)
    test.build(&model, &numbers)
    model.addOutput("y")
    let network = try PlannedNetwork(model, inputShape: test.shape)
    output = try network.value("y")
    plan = try network.plan(results: ["y"], gradientWith: test.inputName(model))
    // A plan differentiates the same score of every image of the batch at once.
    batch = test.shape.first ?? 1
    weights = numbers.floats(plan.result(output).count / batch, in: 0.2...1).map {
      numbers.flag() ? $0 : -$0
    }
  }

  func run(_ x: [Float], _ numbers: inout SeededNumbers) throws {
    let gradient = try gradient(at: x)
    #expect(gradient.count == x.count)
    guard gradient.count == x.count else { return }
    let largest = gradient.map(abs).max() ?? 0
    #expect(largest > 1e-4 && largest.isFinite, "the gradient vanishes or is not finite")
    for component in x.indices.shuffled(using: &numbers).prefix(32) {
      let quotient = try difference(x, component)
      #expect(
        abs(gradient[component] - quotient.slope) <= 0.01 * largest + quotient.noise,
        "component \(component) is \(gradient[component]), the quotient \(quotient.slope)")
    }
  }

  private func gradient(at x: [Float]) throws -> [Float] {
    try plan.run { _ = $0.update(fromContentsOf: x) }
    var sum = Array(repeating: Float(0), count: x.count)
    for (score, weight) in weights.enumerated() {
      let part = try plan.runGradient(ofScore: score)
      for index in sum.indices where index < part.count { sum[index] += weight * part[index] }
    }
    return sum
  }

  /// The difference quotient, and how large its rounding error may be.
  private func difference(
    _ x: [Float], _ component: Int
  ) throws -> (slope: Float, noise: Float) {
    var moved = x
    moved[component] = x[component] + step
    let (after, magnitude) = try objective(moved)
    moved[component] = x[component] - step
    let (before, _) = try objective(moved)
    let noise = 4 * Float.ulpOfOne * Float(magnitude) / step
    return (Float((after - before) / Double(2 * step)), noise)
  }

  private func objective(_ x: [Float]) throws -> (value: Double, magnitude: Double) {
    try plan.run { _ = $0.update(fromContentsOf: x) }
    let y = plan.result(output)
    var (value, magnitude) = (0.0, 0.0)
    for image in 0..<batch {
      for (score, weight) in weights.enumerated() {
        let term = Double(weight) * Double(y[image * weights.count + score])
        value += term
        magnitude += abs(term)
      }
    }
    return (value, magnitude)
  }
}

/// The gradient of every operator that has one.
@Suite struct GradientTests {
  @Test(arguments: GradientCases.all)
  func equalsFiniteDifferences(test: GradientCase) throws {
    var numbers = SeededNumbers(test: test.name)
    let check = try GradientCheck(test, &numbers)
    try check.run(test.values(&numbers), &numbers)
  }
}
