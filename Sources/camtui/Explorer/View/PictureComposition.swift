import Terminal

/// The large picture: the photo, the map over it, and what the model did not see dimmed.
struct PictureComposition {
  let image: OpenedImage
  /// The map, or `nil` for the photo alone.
  let map: ActivationMap?
  /// The share of the map, 0 to 1.
  let opacity: Float
  let colorTable: ColorTable

  /// The brightness that is left outside the model's crop.
  private static let outsideBrightness: UInt16 = 90
  private static let frameColor: [UInt8] = [170, 170, 170]

  /// The picture at the size of a layout.
  func pixels(for layout: PictureLayout) -> Picture {
    let photo = image.photo.resampled(width: layout.width, height: layout.height)
    let region = cropRegion(width: photo.width, height: photo.height)
    var pixels = photo.pixels
    if let map {
      let grid = HeatGrid(map, over: region, width: photo.width, height: photo.height)
      blend(grid, into: &pixels, width: photo.width)
    }
    if image.crop != nil {
      dimOutside(of: region, &pixels, width: photo.width, height: photo.height)
    }
    return Picture(width: photo.width, height: photo.height, pixels: pixels)
  }

  private func cropRegion(width: Int, height: Int) -> PictureRegion {
    let crop = image.crop ?? image.photo.wholeRegion
    let across = Double(width) / Double(image.photo.width)
    let down = Double(height) / Double(image.photo.height)
    return PictureRegion(
      x: crop.x * across, y: crop.y * down, width: crop.width * across, height: crop.height * down)
  }

  private func blend(_ grid: HeatGrid, into pixels: inout [UInt8], width: Int) {
    let share = UInt16(opacity * 256)
    var index = 0
    for y in grid.rows {
      for x in grid.columns {
        let entry = ColorTable.start(of: grid.values[index])
        let pixel = 3 * (y * width + x)
        for channel in 0..<3 {
          let former = UInt16(pixels[pixel + channel])
          let color = UInt16(colorTable.colors[entry + channel])
          pixels[pixel + channel] = UInt8((former * (256 - share) + color * share) >> 8)
        }
        index += 1
      }
    }
  }

  /// Darkens what lies outside the crop and draws a line around it.
  private func dimOutside(
    of region: PictureRegion, _ pixels: inout [UInt8], width: Int, height: Int
  ) {
    let columns = HeatGrid.covered(from: region.x, length: region.width, limit: width)
    let rows = HeatGrid.covered(from: region.y, length: region.height, limit: height)
    let frameColumns = columns.lowerBound - 1...columns.upperBound
    let frameRows = rows.lowerBound - 1...rows.upperBound
    for y in 0..<height {
      for x in 0..<width where !(rows.contains(y) && columns.contains(x)) {
        let pixel = 3 * (y * width + x)
        let isFrame = frameRows.contains(y) && frameColumns.contains(x)
        for channel in 0..<3 {
          pixels[pixel + channel] =
            isFrame
            ? Self.frameColor[channel]
            : UInt8((UInt16(pixels[pixel + channel]) * Self.outsideBrightness) >> 8)
        }
      }
    }
  }
}
