/// How well the box around a map's hot region fits the object's box.
///
/// The map is cut into 255 levels of its maximum; above each threshold the connected regions (corners
/// count as connected) are found, and their bounding boxes compared with the object's boxes: the
/// intersection over the union with the box that fits best. One region counts at a given threshold: the
/// one with the most pixels, as in Zhou et al. 2016 ("Learning Deep Features for Discriminative
/// Localization", threshold 0.2) and Selvaraju et al. 2017 (0.15). Higher is better. Cost: no pass.
public struct BoxOverlap: Sendable, Equatable {
  /// For each threshold `level / 255` of the maximum: the overlap of the largest region's box.
  public let ofLargest: [Double]
  /// For each threshold: the best overlap of any region's box.
  public let ofBest: [Double]

  /// The number of thresholds.
  public static let levelCount = 255

  /// The overlaps of one map at every threshold.
  ///
  /// - Parameters:
  ///   - map: The map at the input's size, none negative.
  ///   - boxes: Boxes in pixels of the input.
  public init(_ map: HeatMap, boxes: [Box]) {
    var regions = MapRegions(map)
    var largest = Array(repeating: 0.0, count: Self.levelCount)
    var best = largest
    for level in (0..<Self.levelCount).reversed() {
      regions.lower(to: level)
      for region in regions.all {
        let overlap = boxes.map { $0.overlap(region.box) }.max() ?? 0
        best[level] = max(best[level], overlap)
      }
      if let region = regions.largest {
        largest[level] = boxes.map { $0.overlap(region.box) }.max() ?? 0
      }
    }
    (ofLargest, ofBest) = (largest, best)
  }

  /// The overlap of the largest region's box at a threshold.
  ///
  /// - Parameter threshold: A share of the maximum, 0 to below 1.
  /// - Returns: 0 to 1.
  public func overlap(atThreshold threshold: Double) -> Double {
    ofLargest[min(max(Int(threshold * Double(Self.levelCount)), 0), Self.levelCount - 1)]
  }

  /// The overlap of the largest region's box at the threshold that suits the image best.
  public var highest: Double { ofLargest.max() ?? 0 }
}
