/// What the explorer needs to know of a model and of the methods that explain it.
struct ModelFacts: Equatable, Sendable {
  /// The name of the model.
  var name: String
  /// The columns of the network's input.
  var inputWidth: Int
  /// The rows of the network's input.
  var inputHeight: Int
  /// The labels of all classes, by their index in the model's output.
  var labels: [String]
  /// Whether the model's classes have names, and not only numbers.
  var hasLabels = true
  /// The layers that can be explained, in the order of the computation; not empty.
  var layers: [LayerFacts]
  /// The layer that is explained when nothing else is asked for, by its place in the list.
  var defaultLayer: Int
  /// The methods, by their names on the command line; not empty.
  var methods: [String]
  /// Those of them that need one forward and one backward pass at most.
  var fastMethods: [String]
  /// What Increment-CAM can be told, in the order of its phases.
  var parameters: [Parameter]
  /// Whether preprocessing was assumed, since nothing says how the model wants its input.
  var isPreprocessingAssumed = false
  /// How scores and probabilities come about.
  var head: HeadFacts
  /// What was assumed of the model, or passed over.
  var notes: [String] = []
  /// How insertion and deletion are measured.
  var curves: CurveFacts
}

/// How scores and probabilities come about.
struct HeadFacts: Equatable, Sendable {
  /// Its name; empty where it is not to be shown.
  var name = ""
  /// In a few words.
  var words: String
  /// What stands over the list of classes.
  var listTitle: String
  /// A sentence of the lesson.
  var lesson: String
  /// The formula of the lesson, and the same in ASCII.
  var formula: String
  var plainFormula: String
}

/// How insertion and deletion are measured.
struct CurveFacts: Equatable, Sendable {
  /// What insertion starts from.
  var insertionStart: String
  /// What deletion ends at.
  var deletionEnd: String
  /// How many pixels change at a step.
  var step: Int
}

/// A layer that can be explained.
struct LayerFacts: Equatable, Sendable {
  /// The name of the ONNX value.
  var name: String
  /// The operator that makes it.
  var type: String
  /// The number of channels, K.
  var channels: Int
  /// The rows of each channel.
  var height: Int
  /// The columns of each channel.
  var width: Int
  /// Whether its places are the tokens of a transformer.
  var isTokens = false

  /// Such as `512×13×13`, or `192×14×14 tokens`.
  var shape: String { "\(channels)×\(height)×\(width)" + (isTokens ? " tokens" : "") }
}

/// Something that Increment-CAM can be told.
struct Parameter: Equatable, Sendable {
  /// The phase that it changes.
  enum Phase: Equatable, Sendable {
    /// Phase 2: the network runs again for every channel.
    case two
    /// Phase 3: costs nothing.
    case three
  }

  /// The name on the command line.
  var name: String
  /// What it decides, in a few words.
  var meaning: String
  var phase: Phase
  /// The values, as on the command line; not empty.
  var choices: [String]
  /// The value at the start.
  var initial: String
}

/// Values of parameters by their names.
struct ParameterValues: Hashable, Sendable {
  private var values: [String: String] = [:]

  init() {}

  /// The values at the start of those parameters that belong to a phase.
  init(_ parameters: [Parameter], of phase: Parameter.Phase) {
    for parameter in parameters where parameter.phase == phase {
      values[parameter.name] = parameter.initial
    }
  }

  /// The value of a parameter; empty for one that is not there.
  subscript(name: String) -> String {
    get { values[name] ?? "" }
    set { values[name] = newValue }
  }
}
