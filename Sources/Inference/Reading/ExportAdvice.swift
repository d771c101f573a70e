/// How to export a model without an operator that is not supported.
enum ExportAdvice {
  /// - Parameter type: the operator, behind its domain and a dot where that is not the default one.
  /// - Returns: half a sentence.
  static func advice(for type: String) -> String {
    let name = String(type.split(separator: ".").last ?? "")
    if let advice = operators[name] { return advice }
    let domain = domains.first { type.hasPrefix($0.prefix + ".") }
    return domain?.advice ?? "export the network in evaluation mode, from the image to the scores"
  }

  private static let domains: [(prefix: String, advice: String)] = [
    ("com.microsoft", "take the file from before ONNX Runtime optimised or quantised it"),
    ("ai.onnx.ml", "end the export at the network's scores"),
    ("org.pytorch", "export with onnx operators alone, without ATen fallback"),
    ("pkg", "export with the functions in the file, or inlined"),
  ]

  private static let operators: [String: String] = Dictionary(
    uniqueKeysWithValues: [
      (["NonMaxSuppression", "RoiAlign", "MaxRoiPool"], "export a classifier without boxes"),
      (
        [
          "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform",
          "RandomUniformLike",
        ], "export the network in evaluation mode, where nothing is drawn at random"
      ),
      (
        ["ImageDecoder", "StringConcat", "StringNormalizer", "StringSplit", "RegexFullMatch"],
        "leave the preparation of its input out of the export"
      ),
      (
        [
          "SequenceAt", "SequenceConstruct", "SequenceEmpty", "SequenceErase", "SequenceInsert",
          "SequenceLength", "SequenceMap", "SplitToSequence", "ConcatFromSequence",
        ], "export with constant sizes, so that lists of tensors are taken apart"
      ),
      (["LSTM", "GRU", "RNN"], "recurrent networks are not explained here"),
      (
        ["Adagrad", "Adam", "Gradient", "Momentum", "SoftmaxCrossEntropyLoss"],
        "export the network without its training"
      ),
    ].flatMap { names, advice in names.map { ($0, advice) } })
}
