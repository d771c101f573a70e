import ONNXProto

/// Reads an ONNX file into a ``Graph`` (ONNX IR specification; opsets 7 to 22, IR 3 and up).
package enum GraphReader {
  /// The opsets of the default domain that are read; 22 only adds bfloat16 to operators here.
  package static let opsets = 7...22

  /// Reads the model at `path`. Weights stay in the mapped file until a plan packs them.
  ///
  /// - Parameter path: the path of an ONNX file; external data is looked up beside it.
  /// - Returns: the graph, its constants folded.
  /// - Throws: an ``InferenceError`` that says what is wrong with the file.
  package static func graph(path: String) throws -> Graph {
    let file = try MappedFile(path: path)
    guard file.count > 0 else {
      throw InferenceError.malformed(file: path, problem: "the file is empty")
    }
    let bytes = try ModelBytes(file)
    guard bytes.model.hasGraph, !bytes.model.graph.node.isEmpty else {
      throw InferenceError.malformed(
        file: path, problem: ForeignModels.signature(of: file)?.words ?? "it holds no graph")
    }
    var reading = Reading(file: file, model: bytes.model)
    try reading.readInitializers(rawData: bytes.rawData)
    try reading.readNodes()
    return try reading.graph().foldingConstants().givingBatchAxis()
  }
}

/// The state of reading one model.
private struct Reading {
  let file: MappedFile
  let model: Onnx_ModelProto
  var names: [String] = []
  var ids: [String: ValueID] = [:]
  var constants: [ValueID: Tensor] = [:]
  var nodes: [Node] = []
  var tensors: TensorReader
  var opset = 0
  var nodeNames: Set<String> = []

  init(file: MappedFile, model: Onnx_ModelProto) {
    self.file = file
    self.model = model
    tensors = TensorReader(file: file)
  }

  mutating func readInitializers(rawData: [Range<Int>?]) throws {
    opset = try supportedOpset()
    guard rawData.count == model.graph.initializer.count else {
      throw malformed("its initialisers cannot be told apart")
    }
    for (tensor, range) in zip(model.graph.initializer, rawData) {
      constants[id(tensor.name)] = try tensors.tensor(tensor, rawData: range)
    }
  }

  mutating func readNodes() throws {
    var made: Set<ValueID> = Set(constants.keys)
    made.formUnion(model.graph.input.map { id($0.name) })
    for proto in model.graph.node {
      let node = try node(proto)
      for output in node.outputs.compactMap(\.self) where !made.insert(output).inserted {
        throw malformed("value \(names[output.index]) is made twice")
      }
      nodes.append(node)
    }
  }

