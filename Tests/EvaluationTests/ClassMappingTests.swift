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

  @Test func namesAndPlacesComeNext() {
    let mapping = ClassMapping(labels: labels, classCount: 2)
    #expect(mapping.classes(of: ClassLabel(name: "Tabby")) == [1])
    #expect(mapping.classes(of: ClassLabel(name: "65", index: 1)) == [1])
    #expect(mapping.classes(of: ClassLabel(name: "65", index: 2)) == [])
  }

  @Test func aFileDecidesAlone() throws {
    let folder = try TestFolder()
    let path = try folder.write(#"{"cat": [1, 0], "person": []}"#, "map.json")
    let mapping = try ClassMapping(contentsOfFile: path, classCount: 2)
    #expect(mapping.classes(of: ClassLabel(name: "cat")) == [0, 1])
    #expect(mapping.classes(of: ClassLabel(name: "person", index: 1)) == [])
    #expect(throws: EvaluationError.self) { try ClassMapping(contentsOfFile: path, classCount: 1) }
    let wrong = try folder.write("[1]", "wrong.json")
    #expect(throws: EvaluationError.self) { try ClassMapping(contentsOfFile: wrong, classCount: 2) }
  }
}
