import Inference

/// A value, or several (regression): scores in their own unit, no probabilities.
struct ValueHead: HeadDefinition {
  static let name = "value"

  let classCount: Int
  let hasProbabilities = false

  static func head(for clues: HeadClues) -> ValueHead? {
    let isRectified = clues.ending == .rectified && clues.valueCount == 1
    let isValue =
      clues.wanted.map { $0 == .value } ?? (clues.problemType == .regression || isRectified)
    return isValue ? ValueHead(classCount: clues.valueCount) : nil
  }

  var words: String {
    classCount == 1
      ? "a value in its own unit, no probability" : "values in their own units, no probabilities"
  }

  var text: HeadText {
    HeadText(
      listTitle: "Value",
      lesson: "It is a value in its own unit, and no probability.",
      formula: "f_c = the value",
      plainFormula: "f_c = the value")
  }

  func probabilities(_ row: [Float]) -> [Float] { [] }
}
