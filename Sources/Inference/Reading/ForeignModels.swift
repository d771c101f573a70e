import Foundation

/// The files of other programs that are taken for ONNX models, and the way from each to one.
///
/// They are looked at only where a file is no readable ONNX model, so no model is ever refused for its
/// first bytes.
enum ForeignModels {
  /// What a file is, where it is known.
  static func signature(of file: MappedFile) -> FileSignature? {
    FileSignature.of(file.bytes, in: FileSignature.general + table)
  }

  private static let tf2onnx = "convert it by `python -m tf2onnx.convert"
  private static let torch =
    "export it by `torch.onnx.export(model.eval(), torch.zeros(1, 3, 224, 224), \"model.onnx\")` in"
    + " PyTorch (with the model's own input size) to get an ONNX file"
  private static let exported = "export the model to ONNX instead"

  private static let table: [FileSignature] = [
    FileSignature("a PyTorch checkpoint or TorchScript archive", torch) { file in
      isZIP(file)
        && ["data.pkl", "constants.pkl", "/code/", "archive_format", "/.data/", "/byteorder"]
          .contains { file.holds($0) }
    },
    FileSignature("a PyTorch checkpoint (a Python pickle)", torch) { file in
      isPickle(file)
        && (file.has(
          [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19], at: 2)
          || file.holds("torch"))
    },
    FileSignature("a Python pickle, as PyTorch and scikit-learn write them", torch, isPickle),
    FileSignature("a safetensors file: weights without a network", torch, isSafetensors),
    FileSignature("a TensorFlow Lite (TFLite) model", "\(tf2onnx) --tflite`") {
      $0.has("TFL3", at: 4)
    },
    FileSignature(
      "a Keras model (HDF5)",
      "load it in Keras and call `model.export(\"model.onnx\", format=\"onnx\")`, or convert it by"
        + " `tf2onnx`"
    ) { $0.has([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) },
    FileSignature(
      "a Keras model",
      "load it in Keras and call `model.export(\"model.onnx\", format=\"onnx\")`"
    ) { isZIP($0) && ($0.holds("model.weights.h5") || $0.holds("keras_version")) },
    FileSignature("a Core ML model", "\(exported) from where it was trained") {
      $0.holds("coremltools") || (isZIP($0) && $0.holds("com.apple.CoreML"))
    },
    FileSignature("an archive of NumPy arrays", exported) { isZIP($0) && $0.holds(".npy") },
    FileSignature("a ZIP archive", "unpack it first", isZIP),
    FileSignature("a NumPy array", exported) { $0.has([0x93] + Array("NUMPY".utf8)) },
    FileSignature("a GGUF file", exported) { $0.has("GGUF") },
    FileSignature(
      "ONNX Runtime's own format", "use the .onnx file that it was made from"
    ) { $0.has("ORTM", at: 4) },
    FileSignature("a TensorRT engine", "use the ONNX file that it was built from") {
      $0.has("ftrt") || $0.has("ptrt")
    },
    FileSignature(
      "an OpenVINO model", "use the ONNX file or the network that it was converted from"
    ) { $0.opens(with: "<") && $0.opensWithin("<net") },
    FileSignature("a TensorFlow SavedModel or graph", "\(tf2onnx) --saved-model FOLDER`") { file in
      !file.isText
        && ["tensorflow", "saved_model", "StatefulPartitionedCall", "Placeholder", "VarHandleOp"]
          .contains { file.holds($0) }
    },
    FileSignature("a Caffe model", exported) { file in
      !file.isText && ["Convolution", "InnerProduct"].contains { file.holds($0) }
        && file.has([0x0A])
    },
    FileSignature("an ncnn model", exported) { $0.opens(with: "7767517") },
    FileSignature("a picture", "expected the model; the image is a path of its own") { file in
      file.has([0xFF, 0xD8, 0xFF]) || file.has([0x89, 0x50, 0x4E, 0x47]) || file.has("GIF8")
        || (file.has("RIFF") && file.has("WEBP", at: 8))
    },
    FileSignature("an XML file", exported) { $0.opens(with: "<?xml") },
    FileSignature("a JSON file", exported) {
      $0.isText && ($0.opens(with: "{") || $0.opens(with: "["))
    },
    FileSignature("a text file", exported) { $0.isText },
  ]

  @Sendable private static func isZIP(_ file: FileBeginning) -> Bool {
    file.has([0x50, 0x4B, 0x03, 0x04]) || file.has([0x50, 0x4B, 0x05, 0x06])
  }

  /// Protocols 2 to 5.
  @Sendable private static func isPickle(_ file: FileBeginning) -> Bool {
    (2...5).contains { file.has([0x80, $0]) }
  }

  /// A header's length in eight bytes, then the header, a JSON object.
  @Sendable private static func isSafetensors(_ file: FileBeginning) -> Bool {
    file.has([0, 0, 0, 0x7B], at: 5) && (file.has("{\"", at: 8) || file.has("{ ", at: 8))
  }
}

/// The folders that are taken for ONNX models.
enum ForeignFolders {
  /// What a folder is, and what to do.
  ///
  /// - Parameter path: A folder.
  /// - Returns: A clause for people.
  static func words(for path: String) -> String {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
    let known = table.first { names.contains($0.file) }
    let models = names.filter { $0.hasSuffix(".onnx") }.prefix(3).joined(separator: ", ")
    let found = models.isEmpty ? "" : ", with \(models) in it"
    return known.map { "it is a directory, \($0.words)" } ?? "it is a directory" + found
  }

  private static let table: [(file: String, words: String)] = [
    (
      "saved_model.pb",
      "a TensorFlow SavedModel: convert it by `python -m tf2onnx.convert --saved-model FOLDER`"
    ),
    ("Manifest.json", "a Core ML package: export the model to ONNX instead"),
    ("data.pkl", "an unpacked PyTorch checkpoint: export the model by `torch.onnx.export`"),
    ("pytorch_model.bin", "a model of PyTorch: export it by `torch.onnx.export`"),
    ("model.safetensors", "a model of PyTorch: export it by `optimum-cli export onnx`"),
  ]
}
