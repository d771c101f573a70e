import Foundation
import Inference
import Testing

@testable import CAMEngine

/// Scores of real networks against those of ONNX Runtime on the same input.
@Suite(.enabled(if: Golden.hasModels, "needs ../shared/models beside the repository"))
struct ForwardGoldenTests {
  static let names = [
    "mobilenetv1_050_160", "mobilenetv2_tf2_224", "resnet20_cifar10", "squeezenet1_0_dc",
    "squeezenet1_1_caffe2_op7", "tinyvgg_tinyimagenet10",
  ]

  @Test func everyStoredOutputIsCompared() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Golden.folder + "/models/golden")
    let stored = files.filter { $0.hasSuffix(".output.f32") }.map {
      $0.dropLast(".output.f32".count)
    }
    #expect(Set(stored.map(String.init)) == Set(Self.names))
  }

  @Test(arguments: names)
  func givesTheSameScores(name: String) async throws {
    let model = try Model(contentsOfFile: "\(Golden.folder)/models/\(name).onnx")
    let (width, height) = model.inputSize
    let values = try Self.floats("\(name).input.f32")
    #expect(values.count == 3 * width * height)
    let input = PreparedInput(values: values, width: width, height: height)
    let found = try await model.classify(input).scores
    var expected = try Self.floats("\(name).output.f32")
    #expect(found.count == expected.count)
    if model.structure.ending == .softmax {
      // The stored numbers are probabilities; those below 1e-30 have lost their logarithm.
      let normalizer = Self.logSumExp(found)
      let pairs = zip(found, expected).filter { $1 > 1e-30 }
      expected = pairs.map { Float(log(Double($1))) }
      Self.expectNear(pairs.map { Float(Double($0.0) - normalizer) }, expected)
    } else {
      Self.expectNear(found, expected)
    }
  }

  /// The largest error, relative to the largest score, is below 1e-4.
  private static func expectNear(_ found: [Float], _ expected: [Float]) {
    let scale = expected.map(abs).max() ?? 0
    let error = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(scale > 0)
    #expect(error < 1e-4 * scale, "relative error \(error / scale)")
  }

  private static func logSumExp(_ scores: [Float]) -> Double {
    let highest = Double(scores.max() ?? 0)
    return highest + log(scores.reduce(0) { $0 + exp(Double($1) - highest) })
  }

  private static func floats(_ file: String) throws -> [Float] {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(Golden.folder)/models/golden/\(file)"))
    return bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map {
        Float(
          bitPattern: UInt32(
            littleEndian: bytes.loadUnaligned(
              fromByteOffset: 4 * $0, as: UInt32.self)))
      }
    }
  }
}