  mutating func graph() throws -> Graph {
    let outputs = model.graph.output.map { id($0.name) }
    let ordered = try sorted(nodes)
    let input = try networkInput(usedBy: ordered)
    try checkSources(ordered, input: id(input.name), outputs: outputs)
    return Graph(
      file: file.path, names: names, constants: constants, nodes: ordered,
      input: id(input.name), inputDimensions: dimensions(of: input),
      takesIntegers: takesIntegers(input), outputs: outputs, opset: opset,
      metadata: Dictionary(
        model.metadataProps.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }),
      externalFiles: tensors.externalPaths)
  }

  private mutating func id(_ name: String) -> ValueID {
    if let known = ids[name] { return known }
    let new = ValueID(index: names.count)
    names.append(name)
    ids[name] = new
    return new
  }

  private func supportedOpset() throws -> Int {
    let version = model.opsetImport.first { ["", "ai.onnx"].contains($0.domain) }?.version ?? 1
    guard GraphReader.opsets.contains(Int(clamping: version)) else {
      throw InferenceError.unsupported(
        file: file.path,
        problem: "opset \(version), opsets \(GraphReader.opsets.lowerBound) to"
          + " \(GraphReader.opsets.upperBound) are read")
    }
    return Int(version)
  }

  private mutating func node(_ proto: Onnx_NodeProto) throws -> Node {
    var tensors = tensors
    let reader = NodeReader(proto, opset: opset) { try tensors.tensor($0, rawData: nil) }
    guard ["", "ai.onnx"].contains(proto.domain),
      let operation = OperatorTable.operators[proto.opType]
    else {
      throw InferenceError.unsupportedOperator(
        node: reader.name,
        type: proto.domain.isEmpty ? proto.opType : "\(proto.domain).\(proto.opType)",
        opset: opset)
    }
    let instance = try operation.init(reader)
    try reader.finish()
    return Node(
      name: unique(reader.name, proto), type: proto.opType, opset: opset, operation: instance,
      inputs: proto.input.map { $0.isEmpty ? nil : id($0) },
      outputs: proto.output.map { $0.isEmpty ? nil : id($0) })
  }

  /// A name that no other node has: packed weights are found again by it.
  private mutating func unique(_ name: String, _ proto: Onnx_NodeProto) -> String {
    let candidates = [name, "\(name) (\(proto.output.first ?? ""))"]
    let free = candidates.first { !nodeNames.contains($0) } ?? "\(name) #\(nodes.count)"
    nodeNames.insert(free)
    return free
  }

  /// The one graph input that is not an initialiser (IR 3 lists those as inputs too).
  private mutating func networkInput(usedBy nodes: [Node]) throws -> Onnx_ValueInfoProto {
    let used = Set(nodes.flatMap { $0.inputs.compactMap(\.self) })
    let candidates = model.graph.input.filter { constants[id($0.name)] == nil }
    let fed = candidates.filter { used.contains(id($0.name)) }
    guard let input = fed.count == 1 ? fed.first : candidates.first, fed.count <= 1 else {
      let found = fed.map(\.name).joined(separator: ", ")
      throw InferenceError.unsupported(
        file: file.path,
        problem: fed.isEmpty
          ? "the graph has no input, one image was expected"
          : "the graph has the inputs \(found), one image was expected")
    }
    try checkType(of: input)
    return input
  }

  /// Real numbers of any width, or integers that hold a byte.
  private func checkType(of input: Onnx_ValueInfoProto) throws {
    let type = ElementType(rawValue: input.type.tensorType.elemType)
    let isImage = type?.isReal ?? false || takesIntegers(input)
    guard isImage || !input.hasType else {
      throw InferenceError.unsupported(
        file: file.path,
        problem:
          "the input \(input.name) holds \(type.map { "\($0)" } ?? "no numbers"), an image of float,"
          + " float16, double or uint8 numbers was expected")
    }
  }

  private func takesIntegers(_ input: Onnx_ValueInfoProto) -> Bool {
    let holdingBytes: [ElementType] = [.uint8, .uint16, .int16, .int32, .int64, .uint32, .uint64]
    return ElementType(rawValue: input.type.tensorType.elemType).map(holdingBytes.contains) ?? false
  }

  private func dimensions(of input: Onnx_ValueInfoProto) -> [Dimension] {
    input.type.tensorType.shape.dim.map { dimension in
      if case .dimValue(let size)? = dimension.value, size > 0 { return .fixed(Int(size)) }
      return .symbolic(dimension.dimParam)
    }
  }

  /// Kahn's algorithm, keeping the file's order where it is an order already.
  private func sorted(_ nodes: [Node]) throws -> [Node] {
    let made = Set(nodes.flatMap { $0.outputs.compactMap(\.self) })
    var available: Set<ValueID> = []
    var waiting = nodes
    var result: [Node] = []
    while !waiting.isEmpty {
      var blocked: [Node] = []
      for node in waiting {
        let ready = node.inputs.compactMap(\.self).allSatisfy {
          !made.contains($0) || available.contains($0)
        }
        guard ready else {
          blocked.append(node)
          continue
        }
        available.formUnion(node.outputs.compactMap(\.self))
        result.append(node)
      }
      guard blocked.count < waiting.count else {
        throw malformed("its nodes form a cycle at \(blocked.first?.name ?? "?")")
      }
      waiting = blocked
    }
    return result
  }

  private func checkSources(_ nodes: [Node], input: ValueID, outputs: [ValueID]) throws {
    var known = Set(constants.keys)
    known.insert(input)
    for node in nodes { known.formUnion(node.outputs.compactMap(\.self)) }
    for node in nodes {
      for value in node.inputs.compactMap(\.self) where !known.contains(value) {
        throw malformed("node \(node.name) reads \(names[value.index]), which nothing makes")
      }
    }
    for output in outputs where !known.contains(output) {
      throw malformed("nothing makes its output \(names[output.index])")
    }
    guard !outputs.isEmpty else { throw malformed("it has no output") }
  }

  private func malformed(_ problem: String) -> InferenceError {
    .malformed(file: file.path, problem: problem)
  }
}
