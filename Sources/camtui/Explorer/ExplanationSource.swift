import Terminal

/// Where the explorer gets its photos, classes and maps from.
///
/// All functions are called off the thread of the interface, and are cancelled by cancelling their
/// task: they should then throw `CancellationError` soon. Only one of them runs at a
/// time, but for `classes(matching:)` and `save(_:of:)`.
protocol ExplanationSource: Sendable {
  /// What can be explained, and how; known before the first image is.
  var model: ModelFacts { get }

  /// Reads an image.
  ///
  /// - Parameter path: The file.
  /// - Returns: The photo.
  /// - Throws: An error whose description is one sentence for the user.
  func open(_ path: String) async throws -> OpenedImage

  /// Classifies an image.
  ///
  /// - Parameter path: The file, opened before.
  /// - Returns: The scores of all classes.
  /// - Throws: An error whose description is one sentence for the user.
  func classify(_ path: String) async throws -> ClassScores

  /// Explains one class of an image.
  ///
  /// - Parameters:
  ///   - request: The layer, the class, the method and its parameters.
  ///   - path: The file, opened before.
  ///   - report: Takes what there is so far; a result that is valid by itself.
  /// - Returns: The result.
  /// - Throws: An error whose description is one sentence for the user.
  func explain(
    _ request: MapRequest, of path: String, report: @Sendable (MapResult) -> Void
  ) async throws -> MapResult

  /// Ranks the channels of a layer by what each adds to the Grad-CAM map of a class.
  ///
  /// - Parameters:
  ///   - request: The layer and the class.
  ///   - path: The file, opened before.
  /// - Returns: The channels that add something, the largest contribution first; perhaps not all.
  /// - Throws: An error whose description is one sentence for the user.
  func channels(for request: MapRequest, of path: String) async throws -> [RankedChannel]

  /// Classifies an image of which a part is hidden.
  ///
  /// - Parameters:
  ///   - path: The file, opened before.
  ///   - box: The part, in pixels of the network's input.
  /// - Returns: The scores of all classes.
  /// - Throws: An error whose description is one sentence for the user.
  func classify(_ path: String, hiding box: InputBox) async throws -> ClassScores

  /// Measures a map.
  ///
  /// - Parameters:
  ///   - measurement: The map, and which numbers of it.
  ///   - path: The file, opened before.
  ///   - report: Takes how far it is.
  /// - Returns: The numbers that there are: those that need boxes only where the boxes are known.
  /// - Throws: An error whose description is one sentence for the user.
  func measure(
    _ measurement: Measurement, of path: String, report: @escaping @Sendable (PassCount) -> Void
  ) async throws -> MapNumbers

  /// Writes the screen and the files of `explain --output` to a new folder.
  ///
  /// - Parameters:
  ///   - order: What to write.
  ///   - path: The file, opened before.
  /// - Returns: The path of the folder, for people.
  /// - Throws: An error whose description ends the sentence "Not saved: ".
  func save(_ order: SaveOrder, of path: String) async throws -> String

  /// The classes that a text may mean, best first.
  ///
  /// - Parameter text: What to look for.
  /// - Returns: Indices in the model's output; all for an empty text.
  func classes(matching text: String) async -> [Int]
}
