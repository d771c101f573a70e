import Terminal

extension ExplorerView {
  var layerList: ScrolledList? {
    guard layout.kind == .full, layout.layers.height > 0 else { return nil }
    return ScrolledList(
      area: layout.layers, count: state.model.layers.count, selected: state.layer)
  }

  /// The layers with their shapes; a thin line leads to those with the same size of map, a stage.
  func drawLayers(on screen: inout Screen) {
    guard let list = layerList else { return }
    let note = list.note(count: state.model.layers.count)
    drawListTitle("Layers", .layers, note, above: list.area, on: &screen)
    for row in list.visible { drawLayer(row, list, &screen) }
  }

  private func drawLayer(_ row: Int, _ list: ScrolledList, _ screen: inout Screen) {
    let layer = state.model.layers[row]
    let isSelected = row == state.layer
    let line = Rectangle(x: list.area.x, y: list.y(of: row), width: list.area.width, height: 1)
    if isSelected { screen.fill(line, with: theme.blank(theme.selected)) }
    let style = isSelected ? theme.selected : theme.plain
    let mark = isSelected ? "▸ " : "  "
    let isDefault = row == state.model.defaultLayer ? "* " : ""
    let shape = isDefault + layer.shape
    let stage = isSelected ? style : theme.muted
    screen.write(mark + stageMark(row, list), x: line.x, y: line.y, style: stage)
    let room = line.width - 5 - DisplayWidth.columns(of: shape)
    let name = DisplayWidth.truncatedAtStart(layer.name, to: room)
    screen.write(name, x: line.x + 4, y: line.y, style: style)
    screen.write(
      shape, x: line.x + line.width - DisplayWidth.columns(of: shape), y: line.y, style: style)
  }

  /// A bracket around the layers of one spatial size.
  private func stageMark(_ row: Int, _ list: ScrolledList) -> String {
    let layers = state.model.layers
    func isSameStage(_ other: Int) -> Bool {
      layers.indices.contains(other) && layers[other].height == layers[row].height
        && layers[other].width == layers[row].width
    }
    switch (isSameStage(row - 1), isSameStage(row + 1)) {
    case (false, true): return "╭"
    case (true, true): return "│"
    case (true, false): return "╰"
    case (false, false): return "·"
    }
  }
}

extension DisplayWidth {
  /// The text cut at its start: the ends of the names of layers tell them apart.
  static func truncatedAtStart(_ text: String, to limit: Int) -> String {
    guard columns(of: text) > limit else { return text }
    var rest = Substring(text)
    while !rest.isEmpty, columns(of: String(rest)) > max(0, limit - 1) { rest = rest.dropFirst() }
    return "…" + rest
  }
}
