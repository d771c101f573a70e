/// The pixels of a map in descending order of their values; equal ones in reading order.
struct PixelRanking {
  /// Indices into the map.
  let order: [Int32]

  /// - Parameter map: finite values, none negative.
  init(_ map: [Float]) {
    // The bits of such numbers are in the same order as the numbers; the index decides between equals.
    let keys = map.indices.map { index in
      UInt64(~(map[index] + 0).bitPattern) << 32 | UInt64(index)
    }
    order = keys.sorted().map { Int32(truncatingIfNeeded: $0 & 0xFFFF_FFFF) }
  }
}
