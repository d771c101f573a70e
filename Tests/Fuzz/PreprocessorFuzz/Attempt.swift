import CAMEngine
import Foundation

/// Texts that are read as the files beside a model, as its metadata, and as labels.
struct Attempt {
  let settings: [UInt8]
  let config: [UInt8]
  let labels: [UInt8]
  let channels: Int
  let folder: String

  /// What came of each reading, in a word.
  func outcomes() throws -> [String] {
    for (name, bytes) in [
      ("preprocessor_config.json", settings), ("config.json", config), ("labels.txt", labels),
    ] {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    let text = String(decoding: settings, as: UTF8.self)
    let metadata = [
      "task": "classify", "imgsz": text, "names": text, "Image.BitmapPixelFormat": "Bgr8",
    ]
    return [
      prepared { try Preprocessor.forModel("\(folder)/model.onnx", input: input($0)) },
      prepared { try Preprocessor.forModel("none.onnx", metadata: metadata, input: input($0)) },
      read { _ = try Labels(contentsOfFile: "\(folder)/labels.txt") },
      read { _ = try Labels.forModel("\(folder)/model.onnx") },
    ]
  }

  private func input(_ side: Int?) -> NetworkInput {
    NetworkInput(width: side, height: side, channels: channels)
  }

  /// Settings must make an input of one size or say why not.
  private func prepared(_ reading: (Int?) throws -> Preprocessor) -> String {
    read {
      for side in [nil, 24] {
        let settings = try reading(side)
        // A photo of a few pixels may become one of many: what asks for much is not made here.
        if let size = settings.preparedSize, size.width * size.height > 1 << 20 { continue }
        guard settings.preparedSize != nil else { continue }
        let input = try settings.prepare(Image(width: 7, height: 5, color: RGB(9, 99, 199)))
        precondition(input.values.count == channels * input.width * input.height)
      }
    }
  }

  private func read(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "read"
    } catch {
      precondition(!"\(error)".isEmpty)
      return "\(type(of: error))"
    }
  }
}
