/// The methods there are, in the order in which they are listed.
enum MethodTable {
  static let methods: [any CAMMethod.Type] = [
    GradCAM.self
  ]
}

/// The name of a method, e.g. `grad-cam`.
public struct Method: Sendable, Hashable {
  /// The name on the command line, in files and in goldens.
  public let name: String

  let implementation: any CAMMethod.Type

  /// Grad-CAM (Selvaraju et al. 2017).
  public static let gradCAM = Method(GradCAM.self)

  /// All methods.
  public static var all: [Method] { MethodTable.methods.map { Method($0) } }

  /// The method with a name.
  ///
  /// - Parameter name: A name such as `grad-cam`.
  /// - Throws: ``ModelError`` that lists the methods there are.
  public init(named name: String) throws {
    guard let found = MethodTable.methods.first(where: { $0.name == name }) else {
      let names = MethodTable.methods.map { $0.name }.joined(separator: ", ")
      throw ModelError(.request, "There is no method \(name); expected one of \(names).")
    }
    self.init(found)
  }

  private init(_ implementation: any CAMMethod.Type) {
    self.implementation = implementation
    name = implementation.name
  }

  /// Equal by name.
  public static func == (left: Method, right: Method) -> Bool { left.name == right.name }

  /// Hashes the name.
  ///
  /// - Parameter hasher: The hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
