/// What the network itself says of its input, for settings that depend on it.
public struct NetworkInput: Sendable, Equatable {
  /// What its numbers are.
  public enum Values: Sendable, Equatable {
    /// The graph does not tell.
    case unknown
    /// Integers: the pixels' bytes as they are.
    case bytes
    /// Real numbers that the graph first scales itself, by a factor that only bytes need: 0 to 255.
    case byteRange
    /// Real numbers of which the graph first subtracts a mean and divides by a deviation: 0 to 1.
    case unitRange
  }

  /// Columns; nil where the network leaves them free.
  public var width: Int?
  /// Rows; nil where the network leaves them free.
  public var height: Int?
  /// One or three.
  public var channels: Int
  /// What its numbers are.
  public var values: Values

  /// An input.
  ///
  /// - Parameters:
  ///   - width: Columns; nil where the network leaves them free.
  ///   - height: Rows; nil where the network leaves them free.
  ///   - channels: One or three.
  ///   - values: What its numbers are.
  public init(width: Int?, height: Int?, channels: Int = 3, values: Values = .unknown) {
    self.width = width
    self.height = height
    self.channels = channels
    self.values = values
  }

  /// The size where neither the network nor its preprocessing says one.
  static let assumedSide = 224

  /// The size, with what is usual where it is free.
  var size: Preprocessor.Size {
    Preprocessor.Size(width: width ?? Self.assumedSide, height: height ?? Self.assumedSide)
  }
}
