/// Phase 2.
extension LessonFacts {
  private var parameters: ParameterValues { state.scoringParameters }

  var masks: LessonText {
    let isImage = parameters["scoring-input"] != "activation"
    return LessonText(
      title: "Phase 2: look through each channel",
      words: """
        A derivative speaks of tiny changes only, so Phase 2 makes an experiment. Each channel \
        becomes a mask: the \(isImage ? "image" : "image, reduced to the channel's size,") stays \
        visible where the channel is bright and turns black elsewhere. Then the network looks at \
        the masked image. The small picture shows the mask of this moment.
        """,
      formula: isImage
        ? notation("Z_k = X · Up( N(A_k) )", "Z_k = X * Up( N(A_k) )")
        : notation("Z_k = Up( Down(X) · N(A_k) )", "Z_k = Up( Down(X) * N(A_k) )"),
      numbers: maskNumbers ?? pending)
  }

  private var maskNumbers: String? {
    guard let scoring = state.scoring else { return nil }
    let limit = parameters["channels"] == "all" ? "all that speak for it" : "the strongest"
    return """
      Here \(scoring.order.count) of \(layer.channels) channels are tried, \(limit) in Phase 1 \
      first; \(scoring.scoredCount) are done.
      """
  }

  var channelScores: LessonText {
    LessonText(
      title: "Phase 2: scores become weights",
      words: channelScoreWords,
      formula: channelScoreFormula,
      numbers: scoreNumbers ?? pending)
  }

  private var channelScoreWords: String {
    switch parameters["score"] {
    case "probability":
      """
      S_k is the probability that the network gives the class when it sees the image through \
      channel k alone. Channels that show the right part get a large S_k. The map adds up the \
      Grad-CAM activations G_k, each times its S_k.
      """
    case "channel-softmax":
      """
      The scores of all masked images are turned into weights S_k that add up to 1, by softmax: \
      the best few channels get nearly everything. The map adds up the Grad-CAM activations G_k, \
      each times its S_k.
      """
    default:
      """
      S_k is how much higher the class scores for the masked image than for an empty one: what the \
      network gains by seeing that part. The map adds up the Grad-CAM activations G_k, each times \
      its S_k, so that channels which only looked important lose their weight.
      """
    }
  }

  private var channelScoreFormula: String {
    let map = notation("L2 = N( ReLU( Σ_k S_k · G_k ) )", "L2 = N( ReLU( sum_k S_k * G_k ) )")
    switch parameters["score"] {
    case "probability": return "S_k = p_c(Z_k)        " + map
    case "channel-softmax": return "S_k = softmax_k( f_c(Z_k) )        " + map
    default:
      return notation(
        "S_k = max(0, f_c(Z_k) − f_c(0))        ",
        "S_k = max(0, f_c(Z_k) - f_c(0))        ") + map
    }
  }

  private var scoreNumbers: String? {
    guard let scoring = state.scoring else { return nil }
    guard let best = scoring.strongestChannel, let share = brightShare(of: .phaseTwo) else {
      return scoring.isComplete ? "Here no mask raises the score: the map is empty." : nil
    }
    let alpha =
      weights.indices.contains(best)
      ? " (\(notation.alpha) = \(Formatting.decimal(Double(weights[best]))))" : ""
    return """
      Here channel \(best)\(alpha) is the best: S = \
      \(Formatting.decimal(Double(scoring.scores[best]))). \(scoring.scoredCount) of \
      \(scoring.order.count) are scored; the map is above one half on \(share) of the image.
      """
  }
}
