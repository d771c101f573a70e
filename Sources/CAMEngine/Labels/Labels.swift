/// The names of a model's classes.
public struct Labels: Sendable, Equatable {
  /// One class's name.
  public struct Label: Sendable, Equatable {
    /// The whole text, such as "tabby, tabby cat", fit to be shown (``Swift/StringProtocol/printable``).
    public let text: String
    /// A WordNet id that stood before the text, such as "n02123045".
    public let id: String?

    /// The first of the synonyms that commas separate: "tabby".
    public var short: String {
      String(text.prefix { $0 != "," })
    }

    /// A label.
    ///
    /// - Parameters:
    ///   - text: The whole text; what a terminal would obey in it is replaced.
    ///   - id: A WordNet id.
    public init(text: String, id: String? = nil) {
      self.text = text.printable
      self.id = id?.printable
    }
  }

  /// In class order.
  public let all: [Label]

  /// Where the labels are from; what errors call them.
  public let name: String

  /// Labels in class order.
  ///
  /// - Parameters:
  ///   - labels: In class order.
  ///   - name: What errors call them.
  public init(_ labels: [Label], name: String) {
    all = labels
    self.name = name
  }

  /// Labels for a model without any: every class is called by its number.
  public static let none = Labels([], name: "no labels")

  /// How many labels there are.
  public var count: Int { all.count }

  /// A class's text; "class 17" where there is no label.
  ///
  /// - Parameter index: The class.
  /// - Returns: The text.
  public func label(at index: Int) -> String {
    all.indices.contains(index) ? all[index].text : "class \(index)"
  }

  /// A class's first synonym; "class 17" where there is no label.
  ///
  /// - Parameter index: The class.
  /// - Returns: The text.
  public func short(at index: Int) -> String {
    all.indices.contains(index) ? all[index].short : "class \(index)"
  }

  /// Refuses labels for another number of classes.
  ///
  /// - Parameter classes: How many classes the model has.
  /// - Throws: ``LabelsError/wrongCount(name:labels:classes:)``.
  public func check(classes: Int) throws(LabelsError) {
    guard count == classes else {
      throw .wrongCount(name: name, labels: count, classes: classes)
    }
  }
}
