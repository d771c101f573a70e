import Inference

/// Attention rollout: Abnar and Zuidema 2020, "Quantifying Attention Flow in Transformers".
///
///     A_l = (mean over heads of A_l + I) / 2     R = A_L ... A_1     map = the rows of R that are read
///
/// The row of the class token is read where there is one, else the mean of the rows of all places. The
/// class that is explained has no part in it. Cost: three forward passes, one of them shared, and one backward
/// pass that tells which rows are read.
enum AttentionRollout: CAMMethod {
  static let name = "attention-rollout"
  static let note = MethodNote(
    "Attention rollout",
    "How much of each token reaches the one that the scores read, if every block passes on half of a"
      + " token and half of what it attends to. The class has no part in it.",
    "R = A_L · ... · A_1        A = ( mean_h A_h + I ) / 2")
  static let needsAttention = true

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes {
    Passes(forward: 3, backward: 1)
  }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let flow = try AttentionFlow(scene, method: name)
    let pass = try flow.pass(seed: nil)
    let matrices = pass.matrices.map { flow.headMean($0).map { $0 / 2 } }
    return .map(name, try flow.map(matrices, identity: 0.5))
  }
}

/// Gradient-weighted attention: Chefer, Gur and Wolf 2021, "Generic Attention-model Explainability for
/// Interpreting Bi-Modal and Encoder-Decoder Transformers", equations 5 and 6.
///
///     A_l = mean over heads of ReLU(df_c / dA_l * A_l)     R = R + A_l R, from R = I
///
/// The map is the rows of R that are read, as ``AttentionRollout``'s. Cost: three forward passes, one of them
/// shared, and two backward passes, one of them to the first attention.
enum GenericAttention: CAMMethod {
  static let name = "generic-attention"
  static let note = MethodNote(
    "Gradient-weighted attention",
    "As attention rollout, but an attention counts only where more of it raises the score.",
    "R = R + A · R        A = mean_h ReLU( ∂f_c / ∂A_h · A_h )")
  static let needsAttention = true

  static func cost(_ layer: Layer, _ settings: MethodSettings) -> Passes {
    Passes(forward: 3, backward: 2)
  }

  static func result(_ scene: Scene, _ settings: MethodSettings) throws -> MethodResult {
    let flow = try AttentionFlow(scene, method: name)
    let pass = try flow.pass(seed: flow.seed)
    let matrices = zip(pass.matrices, pass.gradients).map { matrix, gradient in
      flow.headMean(zip(matrix, gradient).map { max(0, $0 * $1) })
    }
    return .map(name, try flow.map(matrices, identity: 1))
  }
}

/// What the two have in common: the attentions of a network over one grid, multiplied layer by layer.
private struct AttentionFlow {
  private let scene: Scene
  private let attentions: [SelfAttention]
  private let first: SelfAttention

  /// - Throws: ``MethodRefusal`` where the network has no attention that shows its matrix, or more than
  ///   one grid, or not the layer's.
  init(_ scene: Scene, method: String) throws {
    let attentions = scene.executor.structure.attentions
    guard let first = attentions.first else {
      throw MethodRefusal(
        "\(method) needs a transformer whose attention matrices over all tokens stand in the graph, as"
          + " Softmax of queries times keys; \(scene.executor.structure.graph.file) has none, and another"
          + " method was expected.")
    }
    let isOne = attentions.allSatisfy {
      ($0.height, $0.width, $0.leading, $0.tokens)
        == (first.height, first.width, first.leading, first.tokens)
    }
    guard isOne, (scene.layer.height, scene.layer.width) == (first.height, first.width) else {
      throw MethodRefusal(
        "\(method) needs one grid of tokens from the first attention to the last, and a layer with that"
          + " grid; \(scene.layer.name) is \(scene.layer.height) x \(scene.layer.width), the attention"
          + " \(first.name) \(first.height) x \(first.width)\(isOne ? "" : ", and others differ").")
    }
    (self.scene, self.attentions, self.first) = (scene, attentions, first)
  }

  /// The weight of every score in what is explained.
  var seed: [Float] { scene.head.seed(of: scene.target, in: scene.observation.row) }

  /// Runs the network, and backward where a sum of scores is named.
  func pass(seed: [Float]?) throws -> AttentionPass {
    let pass = try scene.executor.pass(
      through: attentions, input: scene.values, seed: seed)
    PassCounter.current?.add(Passes(forward: 1, backward: seed == nil ? 0 : 1))
    return pass
  }

  /// Whether the scores read tokens of no place alone, behind the last layer of the grid.
  private func readsClassToken() throws -> Bool {
    let structure = scene.executor.structure
    let last = structure.layers.last {
      $0.isCandidate && $0.view.leading == first.leading && $0.channels > 1
        && ($0.height, $0.width) == (first.height, first.width)
    }
    guard first.leading > 0, let last else { return false }
    let pass = try scene.executor.pass(to: last, input: scene.values)
    _ = try pass.gradient(seeds: [seed])
    PassCounter.current?.add(Passes(forward: 1, backward: 1))
    return pass.reachedStrayTokensAlone
  }

  /// The mean over the heads of `[heads, tokens, tokens]`.
  func headMean(_ matrix: [Float]) -> [Float] {
    let size = first.tokens * first.tokens
    let heads = matrix.count / size
    var result = Array(repeating: Float(0), count: size)
    for head in 0..<heads {
      for index in 0..<size { result[index] += matrix[head * size + index] / Float(heads) }
    }
    return result
  }

  /// The rows that are read of the product of all `matrix + identity I`, the last layer's leftmost.
  ///
  /// Only those rows are multiplied, from the last layer to the first: tokens² operations a layer.
  func map(_ matrices: [[Float]], identity: Float) throws -> [Float] {
    let (count, places) = (first.tokens, first.leading..<first.leading + first.height * first.width)
    var row = Array(repeating: Float(0), count: count)
    if try readsClassToken() {
      row[0] = 1
    } else {
      for place in places { row[place] = 1 / Float(places.count) }
    }
    for matrix in matrices.reversed() {
      try Task.checkCancellation()
      var next = row.map { identity * $0 }
      for token in 0..<count where row[token] != 0 {
        for other in 0..<count { next[other] += row[token] * matrix[token * count + other] }
      }
      row = next
    }
    return Array(row[places])
  }
}
