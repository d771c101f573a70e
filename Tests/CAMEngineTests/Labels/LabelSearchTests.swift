import CAMEngine
import Testing

@Suite struct LabelSearchTests {
  private let labels = Labels(
    [
      Labels.Label(text: "polecat, fitch"), Labels.Label(text: "tabby, tabby cat", id: "n02123045"),
      Labels.Label(text: "cathedral"), Labels.Label(text: "Cat"),
      Labels.Label(text: "cougar, catamount"),
      Labels.Label(text: "golden retriever"), Labels.Label(text: "dalmatian"),
    ], name: "test")

  @Test func exactThenWholeWordThenPrefixThenPart() {
    #expect(labels.matches("cat") == [3, 1, 2, 4, 0])
    #expect(labels.matches("tabby cat") == [1])
    #expect(labels.matches("retr") == [5])
    #expect(labels.matches("TABBY") == [1])
    #expect(labels.matches("n02123045") == [1])
  }

  @Test func nearNamesOnlyWithoutOthers() {
    #expect(labels.matches("golden retreiver") == [5])
    #expect(labels.matches("dalmation") == [6])
    #expect(labels.matches("xyzxyzxyz").isEmpty)
    #expect(labels.matches("") == Array(0..<7))
  }

  @Test func classesByNumberAndName() throws {
    #expect(try labels.index(of: "4", classes: 7) == 4)
    #expect(try labels.index(of: "cat", classes: 7) == 3)
    #expect(try labels.index(of: "retriever", classes: 7) == 5)
    #expect(try labels.index(of: "fitch", classes: 7) == 0)
  }

  @Test(arguments: ["7", "-1", "ca", "dalmation", "nothing like it", ""])
  func unclearNamesAreErrors(text: String) {
    let error = #expect(throws: LabelsError.self) { try labels.index(of: text, classes: 7) }
    #expect(error?.description.contains("a number from 0 to 6") == true)
  }

  @Test func errorsOfferNearNames() {
    let error = #expect(throws: LabelsError.self) { try labels.index(of: "dalmation", classes: 7) }
    #expect(error?.description.contains("such as \"dalmatian\"") == true)
  }
}
