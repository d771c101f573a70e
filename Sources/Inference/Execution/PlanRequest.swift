/// What a plan is to compute.
struct PlanRequest: Hashable, Sendable {
  /// The value that is fed: the network's input, or an activation to run the tail from.
  var source: ValueID
  /// Its shape, batch first.
  var sourceShape: [Int]
  /// The values wanted back, row-major.
  var results: [ValueID]
  /// The scores, `[batch, classes]` once flattened, and the value whose gradient is wanted.
  var gradient: GradientRequest?
  /// The layers among them that the graph holds as `[N, h, w, K]`; they are fed and given back as
  /// `[N, K, h, w]` all the same.
  var channelsLast: Set<ValueID> = []
}

/// The derivative of a score with respect to an activation.
struct GradientRequest: Hashable, Sendable {
  var of: ValueID
  var with: ValueID
}
