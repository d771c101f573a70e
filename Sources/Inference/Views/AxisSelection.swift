extension [AxisFactor] {
  /// What lies along an axis of which only some positions are taken.
  ///
  /// - Parameters:
  ///   - indices: the positions, in the order in which they are taken.
  ///   - length: how many there were.
  /// - Returns: what lies along the new axis.
  func selecting(_ indices: [Int], of length: Int) -> [AxisFactor] {
    if indices.elementsEqual(0..<length) { return self }
    if indices.count == 1 && !isSpatial { return [] }
    if count == 1, case .tokens(let before, let grid, let after) = self[0].role {
      return Self.tokens(before, grid, after, indices)
    }
    guard let role = onlyRole else {
      // Channels of which some are left out stay channels, whatever else lies along the axis.
      return [AxisFactor(role: .other, size: indices.count)]
    }
    switch role {
    case .row, .column: return [places(role, indices, length)]
    default: return [AxisFactor(role: role, size: indices.count)]
    }
  }

  private static func tokens(
    _ before: Int, _ grid: [AxisFactor], _ after: Int, _ indices: [Int]
  ) -> [AxisFactor] {
    let places = before..<before + grid.size
    if !indices.contains(where: places.contains) {
      return [AxisFactor(role: .leading, size: indices.count)]
    }
    guard let first = indices.first, let last = indices.last,
      indices.elementsEqual(first..<first + indices.count), first <= before,
      last >= places.upperBound - 1
    else { return [AxisFactor(role: .other, size: indices.count)] }
    return grid.preceded(by: before - first, followedBy: last - places.upperBound + 1)
  }

  /// Every second row is a smaller grid; a padding cut off again is the grid before it.
  private func places(
    _ role: AxisFactor.Role, _ indices: [Int], _ length: Int
  ) -> AxisFactor {
    let first = indices.first ?? 0
    if count == 1, self[0].padding.count == 2, first == self[0].padding[0] {
      let inside = length - self[0].padding[0] - self[0].padding[1]
      if indices.elementsEqual(first..<first + Swift.max(0, inside)) {
        return AxisFactor(role: role, size: indices.count, order: self[0].order)
      }
    }
    let isShuffled = contains { $0.order == .shuffled }
    let isEven = count == 1 && Self.isEvery(indices, of: length)
    return AxisFactor(
      role: role, size: indices.count,
      order: isShuffled ? .shuffled : isEven ? .whole : .partial)
  }

  /// Whether positions are every second, third, ... one, from the first to the last that there is.
  private static func isEvery(_ indices: [Int], of length: Int) -> Bool {
    guard indices.count > 1 else { return false }
    let (first, step) = (indices[0], indices[1] - indices[0])
    guard step > 1, first >= 0, first < step else { return false }
    return indices.elementsEqual(stride(from: first, to: length, by: step))
  }

  /// What lies along an axis with something put before and behind it.
  func padded(before: Int, after: Int) -> [AxisFactor] {
    let size = size + before + after
    if before == 0, after == 0 { return self }
    if isEmpty || (onlyRole != nil && !isSpatial) {
      return [AxisFactor(role: onlyRole ?? .other, size: size)]
    }
    guard count == 1, onlyRole != nil, self[0].padding.isEmpty, before >= 0, after >= 0 else {
      return [AxisFactor(role: onlyRole ?? .other, size: size, order: .partial)]
    }
    var result = self[0]
    (result.size, result.padding) = (size, [before, after])
    return [result]
  }

  /// A grid with tokens of no place around it.
  func preceded(by before: Int, followedBy after: Int) -> [AxisFactor] {
    guard before + after > 0 else { return self }
    return [
      AxisFactor(
        role: .tokens(before: before, grid: self, after: after), size: before + size + after)
    ]
  }
}
