import Inference

/// Two classes from one value z before a sigmoid.
///
///     f_1 = z    p_1 = sigmoid(z)        f_0 = -z    p_0 = 1 - p_1
struct BinaryHead: HeadDefinition {
  static let name = "binary-sigmoid"

  let curve: SigmoidCurve
  let valueCount = 1
  let classCount = 2
  let sumsToOne = true

  static func head(for clues: HeadClues) -> BinaryHead? {
    guard clues.valueCount == 1, clues.labelCount == 2, let curve = SigmoidCurve(clues) else {
      return nil
    }
    return BinaryHead(curve: curve)
  }

  var words: String {
    "\(curve.words) of one value: it is the second class's score, its negative the first one's"
  }

  var text: HeadText {
    HeadText(
      lesson:
        "A sigmoid of one value tells both classes: the second has its probability, the first the rest.",
      formula: "p_1 = 1 / (1 + exp(-f_1)), p_0 = 1 - p_1",
      plainFormula: "p_1 = 1 / (1 + exp(-f_1)), p_0 = 1 - p_1")
  }

  func scores(_ row: [Float]) -> [Float] { [-row[0], row[0]] }

  func probabilities(_ row: [Float]) -> [Float] {
    let second = curve.value(row[0])
    return [1 - second, second]
  }

  func seed(_ weights: [Float], _ row: [Float]) -> [Float] { [weights[1] - weights[0]] }
}
