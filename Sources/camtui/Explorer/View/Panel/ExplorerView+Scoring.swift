import Terminal

extension ExplorerState {
  /// Whether the scoring of channels has a place on the screen: in the steps and views that need it.
  var showsScoring: Bool {
    guard isIncrementCAM, image.scores != nil, let request else { return false }
    let isNeeded = step.needsScoring || view == .phases
    return isNeeded && (isScoring || results.result(of: request)?.scoring != nil)
  }
}

extension ExplorerView {
  /// How far Phase 2 is, what can still change, and the masked picture that is scored next.
  func drawScoring(on screen: inout Screen) {
    let area = layout.scoring
    guard area.height > 3, let scoring = state.scoring else { return }
    screen.write("Phase 2", x: area.x, y: area.y, style: theme.title)
    let isNarrow = area.width < 30
    let count =
      "\(scoring.scoredCount)\(isNarrow ? "/" : " of ")\(scoring.order.count) channels"
    screen.write(count, x: area.x + area.width - count.count, y: area.y)
    let share = Double(scoring.scoredCount) / Double(max(1, scoring.order.count))
    drawGauge(share, columns: area.width, true, x: area.x, y: area.y + 1, &screen)
    screen.write(
      DisplayWidth.truncated(scoringNote(scoring), to: area.width), x: area.x, y: area.y + 2,
      style: theme.muted)
    drawMask(scoring, in: area, on: &screen)
  }

  private func scoringNote(_ scoring: ChannelScoring) -> String {
    if scoring.isComplete { return "done in \(Formatting.duration(scoring.seconds))" }
    let time =
      state.isScoring
      ? scoring.secondsLeft.map { "\(Formatting.duration($0)) left" } ?? "starting" : "stopped"
    guard let remainder = scoring.remainder else { return time }
    return "\(time); \(remainderNote(remainder, isBound: scoring.isBound))"
  }

  /// What the unscored channels can still add: a bound or an estimate, and named so.
  private func remainderNote(_ remainder: Float, isBound: Bool) -> String {
    // Ten times the map itself: a number would not say more.
    guard remainder < 10 else { return "much may change" }
    let share = Formatting.wholePercent(Double(remainder))
    guard layout.scoring.width >= 44 else {
      return isBound ? "rest <= \(share)" : "rest ~ \(share)"
    }
    return isBound ? "the rest adds at most \(share)" : "the rest may add about \(share)"
  }

  /// The mask that is scored next; at the end, the one with the largest score.
  private func drawMask(
    _ scoring: ChannelScoring, in area: Rectangle, on screen: inout Screen
  ) {
    guard let image = state.image.opened, area.height >= 7 else { return }
    let picture = Rectangle(
      x: area.x, y: area.y + 3, width: area.width, height: area.height - 5)
    let title = Rectangle(
      x: area.x, y: picture.y + picture.height, width: area.width, height: 1)
    let channel: Int?
    let mask: ActivationMap?
    let text: String
    if scoring.isComplete {
      (channel, mask, text) = (scoring.strongestChannel, scoring.strongestMask, "best mask")
    } else {
      (channel, mask, text) = (scoring.nextChannel, scoring.nextMask, "being scored")
    }
    guard let channel, let mask else { return }
    draw(PictureComposition(image: image, layer: .masked(mask)).cropped, in: picture, on: &screen)
    writeCentered("\(text): channel \(channel)", in: title, style: theme.muted, on: &screen)
  }
}
