import CAMEngine
import Testing

/// Every format of labels gives the same three names, or an error that names what is wrong.
@Suite struct LabelsFormatTests {
  private static let names = ["anvil", "barge, kind of", "cello's"]

  private func texts(_ text: String) throws -> [String] {
    try Labels(bytes: Array(text.utf8), name: "the file").all.map(\.text)
  }

  @Test(arguments: [
    // A label a line.
    "anvil\nbarge, kind of\ncello's", "\u{FEFF}anvil\r\nbarge, kind of\r\ncello's\r\n\r\n \r\n",
    // WordNet ids.
    "n00000000\tanvil\nn00000001\tbarge, kind of\nn00000002\tcello's\n",
    "n00000000 anvil\nn00000001 barge, kind of\nn00000002 cello's\n",
    "n00000000,anvil\nn00000001,\"barge, kind of\"\nn00000002,cello's\n",
    // Numbers.
    "0 anvil\n1 barge, kind of\n2 cello's", "2: cello's\n0: anvil\n1: barge, kind of\n",
    "0\tanvil\n1\tbarge, kind of\n2\tcello's", "0,anvil\n1,barge, kind of\n2,cello's\n",
    "0,anvil\n2,cello's\n1,\"barge, kind of\"\n", "0;anvil\n1;barge, kind of\n2;cello's\n",
    "anvil\t0\nbarge, kind of\t1\ncello's\t2\n",
    "n00000007 1 barge, kind of\nn00000000 0 anvil\nn00000001 2 cello's\n",
    "0,n00000000,anvil\n1,n00000001,\"barge, kind of\"\n2,n00000002,cello's",
    // Headers.
    "index,name\n0,anvil\n1,\"barge, kind of\"\n2,cello's\n",
    "wnid\tname\tid\nn00000001\tbarge, kind of\t1\nn00000000\tanvil\t0\nn00000002\tcello's\t2",
    "class,label\n0,anvil\n1,\"barge, kind of\"\n2,cello's\n",
    "label\nanvil\n\"barge, kind of\"\ncello's",
    "\"anvil\"\n\"barge, kind of\"\n\"cello's\"",
    // Lists.
    #"["anvil", "barge, kind of", "cello's"]"#, #"['anvil', 'barge, kind of', "cello's",]"#,
    #"labels = ('anvil', u'barge, kind of', 'cello\'s')  # three"#,
    #"[["n00000000", "anvil"], ["n00000001", "barge, kind of"], ["n00000002", "cello's"]]"#,
    #"[{"id": 1, "name": "barge, kind of"}, {"id": 0, "name": "anvil"}, {"id": 2, "name": "cello's"}]"#,
    // Objects.
    #"{"1": "barge, kind of", "0": "anvil", "2": "cello's"}"#,
    "{0: 'anvil',\n 1: 'barge, kind of',\n 2: \"cello's\"}",
    #"{"0": ["n00000000", "anvil"], "1": ["n00000001", "barge, kind of"], "2": ["n00000002", "cello's"]}"#,
    "{0: {'id': '00000000-n', 'label': 'anvil'}, 1: {'label': 'barge, kind of'}, 2: {'label': \"cello's\"}}",
    #"{"anvil": 0, "cello's": 2, "barge, kind of": 1}"#,
    #"{"model_type": "x", "id2label": {"1": "barge, kind of", "0": "anvil", "2": "cello\u0027s"}}"#,
    #"{"num_classes": 3, "label_names": ["anvil", "barge, kind of", "cello's"]}"#,
    #"{"pretrained_cfg": {"label_names": ["anvil", "barge, kind of", "cello's"]}}"#,
    #"{"label_names": ["a", "b", "c"], "label_descriptions": {"a": "anvil", "b": "barge, kind of", "c": "cello's"}}"#,
    #"{"class_to_idx": {"anvil": 0, "barge, kind of": 1, "cello's": 2}}"#,
  ])
  func namesAreRead(text: String) throws {
    #expect(try texts(text) == Self.names)
  }

