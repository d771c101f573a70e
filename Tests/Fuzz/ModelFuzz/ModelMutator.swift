import RandomTestSupport
import ModelTestSupport
import ONNXProto
import SwiftProtobuf

/// Damages models; the same seed and models give the same inputs.
struct ModelMutator {
  private let files: [[UInt8]]
  private let models: [Onnx_ModelProto]
  private var random: SeededNumbers
  private var damage: ModelDamage

  /// - Parameters:
  ///   - files: Whole ONNX files, at least one.
  ///   - seed: Where the choices begin.
  /// - Throws: When a file is no ONNX file.
  init(_ files: [[UInt8]], seed: UInt64) throws {
    self.files = files
    models = try files.map { try Onnx_ModelProto(serializedBytes: $0) }
    random = SeededNumbers(seed: seed)
    damage = ModelDamage(seed: seed &+ 1)
  }

  /// One model with damaged fields, damaged bytes, or both.
  mutating func next() throws -> [UInt8] {
    let index = Int.random(in: files.indices, using: &random)
    let kind = Int.random(in: 0..<8, using: &random)
    var bytes = files[index]
    if kind > 1 {
      var model = models[index]
      damage.apply(to: &model)
      bytes = try model.serializedBytes()
    }
    if kind < 3 {
      let other = files[Int.random(in: files.indices, using: &random)]
      ByteDamage.apply(to: &bytes, other: other, using: &random)
    }
    return bytes
  }
}
