import Foundation
import Inference

/// Which model something was made for: the file, and the size at which the network runs.
struct ModelIdentity: Sendable, Hashable {
  /// The path of the ONNX file, the same however it was named.
  let path: String
  /// The input's columns.
  let width: Int
  /// The input's rows.
  let height: Int

  /// - Parameters:
  ///   - path: The path of the ONNX file.
  ///   - width: The input's columns.
  ///   - height: The input's rows.
  init(path: String, width: Int, height: Int) {
    self.path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    self.width = width
    self.height = height
  }
}

extension Model {
  /// Which model this is.
  var identity: ModelIdentity {
    ModelIdentity(path: path, width: inputSize.width, height: inputSize.height)
  }

  /// Refuses an input that another model prepared, or of another size: the network would read what is no
  /// picture.
  ///
  /// - Parameter input: The input; one that no model prepared is known by its size alone.
  /// - Throws: ``ModelError`` of the kind ``ModelError/Kind/request``.
  func check(_ input: PreparedInput) throws {
    let (width, height) = inputSize
    guard input.width == width, input.height == height,
      input.values.count == structure.channels * width * height
    else {
      throw ModelError(
        .request,
        "The input has \(input.values.count) values of \(input.width) x \(input.height) pixels; \(path)"
          + " takes \(structure.channels) x \(width) x \(height): expected what its model prepared."
      )
    }
    guard let other = input.model, other != identity else { return }
    throw ModelError(
      .request, "The input was prepared for \(other.path); expected one that \(path) prepared.")
  }

  /// Refuses what another model began.
  ///
  /// - Parameter progress: What there is.
  /// - Throws: ``ModelError`` of the kind ``ModelError/Kind/request``.
  func check(_ progress: IncrementCAMProgress) throws {
    guard progress.model != identity else { return }
    throw ModelError(
      .request,
      "The explanation was begun by \(progress.model.path) at \(progress.model.width) x"
        + " \(progress.model.height) pixels; expected to go on with the same model, not \(path).")
  }

  /// Refuses a layer that this network has not.
  ///
  /// - Parameter layer: The layer.
  /// - Throws: ``ModelError`` of the kind ``ModelError/Kind/request``.
  func check(_ layer: Layer) throws {
    guard !layers.contains(layer) else { return }
    throw ModelError(
      .request,
      "The layer \(layer.name) (\(layer.channels) x \(layer.height) x \(layer.width)) is none of"
        + " \(path); expected one of its layers.")
  }
}
