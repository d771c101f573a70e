/// The image file formats that are read, told apart by their first bytes and never by a file's name.
public enum ImageFormat: String, CaseIterable, Sendable {
  /// JPEG: baseline and progressive; grey, YCbCr, RGB, CMYK and YCCK.
  case jpeg = "JPEG"
  /// PNG: every colour type and bit depth, interlaced or not.
  case png = "PNG"
  /// WebP: lossy and lossless; of an animation the first picture.
  case webP = "WebP"

  /// The format that the first bytes of a file announce; nil when it is none of these.
  ///
  /// - Parameter bytes: The file, or at least its first twelve bytes.
  init?(magicOf bytes: [UInt8]) {
    if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if bytes.starts(with: PNGFile.signature) {
      self = .png
    } else if bytes.starts(with: Array("RIFF".utf8)),
      bytes.dropFirst(8).starts(with: Array("WEBP".utf8))
    {
      self = .webP
    } else {
      return nil
    }
  }

  /// The format of a file.
  ///
  /// - Parameters:
  ///   - bytes: The file, or its beginning.
  ///   - name: What errors call it.
  /// - Throws: ``ImageError`` for an empty file and for another format, which it names where it knows it.
  init(ofFile bytes: [UInt8], name: String) throws(ImageError) {
    guard !bytes.isEmpty else { throw .empty(name: name) }
    guard let format = ImageFormat(magicOf: bytes) else {
      guard let words = ForeignPictures.words(for: bytes) else { throw .unknownFormat(name: name) }
      throw .foreign(name: name, words: words)
    }
    self = format
  }
}
