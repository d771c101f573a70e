/// A node with what is known of the axes of its inputs. Its operator says what lies along the axes of
/// its outputs, mostly by one of the rules here.
struct ViewedNode {
  /// The shapes of the inputs and, of constants, the values.
  let operands: NodeOperands
  /// What lies along the axes of each input; nil for constants and where it is not known.
  let inputs: [ValueView?]
  /// The shapes of the outputs.
  let outputs: [[Int]]

  /// The first input's view.
  var first: ValueView? { inputs.first ?? nil }

  /// The shape of an input.
  func shape(_ index: Int) -> [Int] { operands.optional(index)?.shape ?? [] }

  /// The rule of everything that works place by place, from activations to normalisation: an output of
  /// an input's shape is what the input is.
  func placewise() -> [ValueView?] {
    outputs.map { shape in
      zip(inputs, operands.inputs).compactMap { $1?.shape == shape ? $0 : nil }
        .max { $0.information < $1.information }
    }
  }

  /// The inputs that are known, with their shapes at a rank; those first that know most of the grid.
  private func known(ofRank rank: Int) -> [(ValueView, [Int])] {
    var result: [(ValueView, [Int])] = []
    for (view, operand) in zip(inputs, operands.inputs) {
      guard let view, let operand, operand.shape.count <= rank else { continue }
      result.append((view, paddedShape(operand.shape, rank: rank)))
    }
    return result.sorted { $0.0.information > $1.0.information }
  }

  /// The rule of sums and products with broadcasting: an axis is what it is in the operand that knows
  /// most of the grid.
  func broadcast() -> [ValueView?] {
    outputs.map { shape in
      let known = known(ofRank: shape.count)
      guard !known.isEmpty else { return nil }
      return ValueView(
        axes: shape.indices.map { axis in
          guard shape[axis] > 1 else { return [] }
          for (view, padded) in known where padded[axis] == shape[axis] {
            return view.axes[axis - (shape.count - view.axes.count)]
          }
          return [AxisFactor(role: .other, size: shape[axis])]
        })
    }
  }

  /// The rule of taking positions along an axis of the first input.
  func selected(axis: Int, _ indices: [Int]) -> ValueView? {
    guard var view = first, view.axes.indices.contains(axis) else { return nil }
    view.axes[axis] = view.axes[axis].selecting(indices, of: shape(0)[axis])
    return ValueView(axes: view.axes)
  }

  /// The rule of an axis of rows or columns read by a table of positions, as patches are cut out: each axis
  /// of the table is a step along it.
  func unfolded(axis: Int, _ positions: [Int]) -> ValueView? {
    let table = shape(1)
    guard var view = first, view.axes.indices.contains(axis), table.count == 2, table[1] > 0,
      view.axes[axis].count == 1, let factor = view.axes[axis].first,
      factor.role == .row || factor.role == .column, factor.step == 1,
      positions.sorted() == Array(0..<factor.size)
    else { return nil }
    let steps = [table[0] > 1 ? positions[table[1]] : 1, table[1] > 1 ? positions[1] : 1]
    guard
      positions.indices.allSatisfy({ index in
        positions[index] == index / table[1] * steps[0] + index % table[1] * steps[1]
      })
    else { return nil }
    let parts = zip(table, steps).map { size, step in
      [AxisFactor(role: factor.role, size: size, step: step, order: factor.order)]
    }
    view.axes.replaceSubrange(axis...axis, with: parts)
    return ValueView(axes: view.axes)
  }

  /// The rule of everything that gives its input's elements in their order.
  func reshaped() -> [ValueView?] {
    outputs.map { $0 == shape(0) ? first : first?.reshaped($0) }
  }

  /// The rule of windows that slide over all axes behind the first two: convolution, pooling,
  /// enlargement. What cannot be followed any more is a map again behind them.
  ///
  /// - Parameter channels: whether the channels are new ones.
  /// - Returns: the view of the first output.
  func windowed(newChannels channels: Bool) -> [ValueView?] {
    guard let output = outputs.first else { return [] }
    guard let view = first, view.axes.count == output.count else {
      let isImage = output.count == 4 && output[0] == operands.batch.actual
      return [isImage ? ValueView(map: output, channelsLast: false) : nil]
    }
    var axes = view.axes
    if channels {
      let role: AxisFactor.Role = axes[1].isSpatial ? .other : .channel
      axes[1] = [AxisFactor(role: role, size: output[1])]
    }
    for axis in axes.indices.dropFirst(2) { axes[axis] = resized(view, axis, to: output[axis]) }
    return [ValueView(axes: axes)]
  }

  /// The rule of resampling: axes of the grid that change their length are a grid of another size.
  func resampled() -> [ValueView?] {
    outputs.map { output in
      guard let view = first, view.axes.count == output.count else { return nil }
      return ValueView(
        axes: output.indices.map { axis in
          output[axis] == view.axes[axis].size
            ? view.axes[axis] : resized(view, axis, to: output[axis])
        })
    }
  }

