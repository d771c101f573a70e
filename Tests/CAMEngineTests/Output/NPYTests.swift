import CAMEngine
import Testing

@Suite struct NPYTests {
  @Test func readsWhatNumPyWrites() throws {
    let array = try NPY(contentsOfFile: ImageFixture.path("order.npy"))
    #expect(array.shape == [3, 4])
    #expect(array.integers == Array(0..<12))
  }

  @Test func writesWhatNumPyWrites() throws {
    for name in ["order.npy", "small.npy", "upsample.npy"] {
      let bytes = try ImageFixture.bytes(name)
      #expect(try NPY(bytes, name: name).encoded() == bytes)
    }
  }

  @Test(arguments: [[], [0], [7], [1, 2, 3], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5]])
  func readsWhatItWrites(shape: [Int]) throws {
    let count = shape.reduce(1, *)
    let array = NPY(shape: shape, values: .float32((0..<count).map { Float($0) - 0.5 }))
    let bytes = array.encoded()
    #expect((bytes.count - 4 * count) % 64 == 0)
    #expect(try NPY(bytes, name: "x") == array)
  }

  @Test func badFilesAreRefused() throws {
    let bytes = try ImageFixture.bytes("order.npy")
    for count in 0..<bytes.count {
      #expect(throws: OutputError.self) { try NPY(Array(bytes.prefix(count)), name: "x") }
    }
    for (old, new) in [
      ("False", "True "), ("<i8", ">i8"), ("(3, 4)", "(3,-4)"), ("(3, 4)", "(9, 9)"),
    ] {
      let text = String(decoding: bytes[10..<128], as: UTF8.self).replacing(old, with: new)
      let changed = Array(bytes[..<10]) + Array(text.utf8) + Array(bytes[128...])
      #expect(throws: OutputError.self) { try NPY(changed, name: "x") }
    }
    #expect(throws: OutputError.self) { try NPY(contentsOfFile: "/no/such.npy") }
  }
}
