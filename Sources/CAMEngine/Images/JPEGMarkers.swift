/// What the markers of a JPEG file tell beyond what the decoder does: orientation and completeness.
struct JPEGMarkers {
  private var tags = OrientationTags()

  /// From the EXIF block or the XMP packet (APP1 segments); upright where there is none.
  var orientation: ExifOrientation { tags.orientation }

  /// Whether an end-of-image marker follows the compressed data; otherwise the file is truncated.
  private(set) var hasEnd = false

  /// Walks the segments up to the compressed data (ITU-T T.81, annex B.1.1).
  ///
  /// - Parameter bytes: The file.
  init(_ bytes: [UInt8]) {
    var position = 2
    while position + 4 <= bytes.count, bytes[position] == 0xFF {
      let marker = bytes[position + 1]
      guard marker != 0xFF else {
        position += 1
        continue
      }
      let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
      let end = position + 2 + length
      if marker == Marker.app1, end <= bytes.count, length >= 2 {
        readMetadata(bytes[(position + 4)..<end])
      }
      position = end
      if marker == Marker.startOfScan || length < 2 { break }
    }
    hasEnd = Self.hasEndMarker(in: bytes, from: position)
  }

  private mutating func readMetadata(_ segment: ArraySlice<UInt8>) {
    if segment.starts(with: Array("Exif\0".utf8)) {
      tags.read(exif: segment)
    } else if segment.starts(with: Array("http://ns.adobe.com/xap/1.0/\0".utf8)) {
      tags.read(xmp: segment)
    }
  }

  /// Searches from the end, where the marker is in nearly every file.
  private static func hasEndMarker(in bytes: [UInt8], from start: Int) -> Bool {
    var position = bytes.count - 2
    while position >= start {
      if bytes[position] == 0xFF, bytes[position + 1] == Marker.endOfImage { return true }
      position -= 1
    }
    return false
  }

  private enum Marker {
    static let endOfImage: UInt8 = 0xD9
    static let startOfScan: UInt8 = 0xDA
    static let app1: UInt8 = 0xE1
  }
}
