/// Numbers for pairs of colours, used again once nothing on the screen needs them.
///
/// ncurses names colours by the number of a pair. Its own allocator fails for good when all
/// numbers are taken (6.4), so they are given out here. A number is taken back only if neither
/// this frame nor the two before used it: cells that are still on the screen keep their colours.
struct PairCache {
  /// What ncurses has to be told about a pair.
  enum Lookup: Equatable {
    case known(Int32)
    /// The number is new, or was given to other colours before: define it.
    case define(Int32)
    /// Every number is in use.
    case exhausted
  }

  private struct Colors: Hashable {
    var foreground: Int32
    var background: Int32
  }

  private var numbers: [Colors: Int32] = [:]
  /// By number; number 0 is the terminal's default pair and never given out.
  private var colors: [Colors?] = [nil]
  private var lastUse: [Int] = [0]
  private var frame = 3
  private var hand = 0
  private var sweepLeft = 0
  private(set) var capacity: Int

  /// - Parameter capacity: The greatest number of pairs, at least 1.
  init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  /// Raises the number of pairs; it never falls.
  mutating func grow(to newCapacity: Int) {
    capacity = max(capacity, newCapacity)
  }

  mutating func beginFrame() {
    frame += 1
    sweepLeft = colors.count
  }

  /// Notes that a cell of this frame shows a pair.
  mutating func use(_ number: Int32) {
    lastUse[Int(number)] = frame
  }

  /// The number for two colours, used in this frame.
  mutating func look(up foreground: Color, on background: Color) -> Lookup {
    let wanted = Colors(foreground: foreground.code, background: background.code)
    if let number = numbers[wanted] {
      use(number)
      return .known(number)
    }
    guard let number = freeNumber() else { return .exhausted }
    if let former = colors[Int(number)] { numbers[former] = nil }
    colors[Int(number)] = wanted
    numbers[wanted] = number
    use(number)
    return .define(number)
  }

  private mutating func freeNumber() -> Int32? {
    if colors.count <= capacity {
      colors.append(nil)
      lastUse.append(0)
      return Int32(colors.count - 1)
    }
    // One turn of the hand a frame is enough: what was in use stays so until the frame ends.
    while sweepLeft > 0 {
      sweepLeft -= 1
      hand = hand % (colors.count - 1) + 1
      if frame - lastUse[hand] > 2 { return Int32(hand) }
    }
    return nil
  }
}
