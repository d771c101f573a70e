import Terminal

/// A picture of an image: the photo, what lies over it, and what the model did not see dimmed.
struct PictureComposition {
  /// What is made of the photo.
  enum Layer: Equatable {
    case photo
    /// A map in colours over the photo; `opacity` is its share, 0 to 1.
    case map(ActivationMap, opacity: Float, ColorTable)
    /// The photo where the mask is bright, black where it is dark.
    case masked(ActivationMap)
  }

  let image: OpenedImage
  let layer: Layer
  /// The part of the photo that is drawn, in the photo's pixels; `nil` for all of it.
  var region: PictureRegion?
  /// A part of the photo that is covered, in the photo's pixels.
  var hidden: PictureRegion?
  /// A part of the photo with a line around it, in the photo's pixels.
  var framed: PictureRegion?

  /// The part of the photo that is drawn.
  var shownRegion: PictureRegion { region ?? image.photo.wholeRegion }

  /// Without what the model did not see: for small pictures, and for pictures side by side.
  var cropped: PictureComposition {
    var result = self
    result.region = image.seenRegion
    return result
  }

  /// The brightness that is left outside the model's crop.
  private static let outsideBrightness: UInt16 = 90
  private static let frameColor: [UInt8] = [170, 170, 170]

  /// The picture at the size of a layout.
  func pixels(for layout: PictureLayout) -> Picture {
    let (width, height) = (layout.width, layout.height)
    let region = seenRegion(width: width, height: height)
    var pixels = image.photo(shownRegion, width: width, height: height).pixels
    switch layer {
    case .photo: break
    case .map(let map, let opacity, let table):
      let grid = HeatGrid(map, over: region, width: width, height: height)
      Self.blend(grid, opacity: opacity, table, into: &pixels, width: width)
    case .masked(let mask):
      let grid = HeatGrid(mask, over: region, width: width, height: height)
      Self.hide(grid, in: &pixels, width: width)
    }
    if image.seenRegion != shownRegion {
      Self.dimOutside(of: region, &pixels, width: width, height: height)
    }
    if let framed { frame(framed, &pixels, width: width, height: height) }
    if let hidden { cover(hidden, &pixels, width: width, height: height) }
    return Picture(width: width, height: height, pixels: pixels)
  }

  /// What the model saw, in the pixels of the result.
  private func seenRegion(width: Int, height: Int) -> PictureRegion {
    let (seen, shown) = (image.seenRegion, shownRegion)
    return PictureRegion(
      x: seen.x - shown.x, y: seen.y - shown.y, width: seen.width, height: seen.height
    ).scaled(x: Double(width) / shown.width, y: Double(height) / shown.height)
  }

  private static func blend(
    _ grid: HeatGrid, opacity: Float, _ table: ColorTable, into pixels: inout [UInt8], width: Int
  ) {
    let share = UInt16(min(max(0, opacity), 1) * 256)
    var index = 0
    for y in grid.rows {
      for x in grid.columns {
        let entry = ColorTable.start(of: grid.values[index])
        let pixel = 3 * (y * width + x)
        for channel in 0..<3 {
          let former = UInt16(pixels[pixel + channel])
          let color = UInt16(table.colors[entry + channel])
          pixels[pixel + channel] = UInt8((former * (256 - share) + color * share) >> 8)
        }
        index += 1
      }
    }
  }

  private static func hide(_ mask: HeatGrid, in pixels: inout [UInt8], width: Int) {
    var index = 0
    for y in mask.rows {
      for x in mask.columns {
        let share = UInt16(min(max(0, mask.values[index]), 1) * 256)
        let pixel = 3 * (y * width + x)
        for channel in 0..<3 {
          pixels[pixel + channel] = UInt8((UInt16(pixels[pixel + channel]) * share) >> 8)
        }
        index += 1
      }
    }
  }

  /// Darkens what lies outside the crop and draws a line around it.
  private static func dimOutside(
    of region: PictureRegion, _ pixels: inout [UInt8], width: Int, height: Int
  ) {
    let columns = HeatGrid.covered(from: region.x, length: region.width, limit: width)
    let rows = HeatGrid.covered(from: region.y, length: region.height, limit: height)
    // Of a crop beside what is drawn there is no edge to be seen.
    let isInView = !columns.isEmpty && !rows.isEmpty
    let frameColumns = columns.lowerBound - 1...columns.upperBound
    let frameRows = rows.lowerBound - 1...rows.upperBound
    for y in 0..<height {
      for x in 0..<width where !(rows.contains(y) && columns.contains(x)) {
        let pixel = 3 * (y * width + x)
        let isFrame = isInView && frameRows.contains(y) && frameColumns.contains(x)
        for channel in 0..<3 {
          pixels[pixel + channel] =
            isFrame
            ? frameColor[channel]
            : UInt8((UInt16(pixels[pixel + channel]) * outsideBrightness) >> 8)
        }
      }
    }
  }
}
