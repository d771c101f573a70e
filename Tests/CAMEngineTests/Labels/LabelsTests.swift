import CAMEngine
import Testing

@Suite struct LabelsTests {
  private func parsed(_ text: String) throws -> Labels {
    try Labels(bytes: Array(text.utf8), name: "labels.txt")
  }

  @Test func wordNetIdsAreSplitOff() throws {
    let labels = try parsed("n02123045 tabby, tabby cat\nn1 x\nplain label\r\nn0212304x y\n\n \n")
    #expect(labels.count == 4)
    #expect(labels.all[0] == Labels.Label(text: "tabby, tabby cat", id: "n02123045"))
    #expect(labels.all[0].short == "tabby")
    #expect(labels.all[1] == Labels.Label(text: "n1 x"))
    #expect(labels.label(at: 2) == "plain label")
    #expect(labels.all[3] == Labels.Label(text: "n0212304x y"))
  }

  @Test func emptyLinesInsideCount() throws {
    let labels = try parsed("a\n\nc\n")
    #expect(labels.all.map(\.text) == ["a", "", "c"])
  }

  @Test func missingLabelsAreNumbers() {
    #expect(Labels.none.label(at: 17) == "class 17")
    #expect(Labels.none.short(at: 3) == "class 3")
    #expect(Labels.none.label(at: -1) == "class -1")
  }

  @Test func badTextIsRefused() {
    #expect(throws: LabelsError.empty(name: "labels.txt")) { try parsed("\n \n") }
    #expect(throws: LabelsError.self) { try Labels(bytes: [0xFF, 0xFE, 0x41], name: "x") }
    #expect(throws: LabelsError.notFound(path: "/no/labels")) {
      try Labels(contentsOfFile: "/no/labels")
    }
    #expect(throws: LabelsError.self) { try Labels(contentsOfFile: "/") }
  }

  @Test func countsAreChecked() throws {
    let labels = try parsed("a\nb\n")
    try labels.check(classes: 2)
    let error = #expect(throws: LabelsError.wrongCount(name: "labels.txt", labels: 2, classes: 10))
    {
      try labels.check(classes: 10)
    }
    #expect(error?.description.contains("2 labels; expected 10") == true)
  }

  @Test func filesAreToldByContent() throws {
    try withTemporaryFolder { folder in
      let model = folder + "/net.onnx"
      #expect(try Labels.forModel(model) == .none)
      try AtomicFile.write(Array("{}".utf8), to: folder + "/config.json")
      #expect(try Labels.forModel(model) == .none)
      let json = "\n {\"id2label\": {\"0\": \"cat\"}}"
      try AtomicFile.write(Array(json.utf8), to: folder + "/config.json")
      #expect(try Labels.forModel(model).label(at: 0) == "cat")
      try AtomicFile.write(Array("dog\n".utf8), to: folder + "/mine.txt")
      #expect(try Labels.forModel(model, file: folder + "/mine.txt").label(at: 0) == "dog")
      #expect(throws: LabelsError.self) { try Labels.forModel(model, file: folder + "/none") }
    }
  }
}
