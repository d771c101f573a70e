import Foundation
import Testing

@testable import Inference

/// Expects that reading, or whatever `body` does, fails with one clear sentence.
/// `kind` is the name of the case of ``InferenceError``; `words` are what the sentence must contain.
func expectRefusal(
  _ kind: String, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation,
  by body: () throws -> Void
) {
  do {
    try body()
    Issue.record("nothing was refused", sourceLocation: sourceLocation)
  } catch let error as InferenceError {
    let sentence = error.description
    #expect(
      Mirror(reflecting: error).children.first?.label == kind, "\(sentence)",
      sourceLocation: sourceLocation)
    #expect(
      (sentence.hasSuffix(".") || sentence.hasSuffix("?")) && !sentence.contains("\n")
        && !sentence.contains(". "),
      "one sentence: \(sentence)", sourceLocation: sourceLocation)
    for word in words {
      #expect(sentence.contains(word), "\(sentence)", sourceLocation: sourceLocation)
    }
  } catch {
    Issue.record("another error: \(error)", sourceLocation: sourceLocation)
  }
}

extension ONNXModel {
  /// A model that is fine: `y = Relu(x w)`.
  static var sound: ONNXModel {
    var model = ONNXModel(input: [nil, 4])
    model.constant("w", [4, 3], (0..<12).map { Float($0) / 7 })
    model.add("MatMul", ["x", "w"], ["p"])
    model.add("Relu", ["p"], ["y"], name: "rectifier")
    model.addOutput("y")
    return model
  }
}
