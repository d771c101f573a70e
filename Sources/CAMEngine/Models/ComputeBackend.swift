import Inference

/// What networks are computed with.
public enum ComputeBackend {
  /// The library's version and the best instructions in use, which `ONEDNN_MAX_CPU_ISA` can bound, e.g.
  /// `oneDNN 2.6.3, AVX-512`.
  public static var description: String { ComputeLibrary.description }
}
