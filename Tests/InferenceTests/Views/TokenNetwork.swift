import RandomTestSupport

@testable import Inference

/// A transformer of one block over patches of 4 x 4 of an image of 8 x 12: a grid of 2 x 3, 5 channels.
struct TokenNetwork {
  /// The graph; `norm1` is the block's input, `final` what the head reads.
  private(set) var model: ONNXModel
  private var numbers = SeededNumbers(test: "token network")

  /// - Parameter hasClassToken: whether a class token is joined and read; else the mean of all tokens is.
  init(hasClassToken: Bool) {
    model = ONNXModel(input: [hasClassToken ? 1 : nil, 3, 8, 12])
    addTokens()
    if hasClassToken {
      weights("class", [1, 1, 5])
      model.add("Concat", ["class", "patches"], ["tokens"], ["axis": 1])
    } else {
      model.add("Identity", ["patches"], ["tokens"])
    }
    weights("positions", [1, hasClassToken ? 7 : 6, 5])
    model.add("Add", ["tokens", "positions"], ["block"])
    addBlock()
    weights("head", [5, 4])
    if hasClassToken {
      model.constant("zero", integers: [0], shape: [])
      model.add("Gather", ["final", "zero"], ["pooled"], ["axis": 1])
    } else {
      model.add("ReduceMean", ["final"], ["pooled"], ["axes": [1], "keepdims": 0])
    }
    model.add("MatMul", ["pooled", "head"], ["scores"])
    model.addOutput("scores")
  }

  private mutating func weights(_ name: String, _ shape: [Int]) {
    model.constant(name, shape, numbers.floats(elementCount(shape)))
  }

  private mutating func addTokens() {
    weights("patch", [5, 3, 4, 4])
    model.add("Conv", ["x", "patch"], ["embedded"], ["strides": [4, 4]])
    model.constant("flat", integers: [0, 5, -1])
    model.add("Reshape", ["embedded", "flat"], ["columns"])
    model.add("Transpose", ["columns"], ["patches"], ["perm": [0, 2, 1]])
  }

  private mutating func addNormalization(_ input: String, _ output: String) {
    weights("\(output) scale", [5])
    model.add("LayerNormalization", [input, "\(output) scale"], [output])
  }

  private mutating func addBlock() {
    addNormalization("block", "norm1")
    for name in ["q", "k", "v"] {
      weights("\(name) weights", [5, 5])
      model.add("MatMul", ["norm1", "\(name) weights"], [name])
    }
    model.add("Transpose", ["k"], ["keys"], ["perm": [0, 2, 1]])
    model.add("MatMul", ["q", "keys"], ["likeness"])
    model.add("Softmax", ["likeness"], ["attention"], ["axis": 2])
    model.add("MatMul", ["attention", "v"], ["attended"])
    model.add("Add", ["block", "attended"], ["sum"])
    addNormalization("sum", "final")
  }

  /// An image.
  static func image() -> [Float] {
    var numbers = SeededNumbers(test: "image of tokens")
    return numbers.floats(3 * 8 * 12)
  }
}
