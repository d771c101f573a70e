/// How metrics are taken where their sources leave a choice.
public struct MetricSettings: Sendable, Equatable, Codable {
  /// What stands in for pixels that are not shown.
  public enum Baseline: String, Sendable, CaseIterable, Codable {
    /// Zero after normalisation: the mean colour of the photos that the network learned from.
    case zero
    /// The image, blurred as RISE blurs it.
    case blur
  }

  /// Pixels that one step of insertion and deletion changes; nil for the input's width, which is RISE's
  /// 224 where the input is 224 wide.
  public var step: Int?
  /// What insertion starts from.
  public var insertionBaseline = Baseline.blur
  /// What deletion ends at.
  public var deletionBaseline = Baseline.zero
  /// The threshold of ``Metric/boxIoU``, a share of the map's maximum; Grad-CAM's paper takes 0.15.
  public var boxThreshold = 0.15
  /// How far from a box the map's maximum may lie to count as a hit, in pixels of the input.
  public var pointingTolerance = 0.0

  /// RISE's conventions, and no tolerance.
  public init() {}

  /// Pixels that one step changes on inputs of a width.
  ///
  /// - Parameter width: The columns of the input.
  /// - Returns: 1 or more.
  package func step(width: Int) -> Int { max(1, step ?? width) }

  /// The forward passes of one curve of insertion or deletion.
  ///
  /// - Parameters:
  ///   - width: The input's width.
  ///   - height: The input's height.
  /// - Returns: `ceil(pixels / step) + 1`.
  public func curvePasses(width: Int, height: Int) -> Int {
    let step = step(width: width)
    return (width * height + step - 1) / step + 1
  }
}
