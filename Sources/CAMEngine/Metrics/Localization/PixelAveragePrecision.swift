/// How well a map ranks the object's pixels before the others: the area under its precision-recall curve.
///
///     sum over thresholds t of P(t) (R(t) - R(t before))
///
/// P(t) is the share of the pixels of at least t that are inside, R(t) the share of the inside pixels that
/// have at least t; the thresholds are all values of the map, highest first. This is PxAP of Choe et al.
/// 2020, "Evaluating Weakly Supervised Object Localization Methods Right", equations 5 to 7, for one image
/// and with its boxes as the mask; a set's figure is the mean of its images, so that it depends on ranks
/// within images alone. Higher is better. Cost: no pass.
enum PixelAveragePrecision {
  /// The figure of one map.
  ///
  /// - Parameters:
  ///   - map: `[height, width]`.
  ///   - ranking: the map's pixels in descending order.
  ///   - mask: the boxes, as many pixels.
  /// - Returns: 0 to 1; 0 where no pixel is inside.
  static func value(_ map: [Float], _ ranking: PixelRanking, inside mask: BoxMask) -> Double {
    let total = mask.isInside.count { $0 }
    guard total > 0 else { return 0 }
    var (found, foundBefore, sum) = (0, 0, 0.0)
    for (rank, pixel) in ranking.order.enumerated() {
      if mask.isInside[Int(pixel)] { found += 1 }
      let isLast = rank + 1 == ranking.order.count
      // Equal values pass the threshold together.
      guard isLast || map[Int(ranking.order[rank + 1])] != map[Int(pixel)] else { continue }
      sum += Double(found) / Double(rank + 1) * Double(found - foundBefore) / Double(total)
      foundBefore = found
    }
    return sum
  }
}
