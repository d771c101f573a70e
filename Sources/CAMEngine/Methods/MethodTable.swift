import Inference

/// The methods there are, in the order in which they are listed.
enum MethodTable {
  static let methods: [any CAMMethod.Type] = [
    GradCAM.self,
    GradCAMPlusPlus.self,
    HiResCAM.self,
    XGradCAM.self,
    LayerCAM.self,
    EigenCAM.self,
    ScoreCAM.self,
    ScoreCAMProbability.self,
    AblationCAM.self,
    ReciproCAM.self,
    GroupCAM.self,
    IncrementCAM.self,
    AttentionRollout.self,
    GenericAttention.self,
  ]
}

extension Model {
  /// The methods that explain this network.
  public var methods: [Method] { structure.attentions.isEmpty ? Method.all : Method.every }
}

/// A method by its name, e.g. `grad-cam`.
public struct Method: Sendable, Hashable {
  /// The name on the command line, in files and in goldens.
  public let name: String

  let implementation: any CAMMethod.Type

  /// Grad-CAM (Selvaraju et al. 2017).
  public static let gradCAM = Method(GradCAM.self)

  /// Increment-CAM (Niaz et al. 2024), as this project reads its abstract.
  public static let incrementCAM = Method(IncrementCAM.self)

  /// All methods that explain any network.
  public static var all: [Method] { every.filter { !$0.needsAttention } }

  /// All methods, those for transformers too.
  public static var every: [Method] { MethodTable.methods.map { Method($0) } }

  /// Whether it explains only transformers, by the attention of their tokens.
  public var needsAttention: Bool { implementation.needsAttention }

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

  /// What it does, for people.
  public var note: MethodNote { implementation.note }

  /// The names of its maps, the one to show last.
  public var maps: [String] { implementation.maps }

  /// What it can be told.
  public var settings: [MethodSetting] { implementation.settings }

  /// Whether a map takes one forward and one backward pass at most, none of them of a tail.
  ///
  /// - Parameter layer: The layer.
  /// - Returns: Whether it takes no more.
  public func isFast(_ layer: Layer) -> Bool {
    let cost = cost(layer)
    return cost.forward <= 1 && cost.tail == 0
  }

  /// What a map costs, before it is made.
  ///
  /// - Parameters:
  ///   - layer: The layer.
  ///   - settings: The settings.
  /// - Returns: Passes; at most so many where channels are skipped.
  public func cost(_ layer: Layer, _ settings: MethodSettings = MethodSettings()) -> Passes {
    implementation.cost(layer, settings)
  }

  /// Equal by name.
  public static func == (left: Method, right: Method) -> Bool { left.name == right.name }

  /// Hashes the name.
  ///
  /// - Parameter hasher: The hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
