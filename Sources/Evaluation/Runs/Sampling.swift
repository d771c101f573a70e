/// Draws photos at random so that a seed repeats the choice.
enum Sampling {
  /// Some elements in their order.
  ///
  /// - Parameters:
  ///   - elements: All of them.
  ///   - count: How many are wanted; all for nil, or where there are fewer.
  ///   - seed: Equal seeds choose alike.
  /// - Returns: The chosen ones, without repetition.
  static func sample<Element>(_ elements: [Element], count: Int?, seed: UInt64) -> [Element] {
    guard let count, count < elements.count else { return elements }
    var places = Array(elements.indices)
    var numbers = SplitMix64(seed: seed)
    for place in 0..<count {
      places.swapAt(place, place + numbers.next(below: places.count - place))
    }
    return places.prefix(count).sorted().map { elements[$0] }
  }
}