  private func resized(_ view: ValueView, _ axis: Int, to size: Int) -> [AxisFactor] {
    let before = view.axes[axis]
    guard let role = before.onlyRole, role == .row || role == .column else {
      return before.size == size ? before : [AxisFactor(role: .other, size: size)]
    }
    let isElsewhere = view.axes.indices.contains { other in
      other != axis && view.axes[other].contains { $0.role == role }
    }
    if isElsewhere { return before.size == size ? before : [AxisFactor(role: .other, size: size)] }
    let isShuffled = before.contains { $0.order == .shuffled }
    return [AxisFactor(role: role, size: size, order: isShuffled ? .shuffled : .whole)]
  }

  /// The rule of joining along an axis: what has no place before or behind a grid are its tokens of no
  /// place; two parts of a grid are one whose order is lost.
  func joined(axis: Int) -> [ValueView?] {
    guard let output = outputs.first,
      let best = inputs.compactMap(\.self).max(by: { $0.information < $1.information }),
      best.axes.count == output.count, output.indices.contains(axis)
    else { return [nil] }
    var result = best
    let parts = inputs.indices.map { (inputs[$0]?.axes[axis], shape($0)[axis]) }
    result.axes[axis] = Self.joined(parts, size: output[axis], grid: best, axis: axis)
    return [ValueView(axes: result.axes)]
  }

  private static func joined(
    _ parts: [([AxisFactor]?, Int)], size: Int, grid view: ValueView, axis: Int
  ) -> [AxisFactor] {
    let spatial = parts.indices.filter { parts[$0].0?.isSpatial == true }
    guard let place = spatial.first, let grid = parts[place].0 else {
      let roles = Set(parts.compactMap { $0.0?.first?.role })
      let role = roles.count == 1 ? roles.first : nil
      return [AxisFactor(role: role ?? .other, size: size)]
    }
    if let role = grid.onlyRole {
      let isLine = view.axes.indices.contains { $0 != axis && view.axes[$0].isSpatial }
      let isEmpty = parts.allSatisfy { $0.1 == 0 || $0.1 == size }
      if isEmpty { return grid }
      if isLine { return [AxisFactor(role: role, size: size, order: .shuffled)] }
    }
    guard spatial.count == 1 else { return [AxisFactor(role: .other, size: size)] }
    var (before, after) = (
      parts[..<place].reduce(0) { $0 + $1.1 }, parts[(place + 1)...].reduce(0) { $0 + $1.1 }
    )
    var inner = grid
    if grid.count == 1, case .tokens(let first, let places, let last) = grid[0].role {
      (before, inner, after) = (before + first, places, last + after)
    }
    return inner.preceded(by: before, followedBy: after)
  }

  /// The rule of a matrix product `[..., m, k] [..., k, n]`: rows are what they are on the left, columns
  /// what they are on the right; what weights make of an axis of places is no place.
  func multiplied() -> [ValueView?] {
    guard let output = outputs.first else { return [] }
    let (left, right) = (inputs.first ?? nil, inputs.count > 1 ? inputs[1] : nil)
    let (leftShape, rightShape) = (shape(0), shape(1))
    guard leftShape.count >= 2, rightShape.count >= 2, left != nil || right != nil else {
      return [nil]
    }
    let mixed = left?.axes.last?.isSpatial == true
    var axes = output.indices.map { axis -> [AxisFactor] in
      let fromEnd = output.count - axis
      for view in [left, right].compactMap(\.self)
      where view.axes.count >= fromEnd && view.axes[view.axes.count - fromEnd].size == output[axis]
      {
        return view.axes[view.axes.count - fromEnd]
      }
      return [AxisFactor(role: .other, size: output[axis])]
    }
    let fresh = AxisFactor.Role.channel
    axes[output.count - 2] =
      left.map { $0.axes[$0.axes.count - 2] }
      ?? [
        AxisFactor(
          role: right?.axes[(right?.axes.count ?? 2) - 2].isSpatial == true ? .other : fresh,
          size: output[output.count - 2])
      ]
    axes[output.count - 1] =
      right.map { $0.axes[$0.axes.count - 1] }
      ?? [AxisFactor(role: mixed ? .other : fresh, size: output[output.count - 1])]
    return [ValueView(axes: axes)]
  }

  /// The rule of reductions.
  ///
  /// - Parameter axes: the axes that are reduced, counted from the front.
  /// - Returns: the view of the first output.
  func reduced(_ axes: [Int]) -> [ValueView?] {
    guard let view = first, let output = outputs.first else { return [nil] }
    let isKept = output.count == view.axes.count
    return [
      ValueView(
        axes: view.axes.indices.filter { isKept || !axes.contains($0) }
          .map { axes.contains($0) ? [] : view.axes[$0] })
    ]
  }
}
