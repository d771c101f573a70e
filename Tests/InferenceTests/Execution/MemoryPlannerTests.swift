import RandomTestSupport
import ModelTestSupport
import Testing

@testable import Inference

@Suite struct MemoryPlannerTests {
  @Test(arguments: 0..<50)
  func blocksThatLiveTogetherDoNotOverlap(round: Int) {
    var numbers = SeededNumbers(test: "memory \(round)")
    let blocks = (0..<numbers.integer(1...60)).map { _ in
      let begin = numbers.integer(-1...40)
      return PlannedBlock(
        byteCount: numbers.integer(0...5000), storage: .arena,
        lifetime: numbers.integer(0...9) == 0 ? nil : begin...begin + numbers.integer(0...12))
    }
    let (offsets, byteCount) = MemoryPlanner.offsets(of: blocks)
    #expect(offsets.count == blocks.count)
    for (index, block) in blocks.enumerated() {
      guard let lifetime = block.lifetime else { continue }
      let range = offsets[index]..<offsets[index] + block.byteCount
      #expect(range.lowerBound >= 0 && range.upperBound <= byteCount)
      #expect(range.lowerBound % AlignedMemory.alignment == 0)
      for other in 0..<index {
        guard let otherLifetime = blocks[other].lifetime, otherLifetime.overlaps(lifetime) else {
          continue
        }
        let otherRange = offsets[other]..<offsets[other] + blocks[other].byteCount
        #expect(
          range.isEmpty || otherRange.isEmpty || !range.overlaps(otherRange),
          "blocks \(other) and \(index)")
      }
    }
  }

  @Test func memoryIsUsedAgain() {
    let blocks = (0..<10).map {
      PlannedBlock(byteCount: 4096, storage: .arena, lifetime: 2 * $0...2 * $0 + 1)
    }
    #expect(MemoryPlanner.offsets(of: blocks).byteCount == 4096)
  }

  /// So many that they are placed in the order in which they begin.
  @Test func manyBlocksDoNotOverlapAndUseMemoryAgain() {
    var numbers = SeededNumbers(test: "many blocks")
    let blocks = (0..<20_000).map { index in
      PlannedBlock(
        byteCount: numbers.integer(1...5000), storage: .arena,
        lifetime: index...index + numbers.integer(0...3))
    }
    let (offsets, byteCount) = MemoryPlanner.offsets(of: blocks)
    for index in blocks.indices {
      #expect(offsets[index] + blocks[index].byteCount <= byteCount)
      for other in max(0, index - 3)..<index
      where blocks[other].lifetime?.contains(index) == true {
        let range = offsets[index]..<offsets[index] + blocks[index].byteCount
        #expect(!range.overlaps(offsets[other]..<offsets[other] + blocks[other].byteCount))
      }
    }
    #expect(byteCount < 1 << 20)
  }

  @Test func partsLieInTheirWhole() {
    let blocks = [
      PlannedBlock(byteCount: 128, storage: .part(of: 2, byteOffset: 0), lifetime: 0...1),
      PlannedBlock(byteCount: 256, storage: .part(of: 2, byteOffset: 128), lifetime: 1...2),
      PlannedBlock(byteCount: 384, storage: .arena, lifetime: 3...4),
      PlannedBlock(byteCount: 1000, storage: .arena, lifetime: 0...0),
    ]
    let offsets = MemoryPlanner.offsets(of: blocks).offsets
    #expect(offsets[0] == offsets[2])
    #expect(offsets[1] == offsets[2] + 128)
    // The whole lives as long as its parts: from command 0.
    #expect(offsets[3] >= offsets[2] + 384 || offsets[2] >= offsets[3] + 1000)
  }
}
