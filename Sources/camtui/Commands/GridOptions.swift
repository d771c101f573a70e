import ArgumentParser
import CAMEngine

/// The options that say where the grid of a transformer's tokens is, where the graph does not.
struct GridOptions: ParsableArguments {
  @Option(
    name: .customLong("grid"),
    help: "The rows and columns of a transformer's tokens, such as 14x14, where they are not found."
  )
  var text: String?

  @Option(
    help: "With --grid: how many tokens of no place, such as the class token, come before the grid."
  )
  var prefix: Int?

  /// The grid, where one is given.
  var grid: TokenGrid? { text.flatMap { TokenGrid($0, prefix: prefix ?? 0) } }

  func validate() throws {
    if let text, grid == nil {
      throw ValidationError(
        "--grid \(text)\(prefix.map { " --prefix \($0)" } ?? ""): rows and columns such as 14x14 were"
          + " expected, and with --prefix how many tokens come before them.")
    }
    if text == nil, prefix != nil {
      throw ValidationError("--prefix says how many tokens come before --grid, which was expected.")
    }
  }
}
