import Foundation
import ONNXProto
import SwiftProtobuf
import Testing

@testable import Inference

/// One of the ONNX project's operator tests: a model with its inputs and outputs.
struct NodeTestCase {
  let name: String
  private let folder: String
  private var model: Onnx_ModelProto

  init(_ name: String) throws {
    self.name = name
    folder = "\(NodeTestFiles.folder)/\(name)"
    model = try Onnx_ModelProto(
      serializedBytes: try Data(contentsOf: URL(fileURLWithPath: folder + "/model.onnx")))
  }

  /// What the first output should be.
  func expectedOutput() throws -> Tensor { try read("output_0.pb") }

  /// The element type of the first output.
  var outputType: ElementType? {
    model.graph.output.first.flatMap {
      ElementType(rawValue: $0.type.tensorType.elemType)
    }
  }

  /// Runs the case: the first input of real numbers is fed, all others become initialisers.
  func output() throws -> Tensor {
    var model = model
    let known = Set(model.graph.initializer.map(\.name))
    let inputs = model.graph.input.filter { !known.contains($0.name) }
    let fed = inputs.firstIndex {
      ElementType(rawValue: $0.type.tensorType.elemType)?.isReal == true
    }
    for index in inputs.indices where index != fed {
      model.graph.initializer.append(try proto("input_\(index).pb", name: inputs[index].name))
    }
    if fed == nil { model.graph.input.append(ONNXModel.declaration("nothing", [1])) }
    model.graph.output = Array(model.graph.output.prefix(1))
    let graph = try ModelFiles.withFile(try model.serializedBytes()) {
      try GraphReader.graph(path: $0)
    }
    let input = try fed.map { try read("input_\($0).pb") } ?? Tensor(shape: [1], floats: [0])
    let network = try PlannedNetwork(graph, inputShape: input.shape)
    let output = try #require(graph.outputs.first)
    if let constant = network.shaped.constants[output] { return constant }
    return try network.run(input.floats, results: [graph.name(of: output)])[0]
  }

  private func proto(_ file: String, name: String) throws -> Onnx_TensorProto {
    let url = URL(fileURLWithPath: "\(folder)/test_data_set_0/\(file)")
    var tensor = try Onnx_TensorProto(serializedBytes: try Data(contentsOf: url))
    tensor.name = name
    return tensor
  }

  private func read(_ file: String) throws -> Tensor {
    var reader = TensorReader(file: try MappedFile(path: folder + "/model.onnx"))
    return try reader.tensor(try proto(file, name: file), rawData: nil)
  }
}

/// Where the cases are, and which of them the engine is meant to pass.
enum NodeTestFiles {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// What `Tests/Conformance/fetch_onnx_node_tests.sh` fetched.
  static let folder =
    ProcessInfo.processInfo.environment["CAMTUI_NODE_TESTS"]
    ?? repository.appendingPathComponent(".build/onnx-node-tests").path

  static let isPresent = FileManager.default.fileExists(atPath: folder + "/test_relu/model.onnx")

  /// The cases of `Tests/Conformance/supported.txt`.
  static let supported: [String] = {
    let list = repository.appendingPathComponent("Tests/Conformance/supported.txt")
    let text = (try? String(contentsOf: list, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }()
}
