import Terminal

extension ExplorerView {
  /// From so many lines on, each channel has room for a bar.
  private static let rowsForBars = 30
  /// The columns left of a small picture, for the mark of the chosen channel.
  private static let markColumns = 2

  /// The ranked channels below a title, each with a small picture where there is room.
  func drawChannelList(_ image: OpenedImage, in area: Rectangle, on screen: inout Screen) {
    let channels = state.rankedChannels
    let linesPerRow = layout.kind == .full ? (area.height >= Self.rowsForBars ? 5 : 4) : 1
    let list = ScrolledList(
      area: Rectangle(x: area.x, y: area.y + 1, width: area.width, height: area.height - 1),
      count: channels.count, selected: state.channelRow, linesPerRow: linesPerRow)
    let end = screen.write(
      "Channels", x: area.x, y: area.y, limit: area.width,
      style: state.isViewFocused ? theme.title : theme.muted)
    screen.write(state.isViewFocused ? " ↑↓" : " Tab", x: end, y: area.y, style: theme.muted)
    if let note = list.note(count: channels.count), note.count + 12 <= area.width {
      screen.write(note, x: area.x + area.width - note.count, y: area.y, style: theme.muted)
    }
    for row in list.visible {
      let line = Rectangle(
        x: area.x, y: list.y(of: row), width: area.width, height: max(1, linesPerRow - 1))
      if linesPerRow == 1 {
        drawChannelLine(channels[row], row, in: line, on: &screen)
      } else {
        drawChannel(channels[row], row, image, in: line, on: &screen)
      }
    }
  }

  /// A channel in one line.
  private func drawChannelLine(
    _ channel: RankedChannel, _ row: Int, in line: Rectangle, on screen: inout Screen
  ) {
    drawMenuRow(
      "\(channel.index)", Formatting.decimal(Double(channel.contribution)),
      isMarked: row == state.channelRow, in: line, on: &screen)
  }

  private func drawChannel(
    _ channel: RankedChannel, _ row: Int, _ image: OpenedImage, in area: Rectangle,
    on screen: inout Screen
  ) {
    let isSelected = row == state.channelRow
    if isSelected {
      for line in 0..<area.height {
        screen.write("▸", x: area.x, y: area.y + line, style: theme.title)
      }
    }
    let natural = Int((Double(area.height) / cellAspect(of: image)).rounded())
    let picture = Rectangle(
      x: area.x + Self.markColumns, y: area.y, width: min(max(2, natural), 3 * area.height),
      height: area.height)
    let table = colorTable(isSigned: false)
    draw(
      PictureComposition(image: image, layer: .map(channel.activation, opacity: 1, table)).cropped,
      in: picture, on: &screen)
    let left = picture.x + picture.width + 1
    let text = Rectangle(
      x: left, y: area.y, width: area.x + area.width - left, height: area.height)
    drawFacts(of: channel, row, isSelected: isSelected, in: text, on: &screen)
  }

  private func drawFacts(
    of channel: RankedChannel, _ row: Int, isSelected: Bool, in area: Rectangle,
    on screen: inout Screen
  ) {
    let top = Rectangle(x: area.x, y: area.y, width: area.width, height: 1)
    if isSelected { screen.fill(top, with: theme.blank(theme.selected)) }
    screen.write(
      "\(row + 1). channel \(channel.index)", x: area.x, y: area.y, limit: area.width,
      style: isSelected ? theme.selected : theme.plain)
    if area.height > 3 {
      let most = state.rankedChannels.first?.contribution ?? 0
      let share = most > 0 ? Double(channel.contribution / most) : 0
      drawGauge(share, columns: area.width, isSelected, x: area.x, y: area.y + 1, &screen)
    }
    for (line, text) in facts(of: channel).enumerated() {
      screen.write(
        text, x: area.x, y: area.y + area.height - 2 + line, limit: area.width,
        style: theme.plain)
    }
  }

  private func facts(of channel: RankedChannel) -> [String] {
    let notation = Notation(encoding: state.terminal.encoding)
    let contribution = Formatting.decimal(Double(channel.contribution))
    let weight = Formatting.decimal(Double(channel.weight))
    let score = state.score(ofChannel: channel.index).map { Formatting.decimal(Double($0)) }
    return [
      "\(notation("ΣG", "sum G")) \(contribution)  S \(score ?? notation("–", "-"))",
      "\(notation("α", "a")) \(weight)",
    ]
  }
}
