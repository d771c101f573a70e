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
    let stride = indices.count > 1 ? indices[1] - indices[0] : length
    let isEven =
      stride > 0 && (0..<stride).contains(indices.first ?? 0)
      && indices.count == (length - (indices.first ?? 0) + stride - 1) / stride
      && zip(indices, indices.dropFirst()).allSatisfy { $1 - $0 == stride }
    let isOrdered = allSatisfy { $0.order != .shuffled }
    if count == 1, self[0].padding.count == 2, let first = indices.first,
      first == self[0].padding[0], indices.count == length - self[0].padding[0] - self[0].padding[1],
      indices.elementsEqual(first..<first + indices.count)
    {
      return AxisFactor(role: role, size: indices.count, order: self[0].order)
    }
    let order: AxisFactor.Order =
      !isOrdered ? .shuffled : isEven && stride > 1 && count == 1 ? .whole : .partial
    return AxisFactor(role: role, size: indices.count, order: order)
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
