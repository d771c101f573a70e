extension Screen {
  /// The cells of a picture in its rectangle, blank beside it.
  ///
  /// It is a programmer error to give a picture of another size than `layout.width` x
  /// `layout.height`; ``Picture/resampled(width:height:region:)`` makes one.
  ///
  /// - Parameters:
  ///   - picture: The pixels, already at the layout's size.
  ///   - layout: Where they lie.
  public init(_ picture: Picture, layout: PictureLayout) {
    precondition(picture.width == layout.width && picture.height == layout.height)
    self.init(width: layout.columns, height: layout.rows)
    let target = layout.cells
    for y in target.y..<target.y + target.height {
      for x in 0..<target.width {
        cells[y * width + target.x + x] = Self.cell(picture, layout, x: x, row: y)
      }
    }
  }

  /// The picture as large as it fits in `columns` x `rows` cells.
  ///
  /// - Parameters:
  ///   - picture: A picture of any size.
  ///   - columns: The width of the result.
  ///   - rows: The height of the result.
  ///   - glyphs: What stands for the pixels.
  ///   - cellAspect: Height of a cell over its width.
  public init(
    fitting picture: Picture, columns: Int, rows: Int, glyphs: PictureGlyphs = .halfBlocks,
    cellAspect: Double = 2
  ) {
    let layout = PictureLayout(
      pictureWidth: Double(picture.width), pictureHeight: Double(picture.height),
      columns: columns, rows: rows, glyphs: glyphs, cellAspect: cellAspect)
    self.init(picture.resampled(width: layout.width, height: layout.height), layout: layout)
  }

  private static func cell(_ picture: Picture, _ layout: PictureLayout, x: Int, row: Int) -> Cell {
    switch layout.glyphs {
    case .halfBlocks:
      let upper = row * 2 - layout.top
      return halfBlock(
        upper: upper >= 0 ? picture.color(x: x, y: upper) : nil,
        lower: upper + 1 < layout.height ? picture.color(x: x, y: upper + 1) : nil)
    case .spaces:
      return Cell(" ", background: picture.color(x: x, y: row - layout.top))
    case .density:
      return Cell(density(of: picture.color(x: x, y: row - layout.top)))
    }
  }

  /// A pixel beside the picture shows the terminal's background.
  private static func halfBlock(upper: Color?, lower: Color?) -> Cell {
    switch (upper, lower) {
    case (let upper?, let lower?): Cell("▀", foreground: upper, background: lower)
    case (let upper?, nil): Cell("▀", foreground: upper)
    case (nil, let lower?): Cell("▄", foreground: lower)
    case (nil, nil): .blank
    }
  }

  private static let densities: [Unicode.Scalar] = Array(" .:-=+*#%@".unicodeScalars)

  /// Brightness is the luma of Rec. 601.
  private static func density(of color: Color) -> Unicode.Scalar {
    guard let (red, green, blue) = color.rgb else { return " " }
    let luma = (299 * Int(red) + 587 * Int(green) + 114 * Int(blue)) / 1000
    return densities[luma * densities.count / 256]
  }
}
