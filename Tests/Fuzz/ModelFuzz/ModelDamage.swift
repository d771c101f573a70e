import RandomTestSupport
import Foundation
import ModelTestSupport
import ONNXProto

/// Damage to the fields of a model that is well-formed as a file: what gets past the reader.
struct ModelDamage {
  private var random: SeededNumbers

  init(seed: UInt64) { random = SeededNumbers(seed: seed) }

  /// Applies one to four kinds of damage.
  mutating func apply(to model: inout Onnx_ModelProto) {
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      switch Int.random(in: 0..<8, using: &random) {
      case 0: damageOpset(&model)
      case 1: damageInput(&model.graph)
      case 2: damageTensor(&model.graph.initializer)
      case 3: damageOrder(&model.graph)
      default: damageNode(&model.graph)
      }
    }
  }

  private mutating func damageOpset(_ model: inout Onnx_ModelProto) {
    for index in model.opsetImport.indices {
      model.opsetImport[index].version =
        oneIn(8) ? number() : Int64.random(in: 7...22, using: &random)
    }
  }

  private mutating func damageInput(_ graph: inout Onnx_GraphProto) {
    guard let index = graph.input.indices.randomElement(using: &random) else { return }
    var dimensions = graph.input[index].type.tensorType.shape.dim
    if let axis = dimensions.indices.randomElement(using: &random) {
      let sizes: [Int64] = [0, 1, 2, 3, 5, 8, 13, 31, 33, 64]
      let size = sizes[Int.random(in: sizes.indices, using: &random)]
      dimensions[axis].dimValue = oneIn(4) ? number() : size
      if oneIn(6) { dimensions[axis].dimParam = "N" }
    }
    if oneIn(8) { dimensions = Array(dimensions.dropLast()) }
    graph.input[index].type.tensorType.shape.dim = dimensions
    if oneIn(16) { graph.output.swapAt(0, graph.output.count - 1) }
  }

  // MARK: Tensors

  private mutating func damageTensor(_ tensors: inout [Onnx_TensorProto]) {
    guard let index = tensors.indices.randomElement(using: &random) else { return }
    switch Int.random(in: 0..<7, using: &random) {
    case 0: damageNumbers(&tensors[index].dims)
    case 1: tensors[index].dataType = Int32.random(in: 0...23, using: &random)
    case 2: tensors[index].rawData = Data(tensors[index].rawData.dropLast(4))
    case 3: overwriteValues(&tensors[index])
    case 4: makeExternal(&tensors[index])
    case 5: moveToTypedData(&tensors[index])
    default:
      let other = tensors.indices.randomElement(using: &random) ?? index
      let name = tensors[index].name
      tensors[index].name = tensors[other].name
      tensors[other].name = name
    }
  }

  private mutating func overwriteValues(_ tensor: inout Onnx_TensorProto) {
    let floats: [Float] = [
      .nan, .infinity, -.infinity, .greatestFiniteMagnitude, 0, -1, .leastNonzeroMagnitude,
    ]
    let float = floats[Int.random(in: floats.indices, using: &random)]
    let isFloat = tensor.dataType == 1
    let value = isFloat ? UInt64(float.bitPattern) : UInt64(bitPattern: number())
    let width = isFloat ? 4 : 8
    let count = tensor.rawData.count / width
    guard count > 0 else { return }
    let place = Int.random(in: 0..<count, using: &random) * width
    let bytes = withUnsafeBytes(of: value.littleEndian) { Data($0.prefix(width)) }
    tensor.rawData.replaceSubrange(
      tensor.rawData.startIndex + place..<tensor.rawData.startIndex + place + width, with: bytes)
  }

  private mutating func makeExternal(_ tensor: inout Onnx_TensorProto) {
    let locations = ["input.onnx", "../input.onnx", "/etc/hostname", "", "missing", "."]
    let entries = [
      ("location", locations[Int.random(in: locations.indices, using: &random)]),
      ("offset", "\(number())"), ("length", "\(number())"),
    ]
    tensor.dataLocation = .external
    tensor.externalData = entries.filter { _ in !oneIn(3) }.map { key, value in
      var entry = Onnx_StringStringEntryProto()
      (entry.key, entry.value) = (key, value)
      return entry
    }
  }

  private mutating func moveToTypedData(_ tensor: inout Onnx_TensorProto) {
    let count = Int.random(in: 0...8, using: &random)
    tensor.rawData = Data()
    tensor.int64Data = (0..<count).map { _ in number() }
    tensor.int32Data = (0..<count).map { _ in Int32(truncatingIfNeeded: number()) }
    tensor.floatData = (0..<count).map { _ in .nan }
    if oneIn(2) { tensor.dims = oneIn(2) ? [Int64(count)] : [0, number()] }
  }

  // MARK: Nodes

  private mutating func damageOrder(_ graph: inout Onnx_GraphProto) {
    guard let first = graph.node.indices.randomElement(using: &random),
      let second = graph.node.indices.randomElement(using: &random)
    else { return }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: graph.node.swapAt(first, second)
    case 1: graph.node.remove(at: first)
    case 2:
      let name = graph.node[second].output.first ?? ""
      if !graph.output.isEmpty { graph.output[0].name = name }
    default:
      var copy = graph.node[first]
      copy.output = copy.output.map { $0 + "_copy" }
      graph.node.insert(copy, at: second)
    }
  }

  private mutating func damageNode(_ graph: inout Onnx_GraphProto) {
    guard let index = graph.node.indices.randomElement(using: &random),
      let other = graph.node.indices.randomElement(using: &random)
    else { return }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: damageNames(&graph.node[index].input, graph)
    case 1: graph.node[index].opType = oneIn(2) ? graph.node[other].opType : operatorType()
    case 2:
      graph.node[index].attribute = graph.node[other].attribute
      graph.node[index].opType = graph.node[other].opType
    case 3: if oneIn(3) { damageNames(&graph.node[index].output, graph) }
    default: damageAttribute(&graph.node[index])
    }
  }

  private mutating func damageNames(_ names: inout [String], _ graph: Onnx_GraphProto) {
    let known = graph.node.flatMap(\.output) + graph.initializer.map(\.name) + ["", "nothing"]
    let name = known[Int.random(in: known.indices, using: &random)]
    guard let index = names.indices.randomElement(using: &random), !oneIn(5) else {
      return names.append(name)
    }
    switch Int.random(in: 0..<3, using: &random) {
    case 0: names.swapAt(index, names.count - 1)
    case 1: names.remove(at: index)
    default: names[index] = name
    }
  }

  private mutating func damageAttribute(_ node: inout Onnx_NodeProto) {
    if node.attribute.isEmpty || oneIn(3) { node.attribute.append(attribute()) }
    guard let index = node.attribute.indices.randomElement(using: &random) else { return }
    let floats: [Float] = [.nan, .infinity, 0, -1, 1e30, 1e-30]
    switch Int.random(in: 0..<4, using: &random) {
    case 0: node.attribute[index].i = number()
    case 1: node.attribute[index].f = floats[Int.random(in: floats.indices, using: &random)]
    case 2: node.attribute.remove(at: index)
    default: damageNumbers(&node.attribute[index].ints)
    }
  }

  private mutating func attribute() -> Onnx_AttributeProto {
    let names = [
      "pads", "strides", "dilations", "kernel_shape", "group", "axis", "axes", "ceil_mode",
      "count_include_pad", "perm", "keepdims", "auto_pad", "to", "split", "starts", "ends",
      "shape", "mode", "size", "epsilon", "alpha", "value_ints", "value_float", "allowzero",
    ]
    var attribute = Onnx_AttributeProto()
    attribute.name = names[Int.random(in: names.indices, using: &random)]
    attribute.i = number()
    attribute.ints = (0..<Int.random(in: 0...4, using: &random)).map { _ in number() }
    let words = ["SAME_UPPER", "SAME_LOWER", "VALID", "NOTSET", "reflect", "edge", "tanh", ""]
    attribute.s = Data(words[Int.random(in: words.indices, using: &random)].utf8)
    return attribute
  }

  // MARK: Numbers and names

  private mutating func damageNumbers(_ numbers: inout [Int64]) {
    guard let index = numbers.indices.randomElement(using: &random), !oneIn(6) else {
      return numbers.append(number())
    }
    if oneIn(6) { numbers.remove(at: index) } else { numbers[index] = number() }
  }

  /// Small numbers, and those at which arithmetic breaks.
  private mutating func number() -> Int64 {
    if oneIn(2) { return Int64.random(in: -4...9, using: &random) }
    let numbers: [Int64] = [
      -1, 0, 16, 31, 33, 127, 1000, 65535, 1 << 20, 1 << 31, -1 << 31, (1 << 31) - 1, 1 << 34,
      1 << 48, 1 << 62, .max, .min, .max - 1, .min + 1,
    ]
    return numbers[Int.random(in: numbers.indices, using: &random)]
  }

  private mutating func operatorType() -> String {
    let types = [
      "Add", "Sub", "Mul", "Div", "Pow", "Sqrt", "Concat", "Split", "Slice", "Gather", "Pad",
      "Flatten", "Reshape", "Transpose", "Squeeze", "Unsqueeze", "Shape", "ConstantOfShape",
      "Cast", "Expand", "Identity", "Dropout", "MatMul", "Gemm", "ReduceMean", "ReduceSum",
      "ReduceMax", "Softmax", "LogSoftmax", "MaxPool", "AveragePool", "GlobalMaxPool",
      "GlobalAveragePool", "LRN", "LayerNormalization", "BatchNormalization", "Conv", "Clip",
      "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "Erf", "Gelu", "PRelu", "LeakyRelu", "Elu",
      "Constant",
    ]
    return types[Int.random(in: types.indices, using: &random)]
  }

  private mutating func oneIn(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }
}
