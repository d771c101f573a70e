/// The layer that explains a network of token blocks: the first normalisation of the last block, which
/// is the input of its attention. Behind the last attention the tokens of the grid have no gradient where
/// only a class token is read; in front of it they have, whatever the head reads.
///
/// It is found from the last operator that mixes places (a product over them: attention, cross-covariance
/// attention, the token mixing of an MLP; where there is none, a depthwise convolution), backward through
/// projections to the nearest normalisation that is a map. A residual sum on the way means that
/// the block normalises elsewhere: then nothing is found.
struct BlockInput {
  private let shaped: ShapedGraph
  private let views: [ValueID: ValueView]
  private let maps: [ValueID: MapView]
  private let producers: [ValueID: Node]

  init(_ shaped: ShapedGraph, _ views: [ValueID: ValueView], _ maps: [ValueID: MapView]) {
    (self.shaped, self.views, self.maps) = (shaped, views, maps)
    producers = Dictionary(
      shaped.nodes.flatMap { node in node.outputs.compactMap { $0 }.map { ($0, node) } },
      uniquingKeysWith: { $1 })
  }

  /// The block's input, for a network whose last map is `last`; nil where the map is not one of tokens.
  func value(of last: NetworkStructure.Layer) -> ValueID? {
    guard last.view.isTokens else { return nil }
    let nodes = shaped.nodes.reversed()
    let mixer = nodes.first(where: mixesPlaces) ?? nodes.first(where: slidesOverPlaces)
    guard let mixer else { return nil }
    let found = normalizations(before: mixer.inputs.compactMap(\.self)).filter { value in
      maps[value].map { ($0.height, $0.width) == (last.height, last.width) } == true
    }
    return found.min()
  }

  /// Whether a node adds up over the places, and more comes out than one number a channel, or one for each
  /// token of no place.
  private func mixesPlaces(_ node: Node) -> Bool {
    guard node.operation.mixesPlaces(node.inputs.map { $0.flatMap { views[$0] } }),
      let output = (node.outputs.first ?? nil).flatMap({ views[$0] }), output.axes.count > 1
    else { return false }
    let (rows, columns) = (output.axes[output.axes.count - 2], output.axes[output.axes.count - 1])
    return !rows.isEmpty && !columns.isEmpty && !rows.contains { $0.role == .leading }
  }

  private func slidesOverPlaces(_ node: Node) -> Bool {
    guard node.operation.slides, let value = node.outputs.first ?? nil, let map = maps[value] else {
      return false
    }
    return map.height * map.width > 1
  }

  /// The nearest normalisations before values that are maps with all channels along one axis.
  private func normalizations(before values: [ValueID]) -> [ValueID] {
    var (open, seen, found): ([ValueID], Set<ValueID>, [ValueID]) = (values, [], [])
    while let value = open.popLast() {
      guard seen.insert(value).inserted, let node = producers[value] else { continue }
      if isNormalized(value), let view = views[value], maps[value] != nil,
        view.axes.count(where: { $0.contains { $0.role == .channel } }) == 1
      {
        found.append(value)
        continue
      }
      let inputs = Set(node.inputs.compactMap(\.self).filter { shaped.constants[$0] == nil })
      // A residual sum: the block begins behind it.
      if node.operation is Add, inputs.count > 1 { continue }
      open += inputs
    }
    return found
  }

  /// Whether a value is what a normalisation made, perhaps written as single steps: something divided by
  /// what was reduced of it, then scaled and shifted channel by channel. ResMLP's, which only scales and
  /// shifts, is one too.
  private func isNormalized(_ value: ValueID) -> Bool {
    var (value, isScaled, isShifted) = (value, false, false)
    for _ in 0..<6 {
      guard let node = producers[value] else { return false }
      if node.operation.normalizes { return true }
      let isAffine = isScaled && isShifted && !node.operation.hasWeights
      let inputs = node.inputs.compactMap(\.self).filter { shaped.constants[$0] == nil }
      guard node.operation is any ArithmeticOperator, let input = inputs.first else {
        return isAffine
      }
      let isProduct = node.operation is Mul || node.operation is Div
      if inputs.count == 2 {
        return isAffine || (isProduct && inputs.contains { isReduced($0, steps: 5) })
      }
      let factor = node.inputs.compactMap { $0.flatMap { shaped.constants[$0] } }.first
      guard let factor else { return isAffine }
      if factor.count > 1 {
        isScaled = isScaled || isProduct
        isShifted = isShifted || !isProduct
      }
      value = input
    }
    return false
  }

  private func isReduced(_ value: ValueID, steps: Int) -> Bool {
    guard steps > 0, let node = producers[value] else { return false }
    if node.operation is any ReductionOperator { return true }
    guard !node.operation.hasWeights, node.operation.isFeature else { return false }
    return node.inputs.compactMap(\.self).contains { isReduced($0, steps: steps - 1) }
  }
}
