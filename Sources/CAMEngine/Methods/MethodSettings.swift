/// What methods can be told.
public struct MethodSettings: Sendable, Equatable {
  /// The settings of Increment-CAM.
  public var incrementCAM = IncrementCAMSettings()
  /// How many masked inputs run at once; nil chooses by the memory that they need.
  public var batchSize: Int?

  /// The default settings.
  public init() {}
}
