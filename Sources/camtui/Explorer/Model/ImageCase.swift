/// Why an image is in the list: its place in an evaluation.
struct ImageCase: Equatable, Sendable {
  /// The class that was explained, by its index in the model's output.
  var classIndex: Int
  /// The place, such as `worst 3 of 48`.
  var rank: String
  /// The metric with its value, such as `pixel precision 12.3 %`.
  var figure: String
  /// The method that was measured, by its name on the command line.
  var method: String
}

extension ExplorerState {
  /// The place in an evaluation of what is on the screen: of the image, its class and the method.
  var shownCase: ImageCase? {
    guard let known = image.evaluated, known.method == method,
      known.classIndex == image.selectedClassIndex
    else { return nil }
    return known
  }
}
