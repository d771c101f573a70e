import Terminal

/// Where a picture of the photo lies on the screen, and which part of the photo it shows.
struct PicturePlacement: Equatable {
  /// The cells that the picture may take.
  let area: Rectangle
  /// The part of the photo that is seen, in its pixels.
  let region: PictureRegion
  /// Where the part lies in the area.
  let layout: PictureLayout
  private let photoWidth: Double
  private let photoHeight: Double

  /// - Parameters:
  ///   - whole: What is seen when nothing is enlarged, in the photo's pixels.
  ///   - photo: The photo.
  ///   - zoom: How near it is looked at.
  ///   - area: The cells that the picture may take.
  ///   - terminal: What the terminal can show.
  init(
    _ whole: PictureRegion, of photo: Picture, zoom: PictureZoom, in area: Rectangle,
    _ terminal: TerminalFacts
  ) {
    self.area = area
    (photoWidth, photoHeight) = (Double(photo.width), Double(photo.height))
    let inWhole = PictureZoom(
      factor: zoom.factor, centerX: (zoom.centerX * photoWidth - whole.x) / whole.width,
      centerY: (zoom.centerY * photoHeight - whole.y) / whole.height)
    let part = inWhole.region(
      width: whole.width, height: whole.height, in: Self.layout(of: whole, area, terminal))
    region = PictureRegion(
      x: whole.x + part.x, y: whole.y + part.y, width: part.width, height: part.height)
    layout = Self.layout(of: region, area, terminal)
  }

  private static func layout(
    of region: PictureRegion, _ area: Rectangle, _ terminal: TerminalFacts
  ) -> PictureLayout {
    PictureLayout(
      pictureWidth: region.width, pictureHeight: region.height, columns: area.width,
      rows: area.height, glyphs: terminal.glyphs, cellAspect: terminal.cellAspect)
  }

  /// The place on the photo under the middle of a cell; `nil` beside the picture.
  func point(atX x: Int, y: Int) -> PhotoPoint? {
    guard area.contains(x: x, y: y),
      let share = layout.position(x: x - area.x, y: y - area.y)
    else { return nil }
    return PhotoPoint(
      x: (region.x + share.x * region.width) / photoWidth,
      y: (region.y + share.y * region.height) / photoHeight)
  }

  /// The cell that shows a place; `nil` where the place is not seen.
  func cell(of point: PhotoPoint) -> (x: Int, y: Int)? {
    let across = (point.x * photoWidth - region.x) / region.width
    let down = (point.y * photoHeight - region.y) / region.height
    guard (0...1).contains(across), (0...1).contains(down) else { return nil }
    let column = min(Int(across * Double(layout.width)), layout.width - 1)
    let row = min(Int(down * Double(layout.height)), layout.height - 1)
    return (
      area.x + layout.left + column, area.y + (layout.top + row) / layout.glyphs.pixelsPerCell
    )
  }

  /// How much of the photo a cell shows, as shares of its width and height.
  var cellSize: PhotoPoint {
    PhotoPoint(
      x: region.width / Double(layout.width) / photoWidth,
      y: region.height * Double(layout.glyphs.pixelsPerCell) / Double(layout.height)
        / photoHeight)
  }

  /// The middle of what is seen.
  var center: PhotoPoint {
    PhotoPoint(
      x: (region.x + region.width / 2) / photoWidth,
      y: (region.y + region.height / 2) / photoHeight)
  }
}

extension ExplorerView {
  /// Where the large pictures of the view lie, from left to right and from top to bottom.
  var placements: [PicturePlacement] {
    guard let image = state.image.opened, layout.kind != .tooSmall else { return [] }
    let whole = state.view == .single ? image.photo.wholeRegion : image.seenRegion
    return ViewTable.definition(of: state.view).pictures(self)
      .filter { $0.width > 0 && $0.height > 0 }
      .map { placement(of: whole, of: image, in: $0) }
  }

  /// Where a part of the photo lies, as near as the user looks at it.
  func placement(
    of whole: PictureRegion, of image: OpenedImage, in area: Rectangle
  ) -> PicturePlacement {
    PicturePlacement(whole, of: image.photo, zoom: state.zoom, in: area, state.terminal)
  }

  /// Draws a picture as large as it fits, as near as the user looks at it.
  func drawZoomed(_ composition: PictureComposition, in area: Rectangle, on screen: inout Screen) {
    guard area.width > 0, area.height > 0 else { return }
    let place = placement(of: composition.shownRegion, of: composition.image, in: area)
    var part = composition
    part.region = place.region
    screen.draw(Screen(part.pixels(for: place.layout), layout: place.layout), x: area.x, y: area.y)
  }

  /// How near one looks, and where: such as `2.0× top left`; `nil` for the whole picture, and where no
  /// picture is enlarged.
  var zoomNote: String? {
    guard state.zoom != .whole, !placements.isEmpty else { return nil }
    let notation = Notation(encoding: state.terminal.encoding)
    let tenths = Int((state.zoom.factor * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)\(notation("×", "x")) \(zoomedPart)"
  }

  /// The third of the picture, on each axis, in which the middle of the screen lies.
  private var zoomedPart: String {
    func third(_ share: Double, _ names: [String]) -> String {
      names[min(2, Int(share * 3))]
    }
    let across = third(state.zoom.centerX, ["left", "", "right"])
    let down = third(state.zoom.centerY, ["top", "", "bottom"])
    let words = [down, across].filter { !$0.isEmpty }
    return words.isEmpty ? "middle" : words.joined(separator: " ")
  }
}
