/// MaxBoxAccV2: how many of a set's objects are boxed, at the threshold that suits the set best.
///
///     mean over d in {0.3, 0.5, 0.7} of max over thresholds t of
///       share of images in which the box of some region above t overlaps the object's box by at least d
///
/// Choe et al. 2020, "Evaluating Weakly Supervised Object Localization Methods Right", section 4, and
/// "Evaluation for Weakly Supervised Object Localization: Protocol, Metrics, and Datasets" (V2). Regions
/// and overlaps as in ``BoxOverlap``, with boxes in continuous coordinates; the authors' code counts the
/// last pixel of a box twice, and also boxes holes of regions. Higher is better.
public enum MaxBoxAccuracy {
  /// The overlaps that count as found.
  public static let overlaps = [0.3, 0.5, 0.7]

  /// At which thresholds an image's object is found, one bit each.
  public struct Hits: Sendable, Equatable {
    /// `[overlaps, 32]`: the bit of threshold `level / 255` is bit `level % 8` of byte `level / 8`.
    public let bytes: [UInt8]

    static let bytesPerOverlap = 32

    /// The hits of one map.
    ///
    /// - Parameter overlap: Its overlaps at every threshold.
    public init(_ overlap: BoxOverlap) {
      var bytes: [UInt8] = []
      for wanted in MaxBoxAccuracy.overlaps {
        var bits = Array(repeating: UInt8(0), count: Self.bytesPerOverlap)
        for (level, value) in overlap.ofBest.enumerated() where value >= wanted {
          bits[level / 8] |= 1 << (level % 8)
        }
        bytes += bits
      }
      self.bytes = bytes
    }

    /// Hits as they were stored.
    ///
    /// - Parameter bytes: What ``bytes`` gave; nil for another number of them.
    public init?(bytes: [UInt8]) {
      guard bytes.count == MaxBoxAccuracy.overlaps.count * Self.bytesPerOverlap else { return nil }
      self.bytes = bytes
    }

    func isHit(overlap: Int, level: Int) -> Bool {
      bytes[overlap * Self.bytesPerOverlap + level / 8] & 1 << (level % 8) != 0
    }
  }

  /// The share of each image's overlaps that are found at the set's best thresholds; their mean is the
  /// set's MaxBoxAccV2.
  ///
  /// - Parameter images: The hits of every image.
  /// - Returns: One value an image: 0, 1/3, 2/3 or 1.
  public static func values(_ images: [Hits]) -> [Double] {
    let best = overlaps.indices.map { bestLevel(images, overlap: $0) }
    return images.map { image in
      let found = overlaps.indices.count { image.isHit(overlap: $0, level: best[$0]) }
      return Double(found) / Double(overlaps.count)
    }
  }

  /// The threshold at which most images are found; the lowest of equal ones.
  private static func bestLevel(_ images: [Hits], overlap: Int) -> Int {
    let counts = (0..<BoxOverlap.levelCount).map { level in
      images.count { $0.isHit(overlap: overlap, level: level) }
    }
    return counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 0
  }
}
