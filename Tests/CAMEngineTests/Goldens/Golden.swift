import Foundation

@testable import CAMEngine

/// Results that an independent program (PyTorch, ONNX Runtime) computed, in a folder beside the
/// repository.
struct Golden: Decodable {
  /// The ONNX file.
  let model: String
  /// The photo.
  let image: String
  /// The explained layer.
  let layer: String
  /// The explained class.
  let classIndex: Int

  private enum CodingKeys: String, CodingKey {
    case model, image, layer
    case classIndex = "class"
  }

  /// The name of the case.
  private(set) var name = ""

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    model = try values.decode(String.self, forKey: .model)
    image = try values.decode(String.self, forKey: .image)
    layer = try values.decode(String.self, forKey: .layer)
    classIndex = try values.decode(Int.self, forKey: .classIndex)
  }

  init(named name: String) throws {
    let path = "\(Self.folder)/reference/golden/\(name)/case.json"
    let json = try Data(contentsOf: URL(fileURLWithPath: path))
    self = try JSONDecoder().decode(Golden.self, from: json)
    self.name = name
  }

  /// An array of the case.
  func array(_ file: String) throws -> NPY {
    try NPY(contentsOfFile: "\(Self.folder)/reference/golden/\(name)/\(file).npy")
  }

  /// The network.
  func loadedModel() throws -> Model {
    try Model(contentsOfFile: "\(Self.folder)/models/\(model)")
  }

  /// The photo that the case was made of.
  func photo() throws -> Image {
    try Image(contentsOfFile: "\(Self.folder)/photos/demo/\(image)")
  }

  /// `../shared` beside the repository's root.
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("shared").path

  /// The names of all cases; empty where the folder is absent.
  static let names: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder + "/reference/golden")
    return (names ?? []).sorted()
  }()

  /// Whether there are models.
  static let hasModels = FileManager.default.fileExists(atPath: folder + "/models/golden")
}

extension PreparedInput {
  /// An input whose values are known; the picture and its place on a photo are not.
  init(values: [Float], width: Int, height: Int) {
    self.init(
      values: values, width: width, height: height,
      geometry: CropGeometry(
        photoWidth: width, photoHeight: height, resizedWidth: width, resizedHeight: height,
        crop: PixelRectangle(left: 0, top: 0, width: width, height: height)),
      image: Image(width: width, height: height, color: RGB(0, 0, 0)))
  }
}
