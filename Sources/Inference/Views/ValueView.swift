/// What lies along the axes of a value, as far as the grid of the image can be followed: how a map
/// lies in memory. `[N, K, h, w]` is `batch, channel, row, column`; tokens behind a class token are
/// `batch, tokens(1 + rows columns), channel`; windows are `batch rows columns, rows columns, channel`
/// with blocks of rows outside and rows of a block inside.
struct ValueView: Hashable, Sendable {
  /// What lies along each axis, outermost first; nothing along an axis of length 1.
  var axes: [[AxisFactor]]

  /// - Parameter axes: what lies along each axis.
  init(axes: [[AxisFactor]]) { self.axes = axes.map(\.simplified) }

  /// A map: four axes, each of one kind.
  ///
  /// - Parameters:
  ///   - shape: the shape.
  ///   - channelsLast: whether it is `[N, h, w, K]` instead of `[N, K, h, w]`.
  init(map shape: [Int], channelsLast: Bool) {
    let roles: [AxisFactor.Role] =
      channelsLast ? [.batch, .row, .column, .channel] : [.batch, .channel, .row, .column]
    self.init(axes: zip(roles, shape).map { [AxisFactor(role: $0, size: $1)] })
  }

  /// How much of the grid it shows: rows, columns and that they are in order; to choose between
  /// operands.
  var information: Int {
    let factors = axes.joined()
    let isOrdered = factors.allSatisfy { $0.order == .whole && $0.padding.isEmpty }
    let hasTokens = factors.contains { if case .tokens = $0.role { true } else { false } }
    let hasRows = factors.contains { $0.role == .row } || hasTokens
    let hasColumns = factors.contains { $0.role == .column } || hasTokens
    let isKnown = !factors.contains { $0.role == .other }
    return (hasRows ? 4 : 0) + (hasColumns ? 4 : 0) + (isOrdered ? 2 : 0) + (isKnown ? 1 : 0)
  }

  /// The same elements in the same order with other dimensions; nil where the new axes cut across the
  /// old ones.
  func reshaped(_ shape: [Int]) -> ValueView? {
    var rest = Array(axes.joined())[...]
    var result: [[AxisFactor]] = []
    for size in shape {
      guard let (axis, remaining) = Self.taking(size, from: rest) else { return nil }
      result.append(axis)
      rest = remaining
    }
    return rest.isEmpty ? ValueView(axes: result) : nil
  }

  private static func taking(
    _ size: Int, from factors: ArraySlice<AxisFactor>
  ) -> (axis: [AxisFactor], rest: ArraySlice<AxisFactor>)? {
    var (axis, rest, open): ([AxisFactor], ArraySlice<AxisFactor>, Int) = ([], factors, size)
    while open > 1 {
      guard let next = rest.popFirst() else { return nil }
      if open % next.size == 0 {
        axis.append(next)
        open /= next.size
      } else if let (outer, inner) = next.split(outer: open) {
        axis.append(outer)
        rest.insert(inner, at: rest.startIndex)
        open = 1
      } else {
        return nil
      }
    }
    return open == 1 ? (axis, rest) : nil
  }

  /// The same with its axes in another order.
  func permuted(_ permutation: [Int]) -> ValueView {
    ValueView(axes: permutation.map { axes[$0] })
  }
}
