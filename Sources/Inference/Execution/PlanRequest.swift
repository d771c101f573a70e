/// What a plan is to compute.
struct PlanRequest: Hashable, Sendable {
  /// The value that is fed: the network's input, or an activation to run the tail from.
  var source: ValueID
  /// The shape of the network's input that this belongs to, batch first.
  var inputShape: [Int]
  /// The values wanted back, row-major.
  var results: [ValueID]
  /// The scores, `[batch, classes]` once flattened, and the value whose gradient is wanted.
  var gradient: GradientRequest?
  /// The values among them that are fed and given back as maps `[N, K, h, w]`, however the graph holds
  /// them.
  var maps: [ValueID: MapView] = [:]
  /// Values besides the source that are fed, with their shapes for one image; every place of the batch
  /// sees the same.
  var fixed: [ValueID: [Int]] = [:]
}

/// The derivative of a score with respect to an activation.
struct GradientRequest: Hashable, Sendable {
  var of: ValueID
  var with: ValueID
  /// Values between the two whose gradients are wanted besides.
  var behind: [ValueID] = []
}
