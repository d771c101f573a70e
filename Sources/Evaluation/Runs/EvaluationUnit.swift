import CAMEngine

/// What is evaluated at once: a photo, and one label of it where the rule is ``TargetRule/labelled``.
struct EvaluationUnit: Sendable, Equatable {
  /// The photo's name, with the label behind a `#` where the photo has several.
  let name: String
  /// The path of the photo.
  let path: String
  /// The classes that may be explained; empty for any.
  let targets: [Int]
  /// The classes that the photo shows; empty where that is not known.
  let shown: Set<Int>
  /// The boxes with the classes that they mean.
  let objects: [PlacedObject]
  /// Whether the photo's accuracy is counted here, so that a photo of several units counts once.
  let countsPhoto: Bool

  /// A box with the classes that its object may have.
  struct PlacedObject: Sendable, Equatable {
    let classes: [Int]
    let box: Box
  }

  /// The boxes of the objects of a class.
  func boxes(ofClass index: Int) -> [Box] {
    objects.filter { $0.classes.contains(index) }.map(\.box)
  }

  /// The units of a photo.
  ///
  /// - Parameters:
  ///   - photo: The photo.
  ///   - rule: Which class is explained.
  ///   - mapping: What its labels mean.
  /// - Returns: None where the rule is ``TargetRule/labelled`` and the model has none of its classes.
  static func units(
    of photo: Photo, rule: TargetRule, _ mapping: ClassMapping
  ) -> [EvaluationUnit] {
    let classes = photo.objects.map { mapping.classes(of: $0.label) }
    let objects = zip(photo.objects, classes).compactMap { object, classes in
      object.box.map { PlacedObject(classes: classes, box: $0) }
    }
    func unit(_ name: String, targets: [Int], isFirst: Bool) -> EvaluationUnit {
      EvaluationUnit(
        name: name, path: photo.path, targets: targets, shown: Set(classes.joined()),
        objects: objects, countsPhoto: isFirst)
    }
    guard rule == .labelled else { return [unit(photo.name, targets: [], isFirst: true)] }
    let labels = labels(photo, mapping)
    return labels.enumerated().map { index, label in
      unit(
        labels.count == 1 ? photo.name : "\(photo.name)#\(label.name)",
        targets: mapping.classes(of: label), isFirst: index == 0)
    }
  }

  /// The labels of a photo that mean a class of the model, each once, ordered by name.
  private static func labels(_ photo: Photo, _ mapping: ClassMapping) -> [ClassLabel] {
    let labels = Set(photo.objects.map(\.label)).filter { !mapping.classes(of: $0).isEmpty }
    return labels.sorted { $0.name < $1.name }
  }
}
