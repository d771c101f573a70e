import CAMEngine
import Testing

/// What EXIF and XMP say of the orientation, in every place and form, for a PNG of 3 x 2 pixels.
@Suite struct OrientationTests {
  private static let columns = 3

  /// Whether the picture with this chunk before its data is turned by a quarter.
  private func isTurned(_ type: String, _ payload: [UInt8]) throws -> Bool {
    let stored = Image(width: Self.columns, height: 2, color: .white)
    let file = try stored.pngEncoded()
    let parts: [[UInt8]] = [
      Array(file[..<33]), Self.bigEndian(payload.count), Array(type.utf8), payload, [0, 0, 0, 0],
      Array(file[33...]),
    ]
    let image = try Image(data: Array(parts.joined()), name: "x.png")
    return image.width == 2
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  private static func tiff(type: UInt8, value: UInt8, isBig: Bool) -> [UInt8] {
    let field: [UInt8] =
      switch (type, isBig) {
      case (3, true): [0, value, 0, 0]
      case (4, true): [0, 0, 0, value]
      default: [value, 0, 0, 0]
      }
    let big: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, type, 0, 0, 0, 1]
    let little: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, type, 0, 1, 0, 0, 0]
    return (isBig ? big : little) + field
  }

  private static func profile(_ bytes: [UInt8], name: String) -> [UInt8] {
    let digits = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    return Array("Raw profile type \(name)\0\n\(name)\n    \(bytes.count)\n\(digits)\n".utf8)
  }

  @Test(arguments: [3, 4] as [UInt8], [true, false])
  func shortAndLongValuesOfBothOrders(type: UInt8, isBig: Bool) throws {
    #expect(try isTurned("eXIf", Self.tiff(type: type, value: 6, isBig: isBig)))
    #expect(
      try isTurned("eXIf", Array("Exif\0\0".utf8) + Self.tiff(type: type, value: 8, isBig: isBig)))
    for value in [0, 1, 9, 255] as [UInt8] {
      #expect(try !isTurned("eXIf", Self.tiff(type: type, value: value, isBig: isBig)))
    }
  }

  @Test func valuesOfOtherTypesAndCutOffBlocksAreIgnored() throws {
    #expect(try !isTurned("eXIf", Self.tiff(type: 2, value: 6, isBig: false)))
    let block = Self.tiff(type: 3, value: 6, isBig: true)
    for count in 0..<block.count - 2 { #expect(try !isTurned("eXIf", Array(block.prefix(count)))) }
  }

  @Test func rawProfiles() throws {
    let block = Self.tiff(type: 3, value: 6, isBig: true)
    #expect(try isTurned("tEXt", Self.profile(block, name: "exif")))
    #expect(try isTurned("tEXt", Self.profile(Array("Exif\0\0".utf8) + block, name: "APP1")))
    #expect(try !isTurned("tEXt", Self.profile(block, name: "icc")))
    #expect(try !isTurned("zTXt", Self.profile(block, name: "exif")), "it is not compressed")
  }

  @Test(arguments: [
    (#"<x tiff:Orientation="6"/>"#, true), ("<x tiff:Orientation='8'/>", true),
    ("<tiff:Orientation>5</tiff:Orientation>", true), ("<tiff:Orientation> 7 <", true),
    (#"<x tiff:Orientation="3"/>"#, false), (#"<x tiff:Orientation="66"/>"#, false),
    ("<x tiff:Orientation=\"\"/>", false), ("<x tiff:Orientation", false),
  ])
  func xmp(packet: String, turns: Bool) throws {
    let head = Array("XML:com.adobe.xmp\0\0\0\0\0".utf8)
    #expect(try isTurned("iTXt", head + Array(packet.utf8)) == turns)
  }
}
