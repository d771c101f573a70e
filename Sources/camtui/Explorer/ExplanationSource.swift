import Terminal

/// Where the explorer gets its photos, classes and maps from.
///
/// Both functions are called one at a time, off the thread of the interface, and are cancelled by
/// cancelling their task: they should then throw `CancellationError` soon.
protocol ExplanationSource: Sendable {
  /// Reads an image and classifies it.
  ///
  /// - Parameter path: The file.
  /// - Returns: The photo and its classes, at least one.
  /// - Throws: An error whose description is one sentence for the user.
  func open(_ path: String) async throws -> OpenedImage

  /// Explains one class of an image.
  ///
  /// - Parameters:
  ///   - path: The file, opened before.
  ///   - classIndex: The class, by its index in the model's output.
  /// - Returns: The map at the layer's resolution.
  /// - Throws: An error whose description is one sentence for the user.
  func map(of path: String, classIndex: Int) async throws -> ActivationMap
}

/// A classified photo.
struct OpenedImage: Equatable, Sendable {
  /// The photo as it is to be shown, at a size that suits a screen.
  var photo: Picture
  /// The part of the photo that the model saw, in the photo's pixels; `nil` for all of it.
  var crop: PictureRegion?
  /// The classes in descending order of probability.
  var classes: [ClassScore]
  /// The name of the model.
  var modelName: String
  /// The name of the layer that maps are made of.
  var layerName: String
  /// The name of the method that makes them.
  var methodName: String
}

/// A class with what the model says of it.
struct ClassScore: Equatable, Sendable {
  /// The index in the model's output.
  var index: Int
  /// The name of the class.
  var label: String
  /// The probability, 0 to 1.
  var probability: Double
  /// The score before softmax.
  var score: Double
}

/// A class activation map.
struct ActivationMap: Equatable, Sendable {
  /// The values, 0 to 1, row by row: `[height, width]`.
  var values: [Float]
  /// The number of columns.
  var width: Int
  /// The number of rows.
  var height: Int
  /// How long it took to compute.
  var seconds: Double
}
