/// The connected regions of a map above a threshold, while the threshold is lowered: every pixel is
/// joined to its neighbours once, so that all thresholds together cost little more than one.
struct MapRegions {
  /// A region with its bounding box, in whole pixels.
  struct Region {
    var count: Int
    var left: Int
    var top: Int
    var right: Int
    var bottom: Int

    /// The box, its right and lower edges behind the last pixels.
    var box: Box {
      Box(
        left: Double(left), top: Double(top), right: Double(right + 1), bottom: Double(bottom + 1))
    }

    mutating func join(_ other: Region) {
      count += other.count
      left = min(left, other.left)
      top = min(top, other.top)
      right = max(right, other.right)
      bottom = max(bottom, other.bottom)
    }
  }

  private let width: Int
  private let height: Int
  /// The pixels of each level, 0 to 255.
  private var pixels: [[Int32]]
  /// A pixel of the same region, or itself where it stands for its region; -1 below the threshold.
  private var parent: [Int32]
  private var regions: [Int: Region] = [:]

  /// - Parameter map: none negative.
  init(_ map: HeatMap) {
    (width, height) = (map.width, map.height)
    pixels = Array(repeating: [], count: BoxOverlap.levelCount + 1)
    parent = Array(repeating: -1, count: map.values.count)
    let highest = map.values.max() ?? 0
    guard highest > 0 else { return }
    for (index, value) in map.values.enumerated() {
      pixels[Int(value / highest * Float(BoxOverlap.levelCount))].append(Int32(index))
    }
  }

  /// The regions above the threshold, in no order.
  var all: Dictionary<Int, Region>.Values { regions.values }

  /// The region with the most pixels; of equal ones the one that begins furthest up, then left.
  var largest: Region? {
    regions.values.max {
      ($0.count, -$0.top, -$0.left, -$0.bottom) < ($1.count, -$1.top, -$1.left, -$1.bottom)
    }
  }

  /// Lowers the threshold: from now on pixels above `level` count.
  mutating func lower(to level: Int) {
    for pixel in pixels[level + 1] { add(Int(pixel)) }
  }

  private mutating func add(_ pixel: Int) {
    let (x, y) = (pixel % width, pixel / width)
    parent[pixel] = Int32(pixel)
    regions[pixel] = Region(count: 1, left: x, top: y, right: x, bottom: y)
    for row in max(0, y - 1)...min(height - 1, y + 1) {
      for column in max(0, x - 1)...min(width - 1, x + 1) where parent[row * width + column] >= 0 {
        join(pixel, row * width + column)
      }
    }
  }

  private mutating func join(_ a: Int, _ b: Int) {
    let (first, second) = (root(a), root(b))
    guard first != second, let one = regions[first], let two = regions[second] else { return }
    let (kept, gone) = one.count >= two.count ? (first, second) : (second, first)
    parent[gone] = Int32(kept)
    regions[kept]?.join(kept == first ? two : one)
    regions[gone] = nil
  }

  private mutating func root(_ pixel: Int) -> Int {
    var place = pixel
    while Int(parent[place]) != place {
      parent[place] = parent[Int(parent[place])]
      place = Int(parent[place])
    }
    return place
  }
}
