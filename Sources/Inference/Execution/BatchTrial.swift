/// Finds out whether a network gives every image of a batch what it would give it alone.
///
/// A file written for one image may name that batch size anywhere: in a reshape, in a class token of
/// batch one, in an axis that is dropped. Where all operators are known to keep images apart nothing
/// needs to be run; for any other network two images of noise go through it together and alone.
struct BatchTrial {
  let structure: NetworkStructure
  /// The shape of one image, batch first.
  let imageShape: [Int]

  init(_ structure: NetworkStructure, imageShape: [Int]) {
    self.structure = structure
    self.imageShape = imageShape
  }

  /// - Parameter plan: makes a plan.
  /// - Returns: whether the scores of both images are within 1 % of what tells the images apart.
  /// - Throws: an ``InferenceError``, where the network cannot run two images at all.
  func passes(_ plan: (PlanRequest) throws -> Plan) throws -> Bool {
    let pair = [2] + imageShape.dropFirst()
    if try ShapedGraph(structure.graph, inputShape: pair).keepsImagesApart(to: structure.scores) {
      return true
    }
    let images = [noise(seed: 1), noise(seed: 2)]
    let together = try scores(images[0] + images[1], pair, plan)
    let alone = try images.map { try scores($0, imageShape, plan) }
    guard together.count == alone[0].count + alone[1].count else { return false }
    let distance = zip(alone[0], alone[1]).map { abs($0 - $1) }.max() ?? 0
    let error = zip(together, alone[0] + alone[1]).map { abs($0 - $1) }.max() ?? 0
    // A comparison with what is not a number is false.
    return distance > 0 && error <= 0.01 * distance
  }

  private func scores(
    _ input: [Float], _ shape: [Int], _ plan: (PlanRequest) throws -> Plan
  ) throws -> [Float] {
    let plan = try plan(
      PlanRequest(source: structure.input, inputShape: shape, results: [structure.scores]))
    try plan.run { _ = $0.update(fromContentsOf: input) }
    return Array(plan.result(structure.scores))
  }

  /// Numbers in the range of normalised colours, the same ones every time (a linear congruential
  /// generator with Knuth's constants).
  private func noise(seed: UInt64) -> [Float] {
    var state = seed
    return (0..<elementCount(imageShape)).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 22) - 2
    }
  }
}

extension ShapedGraph {
  /// Whether every operator on the way to a value is known to keep the images of a batch apart; the
  /// batch is the first axis of all values between.
  func keepsImagesApart(to value: ValueID) -> Bool {
    guard let batch = inputShape.first else { return false }
    return nodes.needed(for: [value]).allSatisfy { node in
      let isFirst = node.outputs.compactMap(\.self).allSatisfy { output in
        constants[output] != nil || shapes[output]?.first == batch
      }
      return isFirst && keepsImagesApart(node)
    }
  }

  private func keepsImagesApart(_ node: Node) -> Bool {
    let data = node.inputs.compactMap(\.self).filter { constants[$0] == nil }
    guard data.allSatisfy({ shapes[$0]?.first == inputShape.first }) else { return false }
    let rank = (node.outputs.first ?? nil).flatMap { shapes[$0] }?.count ?? 0
    switch node.operation {
    case is Convolution, is any PoolingOperator, is any GlobalPoolingOperator,
      is BatchNormalization, is LRN,
      is any ElementwiseOperator, is any ReshapingOperator:
      return true
    case is any ArithmeticOperator:
      return node.inputs.compactMap(\.self).allSatisfy { value in
        let shape = shapes[value] ?? []
        return shape.count < rank || constants[value] == nil || shape.first == 1
      } && data.allSatisfy { shapes[$0]?.count == rank }
    case let concat as Concat: return concat.axis != 0 && concat.axis != -rank
    case let gemm as Gemm:
      return !gemm.transposesLeft && data.map(Optional.init) == [node.inputs[0]]
    default: return false
    }
  }
}
