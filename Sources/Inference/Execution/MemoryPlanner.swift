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
    guard blocks.count <= greedyLimit else { return offsetsInOrder(of: blocks) }
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
    placeParts(of: blocks, &offsets)
    return (offsets, planner.byteCount)
  }

  /// A whole comes after its parts in the list and may be a part itself.
  private static func placeParts(of blocks: [PlannedBlock], _ offsets: inout [Int]) {
    for index in blocks.indices.reversed() {
      guard case .part(let whole, let byteOffset) = blocks[index].storage else { continue }
      offsets[index] = offsets[whole] + byteOffset
    }
  }

  /// More blocks than can be compared with each other: the greedy search grows with their square.
  private static let greedyLimit = 1 << 13

  /// Places blocks in the order in which they begin, each where one of its size class has ended; costs
  /// up to an eighth more memory.
  private static func offsetsInOrder(
    of blocks: [PlannedBlock]
  ) -> (offsets: [Int], byteCount: Int) {
    var offsets = Array(repeating: 0, count: blocks.count)
    var byteCount = 0
    var free: [Int: [Int]] = [:]
    let placed = blocks.indices.compactMap { index -> (index: Int, lifetime: ClosedRange<Int>)? in
      guard case .arena = blocks[index].storage, let lifetime = blocks[index].lifetime else {
        return nil
      }
      return (index, lifetime)
    }
    var ending = placed.sorted { $0.lifetime.upperBound < $1.lifetime.upperBound }[...]
    for (index, lifetime) in placed.sorted(by: { $0.lifetime.lowerBound < $1.lifetime.lowerBound })
    {
      while let first = ending.first, first.lifetime.upperBound < lifetime.lowerBound {
        free[sizeClass(blocks[first.index].byteCount), default: []].append(offsets[first.index])
        ending.removeFirst()
      }
      let size = sizeClass(blocks[index].byteCount)
      if let known = free[size]?.popLast() {
        offsets[index] = known
      } else {
        offsets[index] = byteCount
        byteCount += size
      }
    }
    placeParts(of: blocks, &offsets)
    return (offsets, byteCount)
  }

  /// A size rounded up to an eighth of a power of two, and to the alignment.
  private static func sizeClass(_ byteCount: Int) -> Int {
    let size = max(byteCount, AlignedMemory.alignment)
    let power = 1 << (Int.bitWidth - 1 - size.leadingZeroBitCount)
    let step = max(AlignedMemory.alignment, power / 8)
    return (size + step - 1) / step * step
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
