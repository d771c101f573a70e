import ONNXProto

/// What names mean where nodes are being read: in the graph, in a graph inside of a node, or in the
/// body of a function.
struct ReadingScope {
  /// The opset of every operator domain.
  var opsets: OpsetVersions
  /// What stands before the names of values and nodes.
  var prefix = ""
  /// The values that names stand for.
  var ids: [String: ValueID] = [:]
  /// Inputs of the function that the call leaves out.
  var missing: Set<String> = []
  /// Whether names that are not known here are those of the scope around it.
  var seesOuter = false
  /// The attributes of the call, by the names that the function's body refers to.
  private var attributes: [String: Onnx_AttributeProto] = [:]

  init(
    opsets: OpsetVersions, prefix: String = "", attributes: [String: Onnx_AttributeProto] = [:]
  ) {
    self.opsets = opsets
    self.prefix = prefix
    self.attributes = attributes
  }

  /// A graph inside of a node.
  init(insideOf outer: ReadingScope) {
    self = outer
    ids = [:]
    seesOuter = true
  }

  /// This without the values of its names. They grow while a node is read; whoever held them too would
  /// make every new name copy all of them.
  var withoutNames: ReadingScope {
    var copy = self
    copy.ids = [:]
    return copy
  }

  /// A node's attributes; those that refer to the call's have its values, or are left out with them.
  func resolved(_ attributes: [Onnx_AttributeProto]) -> [Onnx_AttributeProto] {
    attributes.compactMap { attribute in
      guard !attribute.refAttrName.isEmpty else { return attribute }
      guard var value = self.attributes[attribute.refAttrName] else { return nil }
      value.name = attribute.name
      return value
    }
  }

  /// The attributes that the body of a function sees in a call from here: the call's, and the
  /// function's defaults.
  func attributes(
    of call: Onnx_NodeProto, for function: Onnx_FunctionProto
  ) -> [String: Onnx_AttributeProto] {
    let given = resolved(function.attributeProto) + resolved(call.attribute)
    return Dictionary(given.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }

  /// A node of the body without the inputs that the call leaves out.
  func withoutMissing(_ node: Onnx_NodeProto) -> Onnx_NodeProto {
    guard !missing.isEmpty, node.input.contains(where: missing.contains) else { return node }
    var node = node
    node.input = node.input.map { missing.contains($0) ? "" : $0 }
    return node
  }
}

/// The versions of the operator domains that a model or a function imports.
struct OpsetVersions {
  private var versions: [String: Int] = [:]

  /// - Parameters:
  ///   - imports: as the file lists them.
  ///   - outer: the versions that hold for domains that are not listed.
  init(_ imports: [Onnx_OperatorSetIdProto], otherwise outer: OpsetVersions? = nil) {
    versions = outer?.versions ?? [:]
    for entry in imports { versions[Self.key(entry.domain)] = Int(clamping: entry.version) }
  }

  /// The version of a domain; the default one has two names.
  subscript(domain: String) -> Int? { versions[Self.key(domain)] }

  private static func key(_ domain: String) -> String { domain == "ai.onnx" ? "" : domain }
}

/// The functions that a model defines, by what calls them.
struct FunctionTable {
  private struct Key: Hashable {
    var domain: String
    var name: String
    var overload: String
  }

  private var functions: [Key: Onnx_FunctionProto] = [:]

  init(_ functions: [Onnx_FunctionProto]) {
    for function in functions {
      let key = Key(domain: function.domain, name: function.name, overload: function.overload)
      self.functions[key] = function
    }
  }

  /// The function that a node calls; nil where it is an operator.
  subscript(node: Onnx_NodeProto) -> Onnx_FunctionProto? {
    guard !functions.isEmpty else { return nil }
    return functions[Key(domain: node.domain, name: node.opType, overload: node.overload)]
  }
}
