import Terminal

/// Where the parts of the explorer lie on a screen of a size.
struct ExplorerLayout: Equatable {
  /// The smallest screen on which a picture makes sense.
  static let smallest = (columns: 40, rows: 12)
  /// From this size on there is room for the lists beside the picture.
  static let smallestWithPanel = (columns: 64, rows: 16)

  /// How much is shown.
  enum Kind: Equatable {
    /// Only a sentence.
    case tooSmall
    /// The picture and the chosen class.
    case compact
    /// The picture, the lists and the legend.
    case full
  }

  /// What wants room.
  struct Content: Equatable {
    /// The lines of the lesson; 0 for none.
    var lessonRows = 0
    /// Whether the small pictures of all steps are shown where there is room.
    var hasStrip = false
    /// Whether the scoring of channels is shown.
    var hasScoring = false
    /// The list that is shown where there is room for one.
    var focus = Focus.classes
    var layerCount = 0
  }

  let kind: Kind
  let bounds: Rectangle
  /// The line above all else; no rows in the compact form.
  let header: Rectangle
  let picture: Rectangle
  /// The line under the picture.
  let caption: Rectangle
  /// The small pictures of all steps; may have no rows.
  let strip: Rectangle
  /// The text of the lesson; may have no rows.
  let lesson: Rectangle
  /// Everything beside the picture.
  let panel: Rectangle
  /// The list of classes, below its title; may have no rows.
  let classes: Rectangle
  /// The list of layers, below its title; may have no rows.
  let layers: Rectangle
  /// The scoring of channels; may have no rows.
  let scoring: Rectangle
  let legend: Rectangle
  let status: Rectangle

  init(columns: Int, rows: Int, content: Content = Content()) {
    bounds = Rectangle(x: 0, y: 0, width: columns, height: rows)
    status = Rectangle(x: 0, y: rows - 1, width: columns, height: 1)
    kind = Self.kind(columns: columns, rows: rows)
    let isFull = kind == .full
    let top = isFull ? 1 : 0
    header = Rectangle(x: 0, y: 0, width: columns, height: top)
    // Without a panel there is room for the formula only.
    let lessonRows = isFull ? min(content.lessonRows, (rows - 2) / 2) : min(content.lessonRows, 1)
    let bottom = rows - 1 - lessonRows
    lesson = Rectangle(x: 0, y: bottom, width: columns, height: lessonRows)

    let panelWidth = isFull ? min(46, max(26, columns / 3)) : 0
    let left = columns - panelWidth - (isFull ? 2 : 0)
    let stripRows =
      isFull && content.hasStrip && bottom - top >= 34 ? min(12, (bottom - top) / 5) : 0
    strip = Rectangle(x: 0, y: bottom - stripRows, width: left, height: stripRows)
    caption = Rectangle(x: 0, y: bottom - stripRows - 1, width: left, height: 1)
    picture = Rectangle(x: 0, y: top, width: left, height: caption.y - top)

    panel = Rectangle(
      x: columns - panelWidth - 1, y: top, width: panelWidth, height: isFull ? bottom - top : 0)
    let parts = PanelParts(panel, content)
    (classes, layers) = (parts.classes, parts.layers)
    (scoring, legend) = (parts.scoring, parts.legend)
  }

  private static func kind(columns: Int, rows: Int) -> Kind {
    if columns >= smallestWithPanel.columns, rows >= smallestWithPanel.rows { return .full }
    return columns >= smallest.columns && rows >= smallest.rows ? .compact : .tooSmall
  }
}

/// The parts of the panel, from its top to its bottom.
private struct PanelParts {
  private static let legendRows = 3
  /// From this many lines on, both lists are shown.
  private static let rowsForBothLists = 26

  let classes: Rectangle
  let layers: Rectangle
  let scoring: Rectangle
  let legend: Rectangle

  init(_ panel: Rectangle, _ content: ExplorerLayout.Content) {
    func part(_ y: Int, _ height: Int) -> Rectangle {
      Rectangle(x: panel.x, y: y, width: panel.width, height: height)
    }
    let legendRows = panel.height > 0 ? Self.legendRows : 0
    let end = panel.y + panel.height - legendRows
    legend = part(end, legendRows)
    let scoringRows = content.hasScoring ? Self.scoringRows(panel.height, content) : 0
    let listEnd = end - scoringRows
    scoring = part(listEnd, scoringRows)
    // One line for the title, one of air below.
    let list = part(panel.y + 1, listEnd - panel.y - 2)
    guard list.height >= Self.rowsForBothLists else {
      let none = part(list.y, 0)
      (classes, layers) = content.focus == .classes ? (list, none) : (none, list)
      return
    }
    let layerRows = min(content.layerCount, list.height * 2 / 5)
    classes = part(list.y, list.height - layerRows - 2)
    layers = part(listEnd - 1 - layerRows, layerRows)
  }

  /// A lesson speaks of the mask: where there is little room, the list gives way.
  private static func scoringRows(_ rows: Int, _ content: ExplorerLayout.Content) -> Int {
    if rows >= 44 { return 15 }
    if rows >= 20 { return 9 }
    return rows >= 14 && content.lessonRows > 0 ? 8 : 0
  }
}
