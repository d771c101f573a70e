import CAMEngine
import Testing

@testable import Evaluation

@Suite struct ClassMappingTests {
  private let labels = Labels(
    [
      .init(text: "goldfish, Carassius auratus", id: "n01443537"),
      .init(text: "tabby, tabby cat", id: "n02123045"),
    ], name: "test")

  @Test func theWordNetIDDecides() {
    let mapping = ClassMapping(labels: labels, classCount: 2)
    let label = ClassLabel(name: "goldfish", wordNetID: "n02123045", index: 0)
    #expect(mapping.classes(of: label) == [1])
    let unknown = ClassLabel(name: "n00000001", wordNetID: "n00000001", index: 0)
    #expect(mapping.classes(of: unknown) == [], "the model's own ids are known: no guess by place")
  }

  /// What `number` classes of a data set called so, each at its place, mean for a model.
  private func classes(
    _ names: [String], count: Int?, first: Int = 0, labels: Labels, classCount: Int
  ) -> [[Int]] {
    let wanted = names.enumerated().map { ClassLabel(name: $1, index: $0 + first) }
    let mapping = ClassMapping(
      labels: labels, classCount: classCount, of: ClassSet(count: count, labels: Set(wanted)))
    return wanted.map(mapping.classes)
  }

  @Test func namesComeNext() {
    let mapping = ClassMapping(labels: labels, classCount: 2)
    #expect(mapping.classes(of: ClassLabel(name: "Tabby")) == [1])
    #expect(mapping.classes(of: ClassLabel(name: "001.Tabby,_tabby_cat")) == [1])
    #expect(mapping.classes(of: ClassLabel(name: "65", index: 1)) == [], "nothing says how many")
  }

  @Test func placesCountAmongAsManyClassesOnly() {
    let names = ["0", "1"]
    #expect(classes(names, count: 2, labels: .none, classCount: 2) == [[0], [1]])
    #expect(classes(names, count: 2, labels: .none, classCount: 1000) == [[], []])
    #expect(classes(names, count: nil, labels: .none, classCount: 2) == [[], []])
    #expect(classes(names, count: 2, first: 1, labels: .none, classCount: 2) == [[], []])
    #expect(classes(names, count: 2, first: -1, labels: .none, classCount: 2) == [[], []])
  }

  /// A class that is called like one of the model's, but elsewhere, shows that the order is another.
  @Test func namesThatDisagreeWithPlacesDecide() {
    let model = Labels(["cat", "dog", "owl"].map { .init(text: $0) }, name: "test")
    #expect(
      classes(["dog", "cat", "wombat"], count: 3, labels: model, classCount: 3) == [[1], [0], []])
    #expect(
      classes(["cat", "hound", "owl"], count: 3, labels: model, classCount: 3) == [[0], [1], [2]])
  }

  /// 200 birds and a model of 1000 things.
  @Test func birdsAreNotThings() {
    let things = Labels((0..<1000).map { .init(text: "thing \($0)") }, name: "test")
    let birds = ClassSet(
      count: 200,
      labels: Set((0..<200).map { (bird: Int) in ClassLabel(name: "\(bird).Bird", index: bird) }))
    let mapping = ClassMapping(labels: things, classCount: 1000, of: birds)
    #expect(birds.labels.allSatisfy { mapping.classes(of: $0).isEmpty })
    let coverage = mapping.coverage(of: birds)
    #expect(coverage.count == 200 && coverage.unknown.count == 200 && coverage.way == .name)
  }

  @Test func aFileDecidesAlone() throws {
    let folder = try TestFolder()
    let path = try folder.write(#"{"cat": [1, 0], "person": []}"#, "map.json")
    let mapping = try ClassMapping(contentsOfFile: path, classCount: 2)
    #expect(mapping.classes(of: ClassLabel(name: "cat")) == [0, 1])
    #expect(mapping.classes(of: ClassLabel(name: "person", index: 1)) == [])
    #expect(throws: ModelError.self) { try ClassMapping(contentsOfFile: path, classCount: 1) }
    let wrong = try folder.write("[1]", "wrong.json")
    #expect(throws: ModelError.self) { try ClassMapping(contentsOfFile: wrong, classCount: 2) }
  }
}