  @Test(arguments: [true, false])
  func utf16IsRead(isBig: Bool) throws {
    let bytes = "\u{FEFF}Amboß\r\n金床\r\n".utf16.flatMap { unit in
      isBig ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
    #expect(try Labels(bytes: bytes, name: "x").all.map(\.text) == ["Amboß", "金床"])
  }

  /// Lines that begin with numbers, but do not count.
  @Test(arguments: ["7 Up\n8 Mile\n9 lives", "1 euro\n2 euro\n5 euro", "0\n1\n2", "a, 1\nb, 7"])
  func namesMayHaveNumbers(text: String) throws {
    #expect(try texts(text) == text.split(separator: "\n").map(String.init))
  }

  @Test(arguments: [
    #"{"0": "a", "1": "b", "2": "c", "4": "d"}"#, "{0: 'a', 1: 'b', 2: 'c', 5: 'd'}",
    "0 a\n1 b\n2 c\n4 d", "0,a\n1,b\n2,c\n4,d", "index\tname\n0\ta\n1\tb\n2\tc\n9\td",
    #"{"id2label": {"0": "a", "1": "b", "2": "c", "4": "d"}}"#,
    #"{"a": 0, "b": 1, "c": 2, "d": 7}"#,
  ])
  func aGapIsNamed(text: String) {
    let error = #expect(throws: LabelsError.self) { try texts(text) }
    #expect(error?.description.contains("class 3") == true)
  }

  @Test(arguments: ["1 a\n2 b\n3 c", "1,a\n2,b\n3,c", #"{"1": "a", "2": "b", "3": "c"}"#])
  func numbersFromOneAreRefused(text: String) {
    let error = #expect(throws: LabelsError.self) { try texts(text) }
    #expect(error?.description.contains("class 0") == true)
    #expect(error?.description.contains("begin at 1") == true)
  }

  @Test(arguments: [
    #"{"0": "a", "1": "b", "1": "c"}"#, "{0: 'a', 1: 'b', 1: 'c'}", "0 a\n1 b\n1 c",
    "0,a\n1,b\n1,c",
    #"{"id2label": {"0": "a", "1": "b", "1": "c"}}"#, #"{"a": 0, "b": 1, "c": 1}"#,
  ])
  func aDuplicateIsNamed(text: String) {
    #expect(throws: LabelsError.self) { try texts(text) }
    do {
      _ = try texts(text)
    } catch {
      #expect("\(error)".contains("class 1 twice") && "\(error)".contains("\"c\""))
    }
  }

  @Test(arguments: [
    "{", "[\"a\", 7]", "{\"id2label\": {\"0\": 7}}", "[\"a\"", "{\"a\": \"b\"}", "[1, 2]", "{}",
    "[]",
    "['a' 'b", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
    "<!DOCTYPE html>\n<html></html>", "0,a\n1,\n2,c", "0 a\n1\n2 c",
    String(repeating: "[", count: 9999),
  ])
  func whatIsWrongIsRefused(text: String) {
    let error = #expect(throws: LabelsError.self) { try texts(text) }
    #expect(error?.description.hasSuffix(".") == true)
    #expect(error?.description.contains("\n") == false)
  }

  @Test func metadataOfExportersIsRead() throws {
    for (key, text) in [
      ("names", "{0: 'barge', 1: \"Brewer's duck\"}"),
      ("names", #"{"0": "barge", "1": "Brewer's duck"}"#),
      ("classes", "barge,Brewer's duck"), ("class_names", "['barge', \"Brewer's duck\"]"),
    ] {
      let labels = try Labels.forModel("/no/m.onnx", metadata: [key: text, "stride": "32"])
      #expect(labels.all.map(\.text) == ["barge", "Brewer's duck"])
      #expect(labels.name.contains(key))
    }
    #expect(try Labels.forModel("/no/m.onnx", metadata: ["classes": "12"]) == .none)
  }

  @Test func aFolderForTheONNXFormLooksOneUp() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Array(#"{"id2label": {"0": "up"}}"#.utf8), to: folder + "/config.json")
      #expect(try Labels.forModel(folder + "/onnx/model.onnx").label(at: 0) == "up")
      #expect(try Labels.forModel(folder + "/other/model.onnx") == .none)
    }
  }
}
