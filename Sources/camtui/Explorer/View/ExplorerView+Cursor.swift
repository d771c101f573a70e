import Terminal

extension ExplorerView {
  /// The length of the cross's arms, in cells: a cell is about twice as high as it is wide.
  private static let arms = (across: 3, down: 2)

  /// A cross on the picture, in black or white, whichever stands out.
  func drawCursor(on screen: inout Screen) {
    guard let cursor = state.cursor, let place = placements.first,
      let center = place.cell(of: cursor)
    else { return }
    let cells = place.layout.cells
    let picture = Rectangle(
      x: place.area.x + cells.x, y: place.area.y + cells.y, width: cells.width,
      height: cells.height)
    func mark(_ text: (String, String), x: Int, y: Int) {
      guard picture.contains(x: center.x + x, y: center.y + y) else { return }
      drawMark(text, x: center.x + x, y: center.y + y, on: &screen)
    }
    for distance in 1...Self.arms.across {
      mark(("━", "-"), x: -distance, y: 0)
      mark(("━", "-"), x: distance, y: 0)
    }
    for distance in 1...Self.arms.down {
      mark(("┃", "|"), x: 0, y: -distance)
      mark(("┃", "|"), x: 0, y: distance)
    }
    mark(("╋", "+"), x: 0, y: 0)
  }

  private func drawMark(_ text: (String, String), x: Int, y: Int, on screen: inout Screen) {
    let notation = Notation(encoding: state.terminal.encoding)
    var style = TextStyle(.standard, on: nil, [.reverse, .bold])
    if let color = Self.meanColor(of: screen[x, y]), state.terminal.colorMode != .mono {
      let light = 299 * color.0 + 587 * color.1 + 114 * color.2
      let ink: Color = light > 127_500 ? Color(0, 0, 0) : Color(255, 255, 255)
      style = TextStyle(
        ink, on: Color(UInt8(color.0), UInt8(color.1), UInt8(color.2)), .bold)
    }
    screen.write(notation(text.0, text.1), x: x, y: y, style: style)
  }

  /// The colour of a cell of a picture.
  private static func meanColor(of cell: Cell) -> (Int, Int, Int)? {
    guard let back = cell.background.rgb else { return nil }
    guard cell.scalar != " ", let front = cell.foreground.rgb else {
      return (Int(back.red), Int(back.green), Int(back.blue))
    }
    return (
      (Int(front.red) + Int(back.red)) / 2, (Int(front.green) + Int(back.green)) / 2,
      (Int(front.blue) + Int(back.blue)) / 2
    )
  }

  /// What the cursor reads, as much of it as there is room for; `nil` without a cursor, and while
  /// there is nothing to read.
  func readingNote(columns: Int) -> String? {
    guard let reading = state.reading, let parts = readingParts(reading) else { return nil }
    let counts = (1...parts.count).reversed()
    let texts = counts.map { parts.prefix($0).joined(separator: " · ") }
    return texts.first { DisplayWidth.columns(of: $0) <= columns } ?? parts[0]
  }

  /// Where a value stands among those of the map.
  private static func rank(_ lowerShare: Double) -> String {
    if lowerShare == 0 { return "the lowest of the map" }
    if lowerShare == 1 { return "the highest of the map" }
    return "above \(Int(lowerShare * 100)) % of the map"
  }

  /// In the order of importance.
  private func readingParts(_ reading: MapReading) -> [String]? {
    let place = "\(reading.x), \(reading.y)"
    guard reading.isSeen else {
      return ["\(place) is outside of what the model saw", "no value there"]
    }
    if state.step == .input { return ["pixel \(place)", "the input has no map"] }
    guard let value = reading.value, let share = reading.lowerShare else { return nil }
    let isSigned = state.isSignedMap(at: state.step)
    let shown = isSigned ? Formatting.signed(2 * value - 1) : Formatting.unit(value)
    let name = state.selectedClass?.shortLabel ?? ""
    let map = "\(state.step == .map ? title(of: .map) : state.step.name) for \(name)"
    let rank = isSigned ? [] : [Self.rank(share)]
    let partial =
      state.step.needsScoring && state.isPartial
      ? ["partial: \(state.scoring?.scoredCount ?? 0) of \(state.scoring?.order.count ?? 0)"] : []
    return ["\(shown) at pixel \(place)"] + partial + rank + [map]
      + (state.content == .photo ? ["map hidden: o"] : [])
  }
}
