import CAMEngine

/// Phase 3, and what comes after it.
extension LessonFacts {
  var merging: LessonText {
    let isShifted = state.mergingParameters["regularize"] == "mean-shift"
    return LessonText(
      title: "Phase 3: both maps together",
      words: """
        Phase 1 knows what the score reacts to, Phase 2 what the class can do with it. \
        \(mergeWords) \(isShifted
          ? "At the end the mean is taken off, which removes the haze, and the rest is scaled again."
          : "At the end the map is scaled to 0 ... 1.") Press p to join them in another way: that \
        costs nothing.
        """,
      formula: mergeFormula(isShifted: isShifted), numbers: mergeNumbers ?? pending)
  }

  private var mergeWords: String {
    switch state.mergingParameters["merge"] {
    case "geometric-mean": "Their geometric mean keeps what both agree on, softly."
    case "product": "Their product keeps only what both agree on."
    case "weights": "Here their weights are added, and one map is made of the channels."
    default: "Their sum keeps what either of them has found, and what both have found most."
    }
  }

  private func mergeFormula(isShifted: Bool) -> String {
    let joined =
      switch state.mergingParameters["merge"] {
      case "geometric-mean": notation("N( √(L1 · L2) )", "N( sqrt(L1 * L2) )")
      case "product": notation("N( L1 · L2 )", "N( L1 * L2 )")
      case "weights":
        notation(
          "N( ReLU( Σ_k (α_k / max|α| + S_k / max S) · A_k ) )",
          "N( ReLU( sum_k (alpha_k / max|alpha| + S_k / max S) * A_k ) )")
      default: "N( L1 + L2 )"
      }
    guard isShifted else { return "L = " + joined }
    return "L' = \(joined)        "
      + notation(
        "L = N( ReLU( L' − mean L' ) )",
        "L = N( ReLU( L' - mean L' ) )")
  }

  private var mergeNumbers: String? {
    guard let one = brightShare(of: .phaseOne), let two = brightShare(of: .phaseTwo),
      let three = brightShare(of: .phaseThree)
    else { return nil }
    let partial = state.isPartial ? " Phase 2 is not complete yet." : ""
    return """
      Here the maps are above one half on \(one) (Phase 1), \(two) (Phase 2) and \(three) \
      (Phase 3) of the image.\(partial)
      """
  }

  var comparison: LessonText {
    LessonText(
      title: "All steps side by side",
      words: """
        Compare: where do the phases agree, and what does each of them leave out? Try another class \
        with the arrow keys, another layer with Tab, or an image that the network gets wrong. A map \
        shows what made this network decide; it does not show what is truly there.
        """,
      formula: notation("X  →  L1  →  L2  →  L", "X  ->  L1  ->  L2  ->  L"),
      numbers: mergeNumbers ?? pending)
  }

  var method: LessonText {
    let note = MethodNote.of(state.method)
    let share = brightShare(of: .map).map { share in
      let seconds = state.map(at: .map)?.seconds ?? 0
      return """
        Here the map is above one half on \(share) of the image; it took \
        \(Formatting.duration(seconds)).
        """
    }
    return LessonText(
      title: note.title, words: note.text,
      formula: notation(note.formula, note.asciiFormula),
      numbers: share ?? pending)
  }
}
