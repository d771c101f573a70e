/// One class of one image, explained by several methods.
public struct MethodComparison: Sendable {
  /// The passes that all methods shared: for each layer one forward pass, and one backward pass where
  /// a method wants it.
  public let sharedPasses: Passes
  /// Their time, in seconds.
  public let sharedSeconds: Double
  /// One explanation a method, in the order asked for; passes and seconds are those beyond the shared
  /// ones.
  public let explanations: [Explanation]
  /// Why methods are missing among them, one sentence each.
  public let leftOut: [String]

  /// The explanation with the shared passes, where there is only one.
  public var only: Explanation? {
    guard explanations.count == 1 else { return nil }
    return explanations[0].including(sharedPasses, sharedSeconds)
  }
}
