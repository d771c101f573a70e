import ArgumentParser
import CAMEngine

/// The value of `--size`: `WIDTHxHEIGHT`, or one number for a square.
struct InputSizeOption: ExpressibleByArgument {
  /// The size.
  let size: Preprocessor.Size

  init?(argument: String) {
    let sides = argument.split(separator: "x", omittingEmptySubsequences: false).map {
      Int($0) ?? 0
    }
    guard (1...2).contains(sides.count), sides.allSatisfy((1...16_384).contains) else { return nil }
    size = Preprocessor.Size(width: sides[0], height: sides[sides.count - 1])
  }
}
