/// How a value of the graph is read as maps `[N, K, h, w]`, and written from them.
///
/// Every axis of the value is one or several dimensions; each is a step in memory and a step in the
/// maps. Tokens of no place are skipped.
package struct MapView: Hashable, Sendable {
  /// A dimension of the value: a part of an axis.
  struct Dimension: Hashable, Sendable {
    var size: Int
    /// The step in the value, row-major.
    var stride: Int
    /// The step in the maps, row-major `[N, K, h, w]`.
    var mapStride: Int
  }

  /// How many images.
  let batch: Int
  /// How many channels, K.
  package let channels: Int
  /// Rows of the grid.
  package let height: Int
  /// Columns of the grid.
  package let width: Int
  /// How many tokens of no place come before the grid.
  package let leading: Int
  /// How many come behind it.
  let trailing: Int
  /// The value's shape.
  let shape: [Int]
  /// Outermost first.
  let dimensions: [Dimension]
  /// The step from token to token, where there are some of no place.
  let tokenStride: Int
  /// Whether rows and columns lie along one axis, or are cut into windows.
  package let isTokens: Bool
  /// The value's axes of batch, channels, rows and columns, where each has its own.
  let permutation: [Int]?

  /// The tokens of no place.
  var strayTokens: Int { leading + trailing }

  /// The number of elements of one image.
  package var elementsPerImage: Int { channels * height * width }

  /// The shape of the maps.
  var mapShape: [Int] { [batch, channels, height, width] }

  /// Reads the maps from the value.
  var reading: StridedCopy {
    StridedCopy(
      extents: dimensions.map(\.size), sourceOffset: leading * tokenStride,
      sourceStrides: dimensions.map(\.stride), destinationOffset: 0,
      destinationStrides: dimensions.map(\.mapStride))
  }

  /// Writes one image's tokens of no place, `[K, tokens]`, into the value at every place of the batch.
  var writingStray: [StridedCopy] {
    readingStray.map { copy in
      var result = copy.reversed
      for (axis, dimension) in dimensions.filter({ $0.mapStride >= height * width }).enumerated()
      where dimension.mapStride >= elementsPerImage { result.sourceStrides[axis] = 0 }
      return result
    }
  }

  /// Reads the tokens of no place from the value, as `[N, K, tokens]`: those before the grid and those
  /// behind it.
  var readingStray: [StridedCopy] {
    let area = height * width
    let others = dimensions.filter { $0.mapStride >= area }
    func copy(_ count: Int, from first: Int, to position: Int) -> StridedCopy {
      StridedCopy(
        extents: others.map(\.size) + [count], sourceOffset: first * tokenStride,
        sourceStrides: others.map(\.stride) + [tokenStride], destinationOffset: position,
        destinationStrides: others.map { $0.mapStride / area * strayTokens } + [1])
    }
    return [copy(leading, from: 0, to: 0), copy(trailing, from: leading + area, to: leading)]
      .filter { $0.extents.last != 0 }
  }
}

extension MapView {
  /// Whether it has the grid, and as many tokens of no place before it.
  package func hasGrid(_ grid: GivenGrid) -> Bool {
    (height, width, leading) == (grid.height, grid.width, grid.leading)
  }

  /// The tokens of no place of one image's value.
  ///
  /// - Parameter values: the value, row-major.
  /// - Returns: `[K, tokens]`.
  func strayTokens(of values: [Float]) -> [Float] {
    var result = Array(repeating: Float(0), count: channels * strayTokens)
    for copy in readingStray { copy.forEach { result[$1] = values[$0] } }
    return result
  }

  /// Reads a value's axes as a map; nil where a place of the grid has no values of its own, or they are in
  /// no order.
  ///
  /// - Parameters:
  ///   - view: what lies along them.
  ///   - shape: the value's shape.
  init?(_ view: ValueView, shape: [Int]) {
    var parts = MapParts()
    var stride = 1
    for axis in view.axes.reversed() {
      guard parts.prepend(axis, stride: stride) else { return nil }
      stride *= axis.size
    }
    guard parts.isConsistent else { return nil }
    self.init(parts, shape: shape, axes: view.axes)
  }

