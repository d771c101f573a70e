/// What methods can be told.
public struct MethodSettings: Sendable, Hashable {
  /// The settings of Increment-CAM.
  public var incrementCAM = IncrementCAMSettings()
  /// How many masked inputs run at once; nil chooses by ``memoryLimit``. Changes a map by rounding
  /// alone.
  public var batchSize: Int?
  /// The memory that the activations of one batch may take, in bytes; a batch that needs more is made
  /// smaller, down to one image. Nil is 256 MiB where no batch size is asked for.
  public var memoryLimit: Int?

  /// The default settings.
  public init() {}
}
