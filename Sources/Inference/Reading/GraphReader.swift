import ONNXProto

/// Reads an ONNX file into a ``Graph`` (ONNX IR specification; opsets 7 to 25, IR 3 and up).
package enum GraphReader {
  /// The opsets of the default domain that are read.
  package static let opsets = 7...25

  /// Reads the model at `path`. Weights stay in the mapped file until a plan packs them.
  ///
  /// - Parameters:
  ///   - path: the path of an ONNX file; external data is looked up beside it.
  ///   - quantizedAsReals: whether quantised values are held as the real numbers that they stand for, see
  ///     ``Graph/withQuantizedValuesAsReals()``; otherwise as the integers that the file has.
  /// - Returns: the graph, its constants folded.
  /// - Throws: an ``InferenceError`` that says what is wrong with the file.
  package static func graph(path: String, quantizedAsReals: Bool = true) throws -> Graph {
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
    let graph = try reading.graph().foldingConstants()
    try graph.refuseUnsupported()
    let batched = graph.givingBatchAxis()
    return quantizedAsReals ? batched.withQuantizedValuesAsReals() : batched
  }
}

/// The state of reading one model.
private struct Reading {
  let file: MappedFile
  let model: Onnx_ModelProto
  var names: [String] = []
  var constants: [ValueID: Tensor] = [:]
  var nodes: [Node] = []
  var tensors: TensorReader
  var opset = 0
  private var nodeNames: Set<String> = []
  private var made: Set<ValueID> = []
  private let functions: FunctionTable
  private var nodeCount = 0
  private let channelBlock: Int
  private var isQuantized = false
  private var internalValues: Set<ValueID> = []
  /// The graph itself first; graphs inside of nodes and bodies of functions while they are read.
  private var scopes: [ReadingScope] = []

  /// Nodes of functions that call each other grow without bound.
  private static let nodeLimit = 200_000
  private static let depthLimit = 64

  init(file: MappedFile, model: Onnx_ModelProto) {
    self.file = file
    self.model = model
    tensors = TensorReader(file: file)
    functions = FunctionTable(model.functions)
    channelBlock = ChannelBlock.size(of: model.graph)
  }

  mutating func readInitializers(rawData: [Range<Int>?]) throws {
    opset = try supportedOpset()
    scopes = [ReadingScope(opsets: OpsetVersions(model.opsetImport))]
    guard rawData.count == model.graph.initializer.count else {
      throw malformed("its initialisers cannot be told apart")
    }
    for (tensor, range) in zip(model.graph.initializer, rawData) {
      constants[id(tensor.name)] = try tensors.tensor(tensor, rawData: range)
    }
    for sparse in model.graph.sparseInitializer {
      constants[id(sparse.values.name)] = try tensors.tensor(sparse)
    }
  }

  mutating func readNodes() throws {
    let inputs = model.graph.input.map { id($0.name) }
    made = Set(constants.keys).union(inputs)
    nodes = try read(model.graph.node)
  }

