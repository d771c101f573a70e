/// All functions whose gradients are checked.
enum GradientCases {
  static let all: [GradientCase] =
    activations + behindConvolutions + convolutions + poolings + normalizations + products
    + arithmetic + functions + pairs + resamplings + contractions + reductions + movements
    + reshapes + selections + patterns + fused

  /// Functions of images once more on blocked layouts.
  private static let behindConvolutions =
    (activations + poolings + normalizations)
    .filter { $0.shape.count == 4 && $0.shape[1] == 17 && $0.name != "Sqrt" }
    .map(\.behindConvolution)
}
