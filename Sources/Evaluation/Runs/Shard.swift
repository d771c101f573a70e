/// One of several equal parts of a run, for one machine or process: every n-th unit.
public struct Shard: Sendable, Equatable, CustomStringConvertible {
  /// Which part, from 1.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// A part.
  ///
  /// - Parameters:
  ///   - index: Which part, from 1 to `count`.
  ///   - count: How many parts there are, at least 1; nil is returned for other numbers.
  public init?(index: Int, count: Int) {
    guard count >= 1, (1...count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// A part written as `2/8`.
  ///
  /// - Parameter text: The text; nil is returned for another form, or numbers out of range.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1] else { return nil }
    self.init(index: index, count: count)
  }

  /// `2/8`.
  public var description: String { "\(index)/\(count)" }

  /// The elements of this part.
  func part<Element>(of elements: [Element]) -> [Element] {
    stride(from: index - 1, to: elements.count, by: count).map { elements[$0] }
  }
}
