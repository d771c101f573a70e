/// Which class of a photo is explained.
public enum TargetRule: String, Sendable, CaseIterable, Codable {
  /// The most probable one; the boxes of its objects count, where the photo shows any.
  case predicted
  /// The labelled one; of several that a label means, the most probable. A photo with objects of several
  /// labels is evaluated once for each.
  case labelled
}
