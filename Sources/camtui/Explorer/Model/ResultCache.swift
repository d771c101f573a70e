/// The results that are kept, so that every combination once computed is instant again: as many as
/// ``capacity``, those left out that were not used for the longest time.
struct ResultCache: Equatable, Sendable {
  /// What became of a request.
  enum Status: Equatable, Sendable {
    case ready(MapResult)
    /// The sentence says why.
    case failed(String)
  }

  private struct Entry: Equatable, Sendable {
    var status: Status
    var lastUse: Int
  }

  let capacity: Int
  private var entries: [MapRequest: Entry] = [:]
  private var clock = 0

  init(capacity: Int = 256) {
    self.capacity = capacity
  }

  var count: Int { entries.count }

  /// What became of a request; `nil` where nothing is kept.
  subscript(request: MapRequest) -> Status? { entries[request]?.status }

  /// The result of a request, complete or not.
  func result(of request: MapRequest) -> MapResult? {
    guard case .ready(let result)? = self[request] else { return nil }
    return result
  }

  mutating func store(_ status: Status, for request: MapRequest) {
    clock += 1
    entries[request] = Entry(status: status, lastUse: clock)
    guard entries.count > capacity else { return }
    let oldest = entries.min { $0.value.lastUse < $1.value.lastUse }?.key
    if let oldest { entries[oldest] = nil }
  }

  /// Remembers that a result is on the screen.
  mutating func use(_ request: MapRequest) {
    guard let entry = entries[request], entry.lastUse != clock else { return }
    clock += 1
    entries[request]?.lastUse = clock
  }
}
