/// How many bytes a frame may take, the value of `--bandwidth`.
public enum BandwidthChoice: String, CaseIterable, Sendable {
  /// Exact colours as long as frames are taken as fast as they are made, then ever fewer.
  case auto
  /// Exact colours always.
  case high
  /// No channel of a colour is off by more than 8 of 255.
  case medium
  /// No channel of a colour is off by more than 16 of 255.
  case low
}
