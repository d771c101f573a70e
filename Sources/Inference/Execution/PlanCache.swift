/// The plans that were used last, as many as fit into a fixed amount of memory.
struct PlanCache {
  /// The memory that the activations of all kept plans may take; the newest is kept in any case.
  private static let byteLimit = 768 << 20

  /// The least recently used first.
  private var plans: [Plan] = []

  /// The plan for a request; it counts as used now.
  subscript(request: PlanRequest) -> Plan? {
    mutating get {
      guard let place = plans.firstIndex(where: { $0.request == request }) else { return nil }
      let plan = plans.remove(at: place)
      plans.append(plan)
      return plan
    }
  }

  /// Keeps a plan, and drops others that there is no room for.
  ///
  /// - Returns: whether any was dropped.
  mutating func insert(_ plan: Plan) -> Bool {
    plans.append(plan)
    var byteCount = plans.reduce(0) { $0 + $1.arenaByteCount }
    let excess = plans.dropLast().prefix { kept in
      defer { byteCount -= kept.arenaByteCount }
      return byteCount > Self.byteLimit
    }
    plans.removeFirst(excess.count)
    return !excess.isEmpty
  }

  /// Drops a plan.
  mutating func remove(_ request: PlanRequest) {
    plans.removeAll { $0.request == request }
  }
}
