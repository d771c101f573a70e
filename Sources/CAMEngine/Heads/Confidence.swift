/// How certain a model is of a target: its probability, or, where there are none, its score as a share of
/// that of the whole photo.
///
///     p_c(Z), or f(Z) / |f(X)|
struct Confidence: Sendable, Equatable {
  let head: Head
  let target: Target
  /// The target's score for the whole photo, f(X).
  let reference: Float

  init(head: Head, target: Target, reference: Float) {
    (self.head, self.target, self.reference) = (head, target, reference)
  }

  /// That of a target whose score for the photo is known.
  init(_ known: Classification.ClassScore, _ head: Head) {
    let score = known.target.isLess ? -known.score : known.score
    self.init(head: head, target: known.target, reference: score)
    probabilityOfPhoto = known.probability
  }

  private var probabilityOfPhoto: Float?

  /// That of the whole photo.
  var ofPhoto: Float { probabilityOfPhoto ?? share(reference) }

  /// - Parameter row: What the network gives for an image.
  /// - Returns: 0 to 1 for a probability.
  func callAsFunction(_ row: [Float]) -> Float {
    head.probability(of: target, in: row) ?? share(head.score(of: target, in: row))
  }

  private func share(_ score: Float) -> Float { score / (reference == 0 ? 1 : abs(reference)) }
}
