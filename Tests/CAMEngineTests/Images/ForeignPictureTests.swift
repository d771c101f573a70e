import CAMEngine
import Testing

/// Files that are no pictures that are read are called by their names.
@Suite struct ForeignPictureTests {
  @Test(arguments: [
    ("<!DOCTYPE html><html></html>", "HTML"), ("\n<html>", "HTML"),
    ("<?xml version=\"1.0\"?>\n<!-- x -->\n<svg xmlns=\"\">", "SVG"), ("<svg/>", "SVG"),
    ("GIF89a\0\0", "GIF"), ("\0\0\0\u{18}ftypheic\0\0\0\0mif1heic", "HEIC"),
    ("\0\0\0\u{18}ftypmif1\0\0\0\0mif1heic", "HEIC"),
    ("\0\0\0\u{1C}ftypavif\0\0\0\0avifmif1", "AVIF"),
    ("\0\0\0\u{18}ftypmif1\0\0\0\0avifmif1", "AVIF"), ("\0\0\0\u{18}ftypmp42\0\0\0\0isom", "video"),
    ("II*\0\u{8}\0\0\0", "TIFF"), ("MM\0*\0\0\0\u{8}", "TIFF"), ("BM\u{7}\u{1}\0\0\0\0\0\0", "BMP"),
    ("%PDF-1.7", "PDF"), ("8BPS\0\u{1}", "PSD"), ("P6\n3 2\n255\n", "PNM"), ("qoif\0\0", "QOI"),
    ("version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2\n", "LFS"),
    ("\0\0\u{1}\0\u{1}\0", "ICO"), ("PK\u{3}\u{4}", "ZIP"),
  ])
  func isNamed(file: String, word: String) {
    let error = #expect(throws: ImageError.self) { try Image(data: Array(file.utf8), name: "x") }
    #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
    #expect(error?.description.hasSuffix(".") == true)
  }

  @Test func checksTellBeforeReading() throws {
    try ImageReading.check(ImageFixture.path("decode/rgb.png"))
    let missing = #expect(throws: ImageError.self) { try ImageReading.check("/no/photo.png") }
    #expect(missing == .notFound(path: "/no/photo.png"))
    #expect(throws: ImageError.self) { try ImageReading.check(ImageFixture.path("decode")) }
    #expect(throws: ImageError.self) { try ImageReading.check(ImageFixture.path("bad/text.txt")) }
  }

  /// Two pictures of which the first lies at 2, 4 of a canvas.
  @Test func theFirstPictureOfAnAnimation() throws {
    let still = try ImageFixture.bytes("decode/one-pixel.webp")
    func bytes(_ number: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    func chunk(_ type: String, _ payload: [[UInt8]]) -> [UInt8] {
      let content = Array(payload.joined())
      let parts: [[UInt8]] = [
        Array(type.utf8), bytes(content.count, 4), content, content.count % 2 == 0 ? [] : [0],
      ]
      return Array(parts.joined())
    }
    let frame = chunk(
      "ANMF",
      [
        bytes(1, 3), bytes(2, 3), bytes(0, 3), bytes(0, 3), bytes(40, 3), [0],
        Array(still.dropFirst(12)),
      ])
    let header = chunk("VP8X", [[2, 0, 0, 0], bytes(7, 3), bytes(5, 3)])
    let animation = chunk("ANIM", [[0, 0, 0, 0, 0, 0]])
    let parts: [[UInt8]] = [Array("WEBP".utf8), header, animation, frame, frame]
    let body = Array(parts.joined())
    let file = Array("RIFF".utf8) + bytes(body.count, 4) + body
    let pixel = try ImageFixture.image("decode/one-pixel.webp")[0, 0]
    let reading = try ImageReading(data: file, name: "moving.webp")
    #expect(reading.notes == [.animation(name: "moving.webp", pictures: 2)])
    #expect(reading.image.width == 8 && reading.image.height == 6)
    #expect(reading.image[2, 4] == pixel)
    #expect(reading.image[0, 0] == .white && reading.image[3, 4] == .white)
  }

  @Test func damageIsSaid() throws {
    var bytes = try ImageFixture.bytes("decode/baseline.jpg")
    #expect(try ImageReading(data: bytes, name: "x").notes.isEmpty)
    bytes.insert(contentsOf: [0x13, 0x17, 0x19], at: bytes.count - 2)
    let notes = try ImageReading(data: bytes, name: "x.jpg").notes
    #expect(notes.first?.description.contains("x.jpg is damaged") == true)
  }
}