  private init(_ parts: MapParts, shape: [Int], axes: [[AxisFactor]]) {
    (batch, channels) = (parts.size(.batch), parts.size(.channel))
    (height, width) = (parts.size(.row), parts.size(.column))
    (leading, trailing) = (parts.before, parts.after)
    (self.shape, tokenStride) = (shape, parts.tokenStride)
    dimensions = parts.dimensions(area: height * width, width: width, channels: channels)
    let roles: [AxisFactor.Role] = [.batch, .channel, .row, .column]
    let isSimple =
      axes.count == 4 && axes.allSatisfy { $0.count <= 1 } && parts.before == 0
      && parts.after == 0
    var places = isSimple ? roles.map { role in axes.firstIndex { $0.first?.role == role } } : []
    var free = axes.indices.filter { axes[$0].isEmpty }
    for index in places.indices where places[index] == nil && !free.isEmpty {
      places[index] = free.removeFirst()
    }
    let found = places.compactMap(\.self)
    permutation = found.count == 4 ? found : nil
    isTokens = permutation == nil
  }
}

/// The factors of a value's axes, sorted by what they go along.
private struct MapParts {
  struct Part {
    var factor: AxisFactor
    var stride: Int
  }

  var parts: [Part] = []
  var before = 0
  var after = 0
  var tokenStride = 0
  /// Rows and columns that stand among the channels, as merged patches do.
  private var merged: [AxisFactor] = []

  /// Adds an axis before the ones so far; false where it cannot be one of a map.
  mutating func prepend(_ axis: [AxisFactor], stride: Int) -> Bool {
    let isChannels = axis.contains { $0.role == .channel }
    var stride = stride
    for factor in axis.reversed() {
      if case .tokens(let before, let grid, let after) = factor.role {
        guard tokenStride == 0, !isChannels else { return false }
        (self.before, self.after, tokenStride) = (before, after, stride)
        var inner = stride
        for place in grid.reversed() {
          parts.insert(Part(factor: place, stride: inner), at: 0)
          inner *= place.size
        }
      } else {
        guard factor.role != .other, factor.role != .leading else { return false }
        var factor = factor
        if isChannels, factor.isSpatial {
          merged.append(factor)
          factor.role = .channel
        }
        parts.insert(Part(factor: factor, stride: stride), at: 0)
      }
      stride *= factor.size
    }
    return true
  }

  /// Whether rows and columns are whole, each there once, and what stands among the channels lies
  /// inside them.
  var isConsistent: Bool {
    for role in [AxisFactor.Role.row, .column] {
      let chain = parts.map(\.factor).filter { $0.role == role }.sorted { $0.step > $1.step }
      let inside = merged.filter { $0.role == role }
      guard chain.allSatisfy({ $0.order == .whole && $0.padding.isEmpty }),
        zip(chain, chain.dropFirst()).allSatisfy({ $0.step == $1.step * $1.size }),
        inside.isEmpty
          || (chain.last.map { last in inside.allSatisfy { $0.step < last.step } } ?? false)
      else { return false }
    }
    return true
  }

  func size(_ role: AxisFactor.Role) -> Int {
    parts.reduce(1) { $1.factor.role == role ? $0 * $1.factor.size : $0 }
  }

  /// The dimensions with their steps in the maps.
  func dimensions(area: Int, width: Int, channels: Int) -> [MapView.Dimension] {
    parts.indices.map { index in
      let (factor, stride) = (parts[index].factor, parts[index].stride)
      func inner(_ isInside: (Int) -> Bool) -> Int {
        parts.indices.reduce(1) { product, other in
          parts[other].factor.role == factor.role && isInside(other)
            ? product * parts[other].factor.size : product
        }
      }
      let step =
        switch factor.role {
        case .batch: channels * area * inner { $0 > index }
        case .channel: area * inner { $0 > index }
        case .row: width * inner { parts[$0].factor.step < factor.step }
        default: inner { parts[$0].factor.step < factor.step }
        }
      return MapView.Dimension(size: factor.size, stride: stride, mapStride: step)
    }
  }
}
