import CAMEngine
import Foundation
import Testing

@Suite struct ImageErrorTests {
  @Test func missingFile() {
    #expect(throws: ImageError.notFound(path: "/no/such/photo.jpg")) {
      try Image(contentsOfFile: "/no/such/photo.jpg")
    }
  }

  @Test func directory() throws {
    let path = ImageFixture.path("decode")
    let error = #expect(throws: ImageError.self) { try Image(contentsOfFile: path) }
    #expect(error?.description.contains("is a directory") == true)
  }

  @Test func emptyAndText() throws {
    let empty = ImageFixture.path("bad/empty.jpg")
    #expect(throws: ImageError.empty(name: empty)) { try Image(contentsOfFile: empty) }
    let text = ImageFixture.path("bad/text.txt")
    let error = #expect(throws: ImageError.unknownFormat(name: text)) {
      try Image(contentsOfFile: text)
    }
    #expect(error?.description.contains("JPEG, PNG or WebP") == true)
  }

  @Test(arguments: ["huge.jpg", "huge.png", "huge.webp"])
  func hugeSizeIsRefusedFromTheHeader(name: String) {
    let path = ImageFixture.path("bad/" + name)
    #expect(throws: ImageError.tooLarge(name: path, width: 60_000, height: 60_000)) {
      try Image(contentsOfFile: path)
    }
  }

  @Test func anAnimationWithoutAPictureIsRefused() throws {
    let bytes = try ImageFixture.bytes("bad/animated.webp")
    let size: [UInt8] = [36, 0, 0, 0]
    let header = Array("RIFF".utf8) + size + bytes[8..<44]
    let error = #expect(throws: ImageError.self) { try Image(data: header, name: "x") }
    #expect(error?.description.contains("no first picture") == true, "\(String(describing: error))")
  }

  @Test(arguments: ImageFixture.encoded)
  func truncationAtEveryEighthIsAnError(name: String) throws {
    let bytes = try ImageFixture.bytes(name)
    for eighths in 0..<8 {
      let part = Array(bytes.prefix(bytes.count * eighths / 8))
      let error = #expect(throws: ImageError.self, "\(eighths)/8") {
        try Image(data: part, name: name)
      }
      #expect(error?.description.contains(name) == true)
    }
    let last = Array(bytes.dropLast(2))
    #expect(throws: ImageError.self, "without its last two bytes") {
      try Image(data: last, name: name)
    }
  }

  @Test func truncationIsNamed() throws {
    let bytes = try ImageFixture.bytes("decode/progressive.jpg")
    let half = Array(bytes.prefix(bytes.count / 2))
    #expect(throws: ImageError.truncated(name: "half", format: .jpeg)) {
      try Image(data: half, name: "half")
    }
  }

  @Test func tablesWithoutAPictureAreMalformed() {
    #expect(throws: ImageError.self) {
      try Image(data: [0xFF, 0xD8, 0xFF, 0xD9], name: "tables")
    }
  }

  /// Damage anywhere must give a picture or an error; every byte of one small file of each format.
  @Test(
    arguments: ["one-pixel.jpg", "one-pixel.png", "one-pixel.webp"], [0x00, 0x7F, 0xFF] as [UInt8])
  func damagedBytesNeverTrap(name: String, value: UInt8) throws {
    let bytes = try ImageFixture.bytes("decode/" + name)
    var refused = 0
    for index in bytes.indices {
      var damaged = bytes
      damaged[index] = value
      do {
        let image = try Image(data: damaged, name: name)
        #expect(image.pixels.count == 3 * image.width * image.height)
      } catch {
        refused += 1
      }
    }
    #expect(refused > 0)
  }
}
