/// Whether the highest place of a map lies in one of the object's boxes.
///
/// The share of hits in a set is the pointing game's accuracy. Zhang et al. 2016, "Top-down Neural
/// Attention by Excitation Backprop", section 4.1, where a tolerance of 15 pixels of the photo is allowed;
/// here there is none unless it is asked for. Of several highest places the first in reading order
/// counts. Higher is better. Cost: no pass.
public enum PointingGame {
  /// The figure of one map.
  ///
  /// - Parameters:
  ///   - map: The map at the input's size.
  ///   - boxes: Boxes in pixels of the input.
  ///   - tolerance: How far from a box the centre of the place may be, in pixels.
  /// - Returns: 0 or 1; 0 for an empty map.
  public static func value(_ map: HeatMap, in boxes: [Box], tolerance: Double = 0) -> Double {
    var (highest, place) = (Float(0), -1)
    for (index, value) in map.values.enumerated() where value > highest {
      (highest, place) = (value, index)
    }
    guard place >= 0 else { return 0 }
    let (x, y) = (Double(place % map.width) + 0.5, Double(place / map.width) + 0.5)
    return boxes.contains { $0.distance(x: x, y: y) <= tolerance } ? 1 : 0
  }
}
