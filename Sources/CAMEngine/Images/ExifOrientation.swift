/// How a camera was held: the value 1 to 8 of EXIF's tag 0x0112 (EXIF 2.3, section 4.6.4).
///
/// The name of a case says where the stored row 0 and column 0 are in the upright picture.
enum ExifOrientation: Int, CaseIterable, Sendable {
  case topLeft = 1, topRight, bottomRight, bottomLeft, leftTop, rightTop, rightBottom, leftBottom

  /// Whether the upright picture's width is the stored height.
  var swapsSides: Bool { rawValue >= ExifOrientation.leftTop.rawValue }
}

/// What the metadata of a file says of its orientation, as Pillow's `exif_transpose` takes it: EXIF's tag
/// where there is one, else XMP's `tiff:Orientation`; a value that is none of the eight counts as upright.
///
/// Damaged metadata never makes an image unreadable, so there are no errors.
struct OrientationTags: Sendable, Equatable {
  private var exif: Int?
  private var xmp: Int?

  /// How the pixels are stored.
  var orientation: ExifOrientation {
    (exif ?? xmp).flatMap(ExifOrientation.init(rawValue:)) ?? .topLeft
  }

  /// Takes the tag of a TIFF structure, which EXIF blocks are; the first block that has one counts.
  ///
  /// - Parameter tiff: The block, with or without its leading `Exif\0\0`.
  mutating func read(exif tiff: ArraySlice<UInt8>) {
    exif = exif ?? TIFFReader(tiff)?.orientation
  }

  /// Takes the property of an XMP packet, whether written as an attribute (`tiff:Orientation="6"`) or as
  /// an element.
  ///
  /// - Parameter packet: XML in UTF-8.
  mutating func read(xmp packet: ArraySlice<UInt8>) {
    let name = Array("tiff:Orientation".utf8)
    guard xmp == nil, let first = name.first else { return }
    let places = packet.indices.filter {
      packet[$0] == first && packet[$0...].starts(with: name)
    }
    xmp = places.lazy.compactMap { Self.value(packet[($0 + name.count)...].prefix(16)) }.first
  }

  /// The number behind the name of a property; nil where none follows.
  private static func value(_ text: ArraySlice<UInt8>) -> Int? {
    let marks = Array("=\"'> \n\r\t".utf8)
    let digits = text.drop { marks.contains($0) }.prefix { (0x30...0x39).contains($0) }
    guard digits.startIndex > text.startIndex else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}

/// Reads numbers of a TIFF structure in its byte order; nil beyond its end.
private struct TIFFReader {
  private let bytes: ArraySlice<UInt8>
  private let isBigEndian: Bool

  init?(_ block: ArraySlice<UInt8>) {
    let prefix = Array("Exif\0\0".utf8)
    bytes = block.starts(with: prefix) ? block.dropFirst(prefix.count) : block
    if bytes.starts(with: Array("MM".utf8)) {
      isBigEndian = true
    } else if bytes.starts(with: Array("II".utf8)) {
      isBigEndian = false
    } else {
      return nil
    }
  }

  /// The value of tag 0x0112 in the first directory, 0 where it is of a type that is no whole number; nil
  /// where there is no such tag.
  var orientation: Int? {
    guard uint16(at: 2) == 42, let directory = uint32(at: 4), let entries = uint16(at: directory)
    else { return nil }
    for entry in 0..<entries {
      let start = directory + 2 + 12 * entry
      guard let tag = uint16(at: start), let type = uint16(at: start + 2) else { return nil }
      guard tag == 0x0112 else { continue }
      switch type {
      case FieldType.short, FieldType.signedShort: return uint16(at: start + 8)
      case FieldType.long, FieldType.signedLong: return uint32(at: start + 8)
      default: return 0
      }
    }
    return nil
  }

  /// TIFF 6.0, section 2.
  private enum FieldType {
    static let short = 3
    static let long = 4
    static let signedShort = 8
    static let signedLong = 9
  }

  private func uint16(at offset: Int) -> Int? { number(at: offset, bytes: 2) }
  private func uint32(at offset: Int) -> Int? { number(at: offset, bytes: 4) }

  private func number(at offset: Int, bytes count: Int) -> Int? {
    guard offset + count <= bytes.count else { return nil }
    let field = bytes[(bytes.startIndex + offset)..<(bytes.startIndex + offset + count)]
    let ordered = isBigEndian ? Array(field) : Array(field.reversed())
    return ordered.reduce(0) { $0 << 8 | Int($1) }
  }
}

extension Image {
  /// The upright picture of pixels that a camera stored in a given orientation.
  ///
  /// - Parameter orientation: How the pixels are stored.
  /// - Returns: The picture as it is to be seen.
  func upright(from orientation: ExifOrientation) -> Image {
    guard orientation != .topLeft else { return self }
    let (columns, rows) = orientation.swapsSides ? (height, width) : (width, height)
    let step = orientation.storedStep(width: width, height: height)
    let upright = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, initialized in
      pixels.withUnsafeBufferPointer { source in
        var written = 0
        for row in 0..<rows {
          var read = 3 * (step.origin + row * step.down)
          for _ in 0..<columns {
            target[written] = source[read]
            target[written + 1] = source[read + 1]
            target[written + 2] = source[read + 2]
            written += 3
            read += 3 * step.right
          }
        }
      }
      initialized = pixels.count
    }
    return Image(width: columns, height: rows, pixels: upright)
  }
}

extension ExifOrientation {
  /// Where the upright picture's first pixel is stored, and how far one step right and down lead there.
  fileprivate func storedStep(width: Int, height: Int) -> (origin: Int, right: Int, down: Int) {
    let (lastColumn, lastRow) = (width - 1, (height - 1) * width)
    return switch self {
    case .topLeft: (0, 1, width)
    case .topRight: (lastColumn, -1, width)
    case .bottomRight: (lastRow + lastColumn, -1, -width)
    case .bottomLeft: (lastRow, 1, -width)
    case .leftTop: (0, width, 1)
    case .rightTop: (lastRow, -width, 1)
    case .rightBottom: (lastRow + lastColumn, -width, -1)
    case .leftBottom: (lastColumn, width, -1)
    }
  }
}
