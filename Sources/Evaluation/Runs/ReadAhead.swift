/// Things that are read in order, some before they are asked for.
struct ReadAhead<Value: Sendable> {
  private let count: Int
  private let ahead: Int
  private let read: (Int) -> Task<Value, any Error>
  private var waiting: [Task<Value, any Error>] = []
  private var begun = 0

  /// - Parameters:
  ///   - count: How many there are.
  ///   - ahead: How many are read before they are asked for; with 0, none is.
  ///   - read: Begins to read one.
  init(count: Int, ahead: Int, _ read: @escaping (Int) -> Task<Value, any Error>) {
    self.count = count
    self.ahead = ahead
    self.read = read
    begin(ahead)
  }

  /// The next one; to be called as often as there are.
  mutating func next() -> Task<Value, any Error> {
    begin(waiting.isEmpty ? 1 : 0)
    let task = waiting.removeFirst()
    begin(ahead - waiting.count)
    return task
  }

  /// Ends the reading of those that nobody asked for.
  func cancel() { for task in waiting { task.cancel() } }

  private mutating func begin(_ more: Int) {
    for index in begun..<min(count, begun + max(0, more)) { waiting.append(read(index)) }
    begun = min(count, begun + max(0, more))
  }
}
