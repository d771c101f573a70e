import CAMEngine

/// The version of camtui: the one place where the number stands. What changed from one to the next is in
/// the article *Changes* of CAMEngine's documentation.
enum Version {
  /// Semantic versioning 2.0.
  static let number = "0.2.0"

  /// What `--version` prints: the number, the library that computes and the instructions in use.
  static var text: String { "\(number) (\(ComputeBackend.description))" }
}
