import Foundation
import ONNXProto
import SwiftProtobuf
import Testing

@testable import Inference

/// Weights in a file beside the model.
@Suite struct ExternalDataTests {
  /// A sound model whose weights are elsewhere.
  private static func model(_ entries: [(String, String)]) -> ONNXModel {
    var model = ONNXModel.sound
    model.proto.graph.initializer[0].rawData = Data()
    model.proto.graph.initializer[0].dataLocation = .external
    model.proto.graph.initializer[0].externalData = entries.map { entry in
      Onnx_StringStringEntryProto.with { ($0.key, $0.value) = entry }
    }
    return model
  }

  /// Reads the model from a folder that holds `weights.bin`: 12 numbers behind 8 other bytes.
  private static func read(_ entries: [(String, String)]) throws -> Graph {
    let floats = (0..<12).map { Float($0).bitPattern.littleEndian }
    let bytes = Data(repeating: 0xAA, count: 8) + floats.withUnsafeBytes { Data($0) }
    let encoded = try model(entries).encoded()
    return try ModelFiles.withFolder { folder in
      try bytes.write(to: URL(fileURLWithPath: folder + "/weights.bin"))
      try encoded.write(to: URL(fileURLWithPath: folder + "/model.onnx"))
      return try GraphReader.graph(path: folder + "/model.onnx")
    }
  }

  @Test(arguments: [
    [("location", "weights.bin"), ("offset", "8"), ("length", "48")],
    [("location", "weights.bin"), ("offset", "8")],
  ])
  func areRead(entries: [(String, String)]) throws {
    let network = try PlannedNetwork(try Self.read(entries), inputShape: [1, 4])
    #expect(try network.run([1, 1, 0, 0], results: ["y"])[0].floats == [3, 5, 7])
  }

  @Test(arguments: ["../weights.bin", "/etc/hostname", "folder/../../weights.bin", ""])
  func outsideOfTheFolderAreRefused(location: String) {
    expectRefusal("malformed", "tensor w", "outside the model's folder") {
      _ = try Self.read([("location", location)])
    }
  }

  @Test func thatAreMissingAreNamed() {
    expectRefusal("externalData", "other.bin", "data of tensor w") {
      _ = try Self.read([("location", "other.bin")])
    }
  }

  @Test(arguments: [("56", "48"), ("8", "49"), ("-8", "48"), ("9999999999999", "1"), ("8", "x")])
  func outsideOfTheFileAreRefused(offset: String, length: String) {
    expectRefusal("malformed", "tensor w", "outside its external file weights.bin") {
      _ = try Self.read([("location", "weights.bin"), ("offset", offset), ("length", length)])
    }
  }

  @Test func ofAnotherLengthAreRefused() {
    expectRefusal("malformed", "44 bytes", "48 were expected") {
      _ = try Self.read([("location", "weights.bin"), ("offset", "8"), ("length", "44")])
    }
  }
}
