/// A part of what lies along an axis of a value: an axis of tokens is rows times columns, one of
/// windows perhaps batch times rows times columns.
struct AxisFactor: Hashable, Sendable {
  /// What one step along it goes to.
  indirect enum Role: Hashable, Sendable {
    /// The next image.
    case batch
    /// The next channel.
    case channel
    /// The grid's next row, or next block of rows.
    case row
    /// The grid's next column, or next block of columns.
    case column
    /// The next of tokens that belong to no place, such as the class token.
    case leading
    /// The next token: first those of no place, then the grid, then again some of no place.
    case tokens(before: Int, grid: [AxisFactor], after: Int)
    /// Something else, such as what a matrix product made of the places.
    case other
  }

  /// Whether all rows or columns are there, in their order.
  enum Order: Int, Hashable, Sendable {
    case whole
    /// Some are missing or have been added, by cutting or padding.
    case partial
    /// They stand in another order, e.g. rolled for shifted windows.
    case shuffled
  }

  var role: Role
  /// How many steps there are.
  var size: Int
  /// How many rows or columns one step goes, where it goes along the grid.
  var step = 1
  var order = Order.whole
  /// How many rows or columns of padding were put before and behind.
  var padding: [Int] = []

  /// Whether it goes along the grid.
  var isSpatial: Bool {
    switch role {
    case .row, .column, .tokens: true
    case .batch, .channel, .leading, .other: false
    }
  }

  /// The same cut into an outer and an inner part; nil where the outer size does not divide it.
  func split(outer: Int) -> (outer: AxisFactor, inner: AxisFactor)? {
    if case .tokens = role { return nil }
    guard outer > 0, size % outer == 0, padding.isEmpty else { return nil }
    var (first, second) = (self, self)
    second.size = size / outer
    first.size = outer
    if isSpatial { first.step = step * second.size }
    return (first, second)
  }

  /// One factor for this and one that lies inside it, where the two go the same way.
  func merged(withInner inner: AxisFactor) -> AxisFactor? {
    guard role == inner.role, order == inner.order, padding.isEmpty, inner.padding.isEmpty else {
      return nil
    }
    switch role {
    case .tokens: return nil
    case .row, .column:
      guard step == inner.step * inner.size else { return nil }
    case .batch, .channel, .leading, .other: break
    }
    var result = inner
    result.size = size * inner.size
    return result
  }
}

extension [AxisFactor] {
  /// Whether any goes along the grid.
  var isSpatial: Bool { contains(where: \.isSpatial) }

  /// The number of steps of them all.
  var size: Int { reduce(1) { $0 * $1.size } }

  /// Neighbours that go the same way made one; factors of one step left out.
  var simplified: [AxisFactor] {
    var result: [AxisFactor] = []
    for factor in self where factor.size != 1 {
      if let merged = result.last?.merged(withInner: factor) {
        result[result.count - 1] = merged
      } else {
        result.append(factor)
      }
    }
    return result
  }

  /// The role where all have the same one and none is a token axis.
  var onlyRole: AxisFactor.Role? {
    guard let role = first?.role, allSatisfy({ $0.role == role }) else { return nil }
    if case .tokens = role { return nil }
    return role
  }
}
