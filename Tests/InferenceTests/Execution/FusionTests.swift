import RandomTestSupport
import ModelTestSupport
import Testing

@testable import Inference

/// A plan gives the same numbers whether it fuses nodes or keeps the values between them.
@Suite struct FusionTests {
  /// Residual blocks of Conv, BatchNormalization, Add and an activation.
  private static func network(_ numbers: inout SeededNumbers) throws -> (PlannedNetwork, [String]) {
    let channels = numbers.integer(3...20)
    var model = ONNXModel(input: [nil, channels, 6, 5])
    var (value, values) = ("x", [String]())
    for block in 0..<4 {
      // The last activation lets every gradient through.
      let activations = ["Sigmoid", "LeakyRelu", "Relu", "HardSwish"]
      let activation = activations[numbers.integer(0...(block == 3 ? 1 : 3))]
      let (convolved, normal, sum) = ("conv\(block)", "normal\(block)", "sum\(block)")
      model.constant(
        "w\(block)", [channels, channels, 3, 3],
        numbers.floats(channels * channels * 9, in: -0.2...0.2))
      for name in ["scale", "bias", "mean", "variance"] {
        let values = numbers.floats(channels, in: name == "variance" ? 0.5...2 : -1...1)
        model.constant("\(name)\(block)", [channels], values)
      }
      model.add("Conv", [value, "w\(block)"], [convolved], ["pads": [1, 1, 1, 1]])
      model.add(
        "BatchNormalization",
        [convolved] + ["scale", "bias", "mean", "variance"].map { $0 + "\(block)" }, [normal])
      model.add("Add", numbers.flag() ? [normal, value] : [value, normal], [sum])
      model.add(activation, [sum], ["out\(block)"])
      value = "out\(block)"
      values += [convolved, normal, sum, value]
    }
    model.addOutput(value)
    return (try PlannedNetwork(model, inputShape: [2, channels, 6, 5]), values)
  }

  @Test(arguments: 0..<6)
  func keptValuesChangeNothing(round: Int) throws {
    var numbers = SeededNumbers(test: "fusion \(round)")
    let (network, names) = try Self.network(&numbers)
    let input = numbers.floats(elementCount(network.shaped.inputShape))
    // With every value kept, nothing can be fused.
    let unfused = try network.run(input, results: names)
    let last = try #require(names.last)
    for (name, expected) in zip(names, unfused) {
      let fused = try network.run(input, results: [name])[0]
      expectEqual(fused.floats, expected.floats, name)
      let both = try network.run(input, results: [name, last])
      expectEqual(both[0].floats, expected.floats, "\(name) on the way")
      expectEqual(both[1].floats, unfused[unfused.count - 1].floats, "behind \(name)")
    }
  }

  /// The gradient at a value that fusion would have swallowed, against a plan that fuses nothing.
  @Test(arguments: 0..<4)
  func gradientsAtKeptValuesAgree(round: Int) throws {
    var numbers = SeededNumbers(test: "fusion gradient \(round)")
    let (network, names) = try Self.network(&numbers)
    let input = numbers.floats(elementCount(network.shaped.inputShape))
    let last = try #require(names.last)
    for name in names.dropLast() {
      let fused = try network.plan(results: [last], gradientWith: name)
      let unfused = try network.plan(results: names, gradientWith: name)
      for plan in [fused, unfused] { try plan.run { _ = $0.update(fromContentsOf: input) } }
      for score in [0, 17, 41] {
        let expected = Array(try unfused.runGradient(ofScore: score))
        #expect(expected.contains { $0 != 0 })
        expectEqual(Array(try fused.runGradient(ofScore: score)), expected, "\(name) \(score)")
      }
      // Scores can be asked for in any order and again.
      let again = Array(try fused.runGradient(ofScore: 17))
      expectEqual(again, Array(try unfused.runGradient(ofScore: 17)), name)
    }
  }

  /// A factor that the gradient reads may not be written over by whoever uses it last.
  @Test(arguments: ["Mul", "Div"], [false, true])
  func factorsOutlastTheForwardPass(type: String, isUsedLater: Bool) throws {
    var numbers = SeededNumbers(test: "factors \(type)")
    var model = ONNXModel(input: [1, 3, 4, 4])
    for name in ["u", "v"] { model.constant(name, [8, 3, 1, 1], numbers.floats(24)) }
    model.add("Conv", ["x", "u"], ["target"])
    model.add("Conv", ["x", "v"], ["side"])
    model.add("Sigmoid", ["side"], ["factor"])
    model.add(type, type == "Mul" ? ["factor", "target"] : ["target", "factor"], ["product"])
    if isUsedLater {
      model.add("Relu", ["factor"], ["other"])
      model.add("Add", ["product", "other"], ["y"])
    } else {
      model.add("Identity", ["product"], ["y"])
    }
    model.addOutput("y")
    let network = try PlannedNetwork(model, inputShape: [1, 3, 4, 4])
    let input = numbers.floats(48)
    let factor = try network.run(input, results: ["factor"])[0].floats
    let plan = try network.plan(results: ["y"], gradientWith: "target")
    try plan.run { _ = $0.update(fromContentsOf: input) }
    for score in [0, 31, 127] {
      let gradient = try plan.runGradient(ofScore: score)
      let expected = type == "Mul" ? factor[score] : 1 / factor[score]
      #expect(abs(gradient[score] - expected) < 1e-5 * abs(expected))
    }
  }
}
