import CAMEngine
import Foundation
import Testing

@Suite struct AtomicFolderTests {
  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  @Test func nothingThatExistsIsTouched() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write([9], to: folder + "/a-2")
      try FileManager.default.createDirectory(
        atPath: folder + "/a-3", withIntermediateDirectories: false)
      for (wanted, byte) in [("a", 1), ("a-4", 2), ("a-5", 3)] as [(String, UInt8)] {
        let path = try AtomicFolder.make("a", in: folder) {
          try AtomicFile.write([byte], to: $0 + "/file")
        }
        #expect(path == "\(folder)/\(wanted)")
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: path + "/file"))) == [byte])
      }
      #expect(try names(folder) == ["a", "a-2", "a-3", "a-4", "a-5"])
      #expect(try names(folder + "/a-3") == [])
    }
  }

  @Test func failureLeavesNothingBehindAndNamesTheWantedPath() throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: OutputError.self) {
        _ = try AtomicFolder.make("a", in: folder) {
          try AtomicFile.write([1], to: $0 + "/first")
          try AtomicFile.write([1], to: $0 + "/missing/second")
        }
      }
      #expect(
        error
          == .notWritten(path: folder + "/a/missing/second", reason: "no such file or directory"))
      let left = try names(folder)
      #expect(left == [])
    }
  }

  @Test func aMissingFolderIsNamed() {
    let error = #expect(throws: OutputError.self) {
      _ = try AtomicFolder.make("a", in: "/no/such/folder") { _ in }
    }
    #expect(
      error == .notWritten(path: "/no/such/folder/a", reason: "no such file or directory"))
  }
}
