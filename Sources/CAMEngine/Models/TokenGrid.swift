import Inference

/// The grid of a network's tokens, where it is given and not derived from the graph.
public struct TokenGrid: Sendable, Hashable {
  /// Rows.
  public let height: Int
  /// Columns.
  public let width: Int
  /// How many tokens of no place, such as the class token, come before the grid.
  public let prefix: Int

  /// A grid.
  ///
  /// - Parameters:
  ///   - height: Rows, at least 1.
  ///   - width: Columns, at least 1.
  ///   - prefix: How many tokens of no place come before it.
  public init(height: Int, width: Int, prefix: Int = 0) {
    (self.height, self.width, self.prefix) = (height, width, prefix)
  }

  /// A grid as it is written, `14x14`: rows, then columns; nil for anything else.
  ///
  /// - Parameters:
  ///   - text: Two numbers from 1 to 4096 with an x between them.
  ///   - prefix: How many tokens of no place come before it, 0 to 4096.
  public init?(_ text: String, prefix: Int) {
    let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
      .map { Int($0) ?? 0 }
    guard sides.count == 2, sides.allSatisfy((1...4096).contains), (0...4096).contains(prefix)
    else { return nil }
    self.init(height: sides[0], width: sides[1], prefix: prefix)
  }

  var given: GivenGrid { GivenGrid(height: height, width: width, leading: prefix) }
}
