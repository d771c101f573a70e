/// A plan that gets faster while it is used.
///
/// oneDNN never chooses Winograd convolutions by itself, and which layouts are best for a single
/// image depends on the processor. So the first runs go through differently made plans and are
/// timed node by node; they are real work, nothing is run for the sake of measuring. Then every
/// convolution gets the algorithm that was faster. A plan that runs once pays nothing.
final class TunedPlan {
  /// One way to make the plan.
  struct Variant: Hashable {
    var propagation: Propagation
    var algorithm: ConvolutionAlgorithm
  }

  private let request: PlanRequest
  private let make: (PlanRequest) throws -> Plan
  private let tidy: () -> Void
  /// Whether a plan was put aside that the last run's caller may still have been reading.
  private var isTidyDue = false
  private let convolutions: [String]
  private var pending: [Variant]
  private var seconds: [Variant: [String: Double]] = [:]
  private var runsLeft: Int
  private var plan: Plan
  /// The input of the last run, where it was given as an array.
  private var lastInput: [Float]?

  /// The first run of a plan also touches its memory for the first time, and on a busy machine any run
  /// may be slow: the best one counts. Short runs are disturbed more, and cost less.
  private static func runsPerVariant(_ request: PlanRequest) -> Int {
    (request.sourceShape.first ?? 1) < 8 ? 5 : 2
  }

  /// - Parameters:
  ///   - request: what to compute.
  ///   - convolutions: the names of the nodes for which Winograd is worth a try.
  ///   - make: compiles a request.
  ///   - tidy: called after a plan was put aside, to free the weights that it alone had packed.
  /// - Throws: what `make` throws.
  init(
    _ request: PlanRequest, convolutions: [String],
    make: @escaping (PlanRequest) throws -> Plan, tidy: @escaping () -> Void
  ) throws {
    self.request = request
    self.convolutions = convolutions
    self.make = make
    self.tidy = tidy
    pending = Self.variants(request, hasWinograd: !convolutions.isEmpty)
    plan = try make(request)
    runsLeft = Self.runsPerVariant(request)
  }

  /// Bytes that the activations take.
  var arenaByteCount: Int { plan.arenaByteCount }

  /// Feeds the input and runs forward.
  ///
  /// - Parameter write: fills the row-major input in place.
  /// - Returns: the plan that ran: results and gradients are to be asked of it.
  /// - Throws: an ``InferenceError``, or what `write` throws.
  func run(_ write: (UnsafeMutableBufferPointer<Float>) throws -> Void) throws -> Plan {
    lastInput = nil
    if isTidyDue { tidy() }
    isTidyDue = false
    guard let variant = pending.first else {
      try plan.run(write)
      return plan
    }
    let times = try plan.runTimed(write)
    seconds[variant, default: times].merge(times, uniquingKeysWith: min)
    let finished = plan
    runsLeft -= 1
    if runsLeft == 0 { try advance() }
    return finished
  }

  /// Feeds an array and runs forward, unless the last run was of the same one.
  func run(_ values: [Float]) throws -> Plan {
    if let lastInput, lastInput == values, let lastPlan { return lastPlan }
    let ran = try run { _ = $0.update(fromContentsOf: values) }
    lastInput = values
    lastPlan = ran
    return ran
  }

  private var lastPlan: Plan?

  private func advance() throws {
    runsLeft = Self.runsPerVariant(request)
    pending.removeFirst()
    lastPlan = nil
    if let next = pending.first {
      plan = try make(request(next, winograd: next.algorithm == .winograd ? convolutions : []))
    } else {
      plan = try make(best())
      seconds = [:]
    }
    isTidyDue = true
  }

  /// The request with the faster algorithm for every convolution and the faster propagation.
  private func best() -> PlanRequest {
    let candidates = Set(seconds.keys.map(\.propagation)).map { propagation in
      combined(propagation)
    }
    let fastest = candidates.min { $0.seconds < $1.seconds }
    return fastest?.request ?? request
  }

  private func combined(_ propagation: Propagation) -> (request: PlanRequest, seconds: Double) {
    let direct = seconds[Variant(propagation: propagation, algorithm: .direct)] ?? [:]
    let winograd = seconds[Variant(propagation: propagation, algorithm: .winograd)] ?? [:]
    let faster = convolutions.filter { node in
      guard let a = winograd[node], let b = direct[node] else { return false }
      return a < b
    }
    let total = direct.reduce(0) { sum, entry in
      sum + (faster.contains(entry.key) ? winograd[entry.key] ?? entry.value : entry.value)
    }
    let variant = Variant(propagation: propagation, algorithm: .direct)
    return (request(variant, winograd: faster), total)
  }

  private func request(_ variant: Variant, winograd: [String]) -> PlanRequest {
    var result = request
    result.propagation = variant.propagation
    result.algorithms = Dictionary(uniqueKeysWithValues: winograd.map { ($0, .winograd) })
    return result
  }

  /// Inference layouts are for plans without a gradient; blocked ones win from a few images on.
  private static func variants(_ request: PlanRequest, hasWinograd: Bool) -> [Variant] {
    let algorithms: [ConvolutionAlgorithm] = hasWinograd ? [.direct, .winograd] : [.direct]
    let isSmall = request.gradient == nil && (request.sourceShape.first ?? 1) < 8
    let propagations: [Propagation] = isSmall ? [.training, .inference] : [.training]
    let variants = propagations.flatMap { propagation in
      algorithms.map { Variant(propagation: propagation, algorithm: $0) }
    }
    return variants.count > 1 ? variants : []
  }
}
