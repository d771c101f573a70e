import Terminal

/// What the cursor reads.
struct MapReading: Equatable {
  /// The column of the pixel, in the photo as it was read from its file.
  var x: Int
  /// Its row.
  var y: Int
  /// The value of the map; `nil` without a map, and outside of what the model saw.
  var value: Float?
  /// The share of what the model saw where the map is lower; `nil` without a value.
  var lowerShare: Double?
  /// Whether the model saw the place.
  var isSeen: Bool
}

extension MapReading {
  /// The share is counted on a grid of so many places a side.
  private static let gridSide = 64

  /// - Parameters:
  ///   - map: The map on the screen.
  ///   - point: The place.
  ///   - image: The photo.
  init(_ map: ActivationMap?, at point: PhotoPoint, of image: OpenedImage) {
    let (width, height) = image.fileSize
    x = min(Int(point.x * Double(width)), width - 1)
    y = min(Int(point.y * Double(height)), height - 1)
    let seen = image.seenRegion
    let place = (point.x * Double(image.photo.width), point.y * Double(image.photo.height))
    isSeen =
      (seen.x...seen.x + seen.width).contains(place.0)
      && (seen.y...seen.y + seen.height).contains(place.1)
    guard isSeen, let map else { return }
    let value = HeatGrid.value(of: map, over: seen, atX: place.0, y: place.1)
    self.value = value
    lowerShare = Self.share(of: map, below: value)
  }

  private static func share(of map: ActivationMap, below value: Float) -> Double {
    let side = Double(gridSide)
    let grid = HeatGrid(
      map, over: PictureRegion(x: 0, y: 0, width: side, height: side), width: gridSide,
      height: gridSide)
    return Double(grid.values.count { $0 < value }) / Double(grid.values.count)
  }
}

extension ExplorerState {
  /// What the cursor reads of the step on the screen; `nil` without a cursor.
  var reading: MapReading? {
    guard view == .single, let cursor, let opened = image.opened else { return nil }
    return MapReading(map(at: step), at: cursor, of: opened)
  }
}
