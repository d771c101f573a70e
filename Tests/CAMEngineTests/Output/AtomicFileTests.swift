import Foundation
import Testing

@testable import CAMEngine

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

  /// What went wrong with writing may show only when the file is closed, as on a network folder.
  @Test func theReasonIsThatOfTheCallThatFailed() throws {
    func failing(_ code: Int32) -> (Int32) -> Int32 {
      { _ in
        errno = code
        return -1
      }
    }
    func expect(_ reason: String, _ ending: AtomicFile.EndOfWriting) throws {
      try withTemporaryFolder { folder in
        let error = #expect(throws: OutputError.self) {
          try AtomicFile.write([1], to: folder + "/a", ending: ending)
        }
        #expect(error?.description.contains(reason) == true)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names == [])
      }
    }
    var ending = AtomicFile.EndOfWriting()
    ending.close = failing(EDQUOT)
    try expect("disk quota exceeded", ending)
    ending.flush = failing(ENOSPC)
    try expect("no space left on device", ending)
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