  mutating func graph() throws -> Graph {
    let outputs = model.graph.output.map { id($0.name) }
    let ordered = try sorted(nodes).needed(for: outputs)
    let input = try networkInput(usedBy: ordered)
    try checkSources(ordered, input: id(input.name), outputs: outputs)
    let kinds = OutputKinds(model.graph)
    var graph = Graph(
      file: file.path, names: names, constants: constants, nodes: ordered,
      input: id(input.name), inputDimensions: dimensions(of: input),
      takesIntegers: takesIntegers(input), outputs: outputs,
      setAside: Dictionary(
        zip(outputs, model.graph.output).compactMap { value, output in
          kinds.setAside(output).map { (value, $0) }
        }, uniquingKeysWith: { first, _ in first }),
      classLabels: kinds.classLabels, opset: opset,
      metadata: Dictionary(
        model.metadataProps.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 }),
      externalFiles: tensors.externalPaths)
    graph.isQuantized = isQuantized
    graph.internalValues = internalValues
    return graph
  }

  /// The value that a name means where reading is; a new one where nothing is named so yet.
  private mutating func id(_ name: String) -> ValueID {
    var place = scopes.count - 1
    while scopes[place].ids[name] == nil, scopes[place].seesOuter { place -= 1 }
    return scopes[place].ids[name] ?? define(name, in: place)
  }

  private mutating func define(_ name: String, in place: Int) -> ValueID {
    let new = ValueID(index: names.count)
    names.append(scopes[place].prefix + name)
    scopes[place].ids[name] = new
    return new
  }

  private func supportedOpset() throws -> Int {
    let version = OpsetVersions(model.opsetImport)[""] ?? 1
    guard GraphReader.opsets.contains(version) else {
      throw InferenceError.unsupported(
        file: file.path,
        problem: "opset \(version), opsets \(GraphReader.opsets.lowerBound) to"
          + " \(GraphReader.opsets.upperBound) are read")
    }
    return version
  }

  // MARK: Nodes

  /// Nodes of one graph, those of the functions that they call and of which they consist in their place.
  private mutating func read(_ protos: [Onnx_NodeProto]) throws -> [Node] {
    var result: [Node] = []
    for proto in protos {
      if let function = functions[proto] {
        result += try call(function, proto)
      } else {
        for part in try expanded(proto) { result.append(try node(part)) }
      }
    }
    return result
  }

  /// The nodes that a node consists of: itself where it is a simple one.
  private mutating func expanded(_ proto: Onnx_NodeProto) throws -> [Onnx_NodeProto] {
    guard let expand = ExpansionTable.expansions[proto.operatorKey] else { return [proto] }
    var resolved = proto
    resolved.attribute = scopes[scopes.count - 1].resolved(proto.attribute)
    var expansion = NodeExpansion(
      resolved, reader(of: resolved, opset: opset), channelBlock: channelBlock)
    try expand(&expansion)
    try expansion.attributes.finish()
    for name in expansion.nodes.flatMap(\.output) where !proto.output.contains(name) {
      // Both branches of an If may consist of nodes of the same names.
      let place = scopes.count - 1
      internalValues.insert(scopes[place].ids[name] ?? define(name, in: place))
    }
    return try expansion.nodes.flatMap { try expanded($0) }
  }

  private func reader(
    of proto: Onnx_NodeProto, opset: Int, graphs: [String: Subgraph] = [:]
  ) -> NodeReader {
    var tensors = tensors
    return NodeReader(
      proto, attributes: proto.attribute, opset: opset, graphs: graphs,
      readTensor: { try tensors.tensor($0, rawData: nil) },
      readSparse: { try tensors.tensor($0) })
  }

  private mutating func node(_ proto: Onnx_NodeProto) throws -> Node {
    try countNode()
    let scope = scopes[scopes.count - 1].withoutNames
    let attributes = scope.resolved(proto.attribute)
    var (graphs, captured): ([String: Subgraph], [ValueID]) = ([:], [])
    for attribute in attributes where attribute.hasG {
      let graph = try subgraph(attribute.g)
      graphs[attribute.name] = graph
      captured += graph.captured
    }
    let version = scope.opsets[proto.domain] ?? opset
    var resolved = proto
    resolved.attribute = attributes
    let reader = reader(of: resolved, opset: version, graphs: graphs)
    let operation = try operation(proto, reader)
    isQuantized = isQuantized || operation is any QuantizingOperator
    let node = Node(
      name: unique(scope.prefix + reader.name, proto), type: proto.opType, opset: version,
      operation: operation,
      inputs: proto.input.map { $0.isEmpty ? nil : id($0) } + captured.map { Optional($0) },
      outputs: proto.output.map { $0.isEmpty ? nil : id($0) })
    try claim(node.outputs.compactMap(\.self))
    return node
  }

  private mutating func countNode() throws {
    nodeCount += 1
    guard nodeCount <= Self.nodeLimit else {
      throw malformed("it has more than \(Self.nodeLimit) nodes, those of its functions included")
    }
  }

  /// The operator; one that fails later, if anything depends on it, where it is not supported.
  private func operation(_ proto: Onnx_NodeProto, _ reader: NodeReader) throws -> any Operator {
    let key = proto.operatorKey
    guard let operation = OperatorTable.operators[key] ?? OperatorTable.parts[key] else {
      return Unsupported(
        .unsupportedOperator(node: reader.name, type: key, opset: reader.opset))
    }
    do {
      let instance = try operation.init(reader)
      try reader.finish()
      return instance
    } catch let error as InferenceError {
      guard case .unsupportedAttribute = error else { throw error }
      return Unsupported(error)
    }
  }

  private mutating func claim(_ outputs: [ValueID]) throws {
    for output in outputs where !made.insert(output).inserted {
      throw malformed("value \(names[output.index]) is made twice")
    }
  }

  /// A name that no other node has: packed weights are found again by it.
  private mutating func unique(_ name: String, _ proto: Onnx_NodeProto) -> String {
    let candidates = [name, "\(name) (\(proto.output.first ?? ""))"]
    let free = candidates.first { !nodeNames.contains($0) } ?? "\(name) #\(nodeCount)"
    nodeNames.insert(free)
    return free
  }

  // MARK: Graphs inside of nodes and functions

  private mutating func subgraph(_ proto: Onnx_GraphProto) throws -> Subgraph {
    let scope = scopes[scopes.count - 1].withoutNames
    try enter(ReadingScope(insideOf: scope))
    defer { scopes.removeLast() }
    let place = scopes.count - 1
    let inputs = proto.input.map { define($0.name, in: place) }
    for tensor in proto.initializer where scopes[place].ids[tensor.name] == nil {
      constants[define(tensor.name, in: place)] = try tensors.tensor(tensor, rawData: nil)
    }
    for name in proto.node.flatMap(\.output) where !name.isEmpty {
      if scopes[place].ids[name] == nil { _ = define(name, in: place) }
    }
    return Subgraph(
      inputs: inputs, nodes: try sorted(try read(proto.node)),
      outputs: proto.output.map { id($0.name) })
  }

  /// The nodes of a function's body, reading and making the values of the call.
  private mutating func call(
    _ function: Onnx_FunctionProto, _ proto: Onnx_NodeProto
  ) throws -> [Node] {
    try countNode()
    let caller = scopes[scopes.count - 1].withoutNames
    let name = proto.name.isEmpty ? proto.output.first ?? proto.opType : proto.name
    var scope = ReadingScope(
      opsets: OpsetVersions(function.opsetImport, otherwise: caller.opsets),
      prefix: "\(caller.prefix)\(name)/", attributes: caller.attributes(of: proto, for: function))
    let arguments = proto.input.map { $0.isEmpty ? nil : id($0) }
    for (formal, value) in zip(function.input, arguments) {
      if let value { scope.ids[formal] = value }
    }
    scope.missing = Set(function.input).subtracting(scope.ids.keys)
    var passed: [(source: String, destination: ValueID)] = []
    for (formal, output) in zip(function.output, proto.output) where !output.isEmpty {
      let value = id(output)
      if scope.ids[formal] == nil {
        scope.ids[formal] = value
      } else {
        passed.append((formal, value))
      }
    }
    try enter(scope)
    defer { scopes.removeLast() }
    var result = try read(function.node.map { scope.withoutMissing($0) })
    for (source, destination) in passed {
      var identity = Onnx_NodeProto()
      identity.opType = "Identity"
      identity.name = source
      identity.input = [source]
      identity.output = ["\(source) of the call"]
      scopes[scopes.count - 1].ids[identity.output[0]] = destination
      result.append(try node(identity))
    }
    return result
  }

  private mutating func enter(_ scope: ReadingScope) throws {
    guard scopes.count < Self.depthLimit else {
      throw malformed("its functions or graphs contain each other \(Self.depthLimit) deep")
    }
    scopes.append(scope)
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

  private func sorted(_ nodes: [Node]) throws -> [Node] {
    do {
      return try NodeOrder.sorted(nodes)
    } catch let cycle as NodeOrder.Cycle {
      throw malformed("its nodes form a cycle at \(cycle.name)")
    }
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
