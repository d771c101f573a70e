import Terminal

/// Where the parts of the explorer lie on a screen of a size.
struct ExplorerLayout: Equatable {
  /// The smallest screen on which a picture makes sense.
  static let smallest = (columns: 40, rows: 12)
  /// From this size on there is room for the list of classes beside the picture.
  private static let smallestWithPanel = (columns: 64, rows: 16)

  /// How much is shown.
  enum Kind: Equatable {
    /// Only a sentence.
    case tooSmall
    /// The picture and the chosen class.
    case compact
    /// The picture, the list of classes and the legend.
    case full
  }

  let kind: Kind
  let bounds: Rectangle
  /// The line above all else; no rows in the compact form.
  let header: Rectangle
  let picture: Rectangle
  /// The line under the picture.
  let caption: Rectangle
  /// The list of classes; no columns in the compact form.
  let classes: Rectangle
  let legend: Rectangle
  let status: Rectangle

  init(columns: Int, rows: Int) {
    bounds = Rectangle(x: 0, y: 0, width: columns, height: rows)
    status = Rectangle(x: 0, y: rows - 1, width: columns, height: 1)
    if columns >= Self.smallestWithPanel.columns, rows >= Self.smallestWithPanel.rows {
      kind = .full
    } else if columns >= Self.smallest.columns, rows >= Self.smallest.rows {
      kind = .compact
    } else {
      kind = .tooSmall
    }
    let headerRows = kind == .full ? 1 : 0
    let panel = kind == .full ? min(46, max(26, columns / 3)) : 0
    let left = columns - panel - (panel > 0 ? 2 : 0)
    let legendRows = kind == .full ? 3 : 0
    header = Rectangle(x: 0, y: 0, width: columns, height: headerRows)
    picture = Rectangle(x: 0, y: headerRows, width: left, height: rows - 2 - headerRows)
    caption = Rectangle(x: 0, y: rows - 2, width: left, height: 1)
    classes = Rectangle(
      x: columns - panel - 1, y: headerRows + 1, width: panel,
      height: rows - 2 - headerRows - legendRows - 1)
    legend = Rectangle(
      x: columns - panel - 1, y: rows - 1 - legendRows, width: panel, height: legendRows)
  }
}
