import Terminal

extension ViewDefinition {
  /// The numbers that judge the map, those of the phases side by side, with two of their curves.
  static let numbers = ViewDefinition(
    mode: .numbers, title: "numbers",
    missingJob: { $0.missingNumbersJob },
    draw: { $0.drawNumbers(on: &$1) },
    perform: { $1.performInNumbers($0) },
    arrows: "↑↓ number")
}

extension ExplorerView {
  fileprivate func drawNumbers(on screen: inout Screen) {
    guard let image = state.image.opened else { return }
    guard state.selectedClass != nil else {
      draw(PictureComposition(image: image, layer: .photo), in: layout.picture, on: &screen)
      return drawCaption(on: &screen)
    }
    let isFull = layout.kind == .full
    let notes = Formatting.wrapped(numbersNote, width: layout.picture.width - 6)
    let parts = NumbersLayout(
      area: layout.picture, rows: state.shownNumbers.count, noteRows: notes.count,
      aspect: cellAspect(of: image), hasPicture: isFull, hasBoxes: state.hasBoxNumbers)
    draw(composition(image, at: state.numbersStep).cropped, in: parts.picture, on: &screen)
    for (number, area) in zip([MapNumber.insertion, .deletion], parts.curves) where area.height > 2
    {
      drawCurve(of: number, in: area, on: &screen)
    }
    drawNumbersTable(parts, on: &screen)
    drawBoxesLine(in: parts.boxes, on: &screen)
    for (line, text) in notes.prefix(parts.note.height).enumerated() {
      screen.write(text, x: parts.note.x, y: parts.note.y + line, style: theme.muted)
    }
    guard isFull else { return drawCompactWords(in: parts, on: &screen) }
    writeCaption(numbersCaption, on: &screen)
  }

  /// Why there are no numbers of boxes, once that is known.
  private func drawBoxesLine(in line: Rectangle, on screen: inout Screen) {
    guard line.height > 0, state.lacksBoxes else { return }
    let text = "no boxes of this class are known for this photo"
    let left = NumbersLayout.Columns.mark + NumbersLayout.Columns.arrow
    screen.write(text, x: line.x + left, y: line.y, limit: line.width - left, style: theme.muted)
  }

  /// The conventions: numbers taken by others cannot be compared.
  private var numbersNote: String {
    let curves = state.model.curves
    return """
      Measured on this one image. Only the map's part: the image times the map, the rest in the mean \
      colour. Insertion starts from \(curves.insertionStart), deletion ends at \
      \(curves.deletionEnd); \(curves.step) pixels change at a step, and the curve is the class's \
      probability.
      """
  }

  /// What the chosen number says, where there is no line under the picture.
  private func drawCompactWords(in parts: NumbersLayout, on screen: inout Screen) {
    let y = parts.table.y + parts.table.height
    guard y < layout.picture.y + layout.picture.height else { return }
    let words = DisplayWidth.truncated(state.selectedNumber.brief, to: parts.table.width)
    screen.write(words, x: parts.table.x, y: y, style: theme.muted)
  }

  private var numbersCaption: (String, TextStyle) {
    let step = state.numbersStep
    if let failure = state.failure(at: step) {
      return ("\(title(of: step)) failed: \(failure)", theme.warning)
    }
    if let failure = state.measured(at: step)?.failure {
      return ("it cannot be measured: \(failure)", theme.warning)
    }
    if step.needsScoring, state.isPartial, !state.isScoring {
      return ("\(step.name) is partial: Enter goes on, then its numbers follow", theme.warning)
    }
    if state.measured(at: step) == nil, state.isComputing { return measuringCaption }
    return (meaning(of: state.selectedNumber, columns: layout.caption.width - 2), theme.plain)
  }

  /// What a number says, in as many words as fit, and the passes that it took.
  private func meaning(of number: MapNumber, columns: Int) -> String {
    let passes = state.measured(at: state.numbersStep)?.numbers.passes[number].map {
      $0 == 0 ? "; no pass" : "; \($0) \($0 == 1 ? "pass" : "passes")"
    }
    let better = number.isHigherBetter == nil ? "" : "; \(number.better) is better"
    let all = [
      "\(number.title): \(number.words)\(better)\(passes ?? "")", number.words + (passes ?? ""),
      number.brief + (passes ?? ""),
    ]
    return all.first { DisplayWidth.columns(of: $0) <= columns } ?? number.brief
  }

  private var measuringCaption: (String, TextStyle) {
    if case .measure? = state.job { return ("\(spinner) measuring the map", theme.muted) }
    return ("\(spinner) computing \(title(of: state.numbersStep))", theme.muted)
  }
}
