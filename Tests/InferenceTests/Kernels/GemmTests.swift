import ModelTestSupport
import RandomTestSupport
import Testing

@testable import Inference

/// Fully connected layers of one row to many, by either of oneDNN's primitives, against plain loops.
@Suite struct GemmTests {
  @Test(arguments: 0..<48)
  func equalsLoops(round: Int) throws {
    var numbers = SeededNumbers(test: "gemm \(round)")
    let rows = round % 12 + 1
    let (features, outputs) = (numbers.integer(1...70), numbers.integer(1...40))
    let isTransposed = numbers.flag()
    let biasShape = [[outputs], [1, outputs], [], [1]][numbers.integer(0...3)]
    let weights = numbers.floats(features * outputs)
    let bias = numbers.floats(elementCount(biasShape))
    var model = ONNXModel(openBatchOf: [rows, features])
    model.constant("w", isTransposed ? [outputs, features] : [features, outputs], weights)
    model.constant("b", biasShape, bias)
    model.add(
      "Gemm", ["x", "w", "b"], ["y"],
      ["transB": .integer(isTransposed ? 1 : 0), "alpha": .float(0.5), "beta": .float(2)])
    model.addOutput("y")
    let input = numbers.floats(rows * features)
    let network = try PlannedNetwork(model, inputShape: [rows, features])
    let found = try network.run(input, results: ["y"])[0]
    var expected: [Float] = []
    for row in 0..<rows {
      for output in 0..<outputs {
        var sum = 0.0
        for feature in 0..<features {
          let place = isTransposed ? output * features + feature : feature * outputs + output
          sum += Double(input[row * features + feature]) * Double(weights[place])
        }
        expected.append(Float(0.5 * sum) + 2 * (bias.count == 1 ? bias[0] : bias[output]))
      }
    }
    #expect(found.shape == [rows, outputs])
    expectEqual(found.floats, expected, "\(rows) x \(features) to \(outputs)")
  }
}
