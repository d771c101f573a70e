/// What can go wrong between an ONNX file and its scores.
///
/// Every case prints as one sentence: what is wrong, where, and what was expected.
package enum InferenceError: Error, Equatable, CustomStringConvertible {
  /// There is no file at the path.
  case fileNotFound(path: String)
  /// The file is there but cannot be read (permission, a directory, an I/O error).
  case fileUnreadable(path: String, reason: String)
  /// The file with a tensor's data cannot be had.
  case externalData(file: String, tensor: String, data: String, reason: String)
  /// The file is not a well-formed ONNX model.
  case malformed(file: String, problem: String)
  /// The model is well-formed and asks for something that the engine does not do.
  case unsupported(file: String, problem: String)
  /// A node has an operator outside the supported list.
  case unsupportedOperator(node: String, type: String, opset: Int)
  /// A node has an attribute, or a value of one, that the engine does not do.
  case unsupportedAttribute(node: String, type: String, opset: Int, problem: String)
  /// A node's inputs do not fit its operator.
  case invalidNode(node: String, type: String, problem: String)
  /// No value of the graph has the name; `near` holds similar names.
  case noSuchValue(name: String, near: [String])
  /// The memory that a run needs is not to be had.
  case outOfMemory(bytes: Int)
  /// oneDNN refused an operation that it was expected to do.
  case library(operation: String, status: String)

  /// One sentence: what, where, expected.
  package var description: String {
    switch self {
    case .fileNotFound(let path):
      "\(path): no such file; an ONNX model was expected."
    case .fileUnreadable(let path, let reason):
      "\(path): cannot be read (\(reason)); an ONNX model was expected."
    case .externalData(let file, let tensor, let data, let reason):
      "\(file): the data of tensor \(tensor) lies in \(data), \(reason);"
        + " it belongs beside the model, where the export wrote it."
    case .malformed(let file, let problem):
      "\(file): not a well-formed ONNX model: \(problem)."
    case .unsupported(let file, let problem):
      "\(file): not supported: \(problem)."
    case .unsupportedOperator(let node, let type, let opset):
      "Node \(node): operator \(type) (opset \(opset)) is not supported;"
        + " the README lists the operators that are; \(ExportAdvice.advice(for: type))."
    case .unsupportedAttribute(let node, let type, let opset, let problem):
      "Node \(node): \(type) (opset \(opset)): \(problem)."
    case .invalidNode(let node, let type, let problem):
      "Node \(node): \(type): \(problem)."
    case .noSuchValue(let name, let near):
      "No layer is named \(name)" + Self.suggestion(near)
    case .outOfMemory(let bytes):
      "The run needs \(bytes / 1_048_576) MiB of memory, more than the system gives."
    case .library(let operation, let status):
      "oneDNN cannot do \(operation): \(status)."
    }
  }

  private static func suggestion(_ near: [String]) -> String {
    near.isEmpty
      ? "; `camtui inspect` lists them." : "; did you mean \(near.joined(separator: ", "))?"
  }
}
