/// Numbers for pairs of colours, used again once nothing on the screen needs them.
///
/// ncurses names colours by the number of a pair. Its own allocator fails for good when all
/// numbers are taken (6.4), so they are given out here. A number is taken back only if neither
/// this frame nor the one before used it: cells that are still on the screen keep their colours.
///
/// A frame first says what it wants, then numbers are given in the order of the colours: ncurses
/// keeps its pairs in a search tree, in which neighbours are found several times as fast.
struct PairCache {
  /// What ncurses has to be told: the number is new, or had other colours before.
  struct Definition: Equatable {
    var number: Int32
    var colors: PairColors
  }

  private var table: PairTable
  /// By number; number 0 is the terminal's default pair and never given out.
  private var colors: [PairColors] = [.standard]
  private var lastUse: [Int] = [0]
  private var wanted: [PairColors] = []
  private var frame = 2
  private var hand = 0
  private(set) var capacity: Int

  /// - Parameter capacity: The greatest number of pairs, at least 1.
  init(capacity: Int) {
    self.capacity = max(1, capacity)
    table = PairTable(capacity: self.capacity)
  }

  /// Raises the number of pairs; it never falls.
  mutating func grow(to newCapacity: Int) {
    guard newCapacity > capacity else { return }
    capacity = newCapacity
    table = PairTable(capacity: capacity)
    for number in colors.indices.dropFirst() { table.set(Int32(number), for: colors[number]) }
  }

  mutating func beginFrame() {
    frame += 1
    wanted.removeAll(keepingCapacity: true)
  }

  /// Notes that a cell of this frame shows a pair.
  mutating func use(_ number: Int32) {
    lastUse[Int(number)] = frame
  }

  /// Notes that a cell of this frame will have two colours.
  mutating func want(_ colors: PairColors) {
    if let number = number(of: colors) { use(number) } else { wanted.append(colors) }
  }

  /// Gives numbers to all wanted colours that have none, as far as there are any.
  mutating func assign() -> [Definition] {
    wanted.sort()
    var definitions: [Definition] = []
    definitions.reserveCapacity(wanted.count)
    // One turn of the hand a frame is enough: what was in use stays so until the frame ends.
    var sweepLeft = colors.count - 1
    for colors in wanted where table[colors] == nil {
      guard let number = freeNumber(&sweepLeft) else { break }
      self.colors[Int(number)] = colors
      table.set(number, for: colors)
      use(number)
      definitions.append(Definition(number: number, colors: colors))
    }
    return definitions
  }

  /// The number of two colours: 0 for the terminal's own, `nil` for colours that got none.
  func number(of colors: PairColors) -> Int32? {
    colors == .standard ? 0 : table[colors]
  }

  private mutating func freeNumber(_ sweepLeft: inout Int) -> Int32? {
    if colors.count <= capacity {
      colors.append(.standard)
      lastUse.append(0)
      return Int32(colors.count - 1)
    }
    while sweepLeft > 0 {
      sweepLeft -= 1
      hand = hand % (colors.count - 1) + 1
      if frame - lastUse[hand] > 1 {
        table.remove(colors[hand])
        return Int32(hand)
      }
    }
    return nil
  }
}
