import CAMEngine
import Foundation
import Testing

@Suite struct AtomicFileTests {
  @Test func writesAndReplaces() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.bin"
      for bytes in [[1, 2, 3], [], Array(repeating: 7, count: 100_000)] as [[UInt8]] {
        try AtomicFile.write(bytes, to: path)
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: path))) == bytes)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a.bin"])
    }
  }

  @Test func missingFolderIsNamed() {
    let error = #expect(throws: OutputError.self) {
      try AtomicFile.write([1], to: "/no/such/folder/a.bin")
    }
    #expect(
      error?.description.hasPrefix(
        "/no/such/folder/a.bin cannot be written: no such file or directory; expected") == true)
  }

  @Test func failureLeavesNothingBehind() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/sub/inner", withIntermediateDirectories: true)
      #expect(throws: OutputError.self) { try AtomicFile.write([1], to: folder + "/sub") }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["sub"])
    }
  }
}
