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

  /// The inputs of the graph that it brings no value for.
  private var openInputs: [(index: Int, input: Onnx_ValueInfoProto)] {
    let known = Set(model.graph.initializer.map(\.name))
    return model.graph.input.filter { !known.contains($0.name) }.enumerated().map { ($0, $1) }
  }

  /// The inputs that can be fed: an engine of images feeds one tensor of numbers.
  var feedable: [Int] {
    openInputs.filter { !$0.input.name.isEmpty && type(of: $0.input)?.isFeedable == true }
      .map(\.index)
  }

  /// The input that a network computes: the first of real numbers.
  var data: Int? { openInputs.first { type(of: $0.input)?.isReal == true }?.index }

  private func type(of input: Onnx_ValueInfoProto) -> ElementType? {
    ElementType(rawValue: input.type.tensorType.elemType)
  }

  /// Runs the case with one input fed, or none; all others become initialisers.
  func output(feeding fed: Int?) throws -> Tensor {
    var model = model
    for (index, input) in openInputs where index != fed {
      model.graph.initializer.append(try proto("input_\(index).pb", name: input.name))
    }
    let values = openInputs.map(\.input)
    model.graph.input =
      fed.map { [ONNXModel.declaration(values[$0].name, dimensions(values[$0]))] }
      ?? [ONNXModel.declaration("nothing", [1])]
    model.graph.output = Array(model.graph.output.prefix(1))
    let graph = try ModelFiles.withFile(try model.serializedBytes()) {
      try GraphReader.graph(path: $0, quantizedAsReals: false)
    }
    let input = try fed.map { try read("input_\($0).pb") } ?? Tensor(shape: [1], floats: [0])
    let network = try PlannedNetwork(graph, inputShape: input.shape)
    let output = try #require(graph.outputs.first)
    if let constant = network.shaped.constants[output] { return constant }
    return try network.run(input.floats, results: [graph.name(of: output)])[0]
  }

  private func dimensions(_ input: Onnx_ValueInfoProto) -> [Int?] {
    input.type.tensorType.shape.dim.map { $0.dimValue > 0 ? Int($0.dimValue) : nil }
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

extension ElementType {
  /// Whether float32 stands for it in a network that runs.
  fileprivate var isFeedable: Bool { isReal || self == .bool }
}
