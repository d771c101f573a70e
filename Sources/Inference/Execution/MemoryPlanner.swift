/// Places blocks of memory that live at different times in one arena, greedily by size (Pisarchyk
/// and Lee 2020, "Greedy by size").
struct MemoryPlanner {
  /// The size of the arena so far, in bytes.
  private(set) var byteCount = 0
  private var placed: [(range: Range<Int>, lifetime: ClosedRange<Int>)] = []

  /// The offset of every block, in the order given; blocks that are never used take no space. Parts
  /// lie where their whole lies, which lives as long as any of them.
  static func offsets(of blocks: [PlannedBlock]) -> (offsets: [Int], byteCount: Int) {
    let blocks = extendingWholes(blocks)
    var planner = MemoryPlanner()
    var offsets = Array(repeating: 0, count: blocks.count)
    let bySize = blocks.indices.sorted {
      (blocks[$0].byteCount, $1) > (blocks[$1].byteCount, $0)
    }
    for index in bySize {
      guard case .arena = blocks[index].storage, let lifetime = blocks[index].lifetime else {
        continue
      }
      offsets[index] = planner.place(blocks[index].byteCount, during: lifetime)
    }
    // A whole comes after its parts in the list and may be a part itself.
    for index in blocks.indices.reversed() {
      guard case .part(let whole, let byteOffset) = blocks[index].storage else { continue }
      offsets[index] = offsets[whole] + byteOffset
    }
    return (offsets, planner.byteCount)
  }

  private static func extendingWholes(_ blocks: [PlannedBlock]) -> [PlannedBlock] {
    var blocks = blocks
    for index in blocks.indices {
      guard case .part(let whole, _) = blocks[index].storage,
        let lifetime = blocks[index].lifetime
      else { continue }
      blocks[whole].use(at: lifetime.lowerBound)
      blocks[whole].use(at: lifetime.upperBound)
    }
    return blocks
  }

  /// Finds the lowest gap that is free during the lifetime.
  private mutating func place(_ size: Int, during lifetime: ClosedRange<Int>) -> Int {
    let alignment = AlignedMemory.alignment
    let size = max(alignment, (size + alignment - 1) / alignment * alignment)
    var offset = 0
    for other in placed where other.lifetime.overlaps(lifetime) {
      if other.range.lowerBound >= offset + size { break }
      offset = max(offset, other.range.upperBound)
    }
    let range = offset..<offset + size
    let position = placed.firstIndex { $0.range.lowerBound > offset } ?? placed.endIndex
    placed.insert((range, lifetime), at: position)
    byteCount = max(byteCount, range.upperBound)
    return offset
  }
}
