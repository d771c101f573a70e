/// A picture read from a file, with what is to be said of the reading.
public struct ImageReading: Sendable, Equatable {
  /// What was not as in most files, though a picture came out.
  public enum Note: Sendable, Equatable {
    /// The file is an animation, of which the first picture was taken.
    case animation(name: String, pictures: Int)
    /// The file is damaged; the decoder says where, and went on.
    case damage(name: String, reason: String)
  }

  /// The picture.
  public let image: Image
  /// In the order in which they came up; empty for most files.
  public let notes: [Note]

  init(image: Image, notes: [Note] = []) {
    self.image = image
    self.notes = notes
  }

  /// Reads an image file, as ``Image/init(contentsOfFile:background:)`` does.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - background: What shows through transparent pixels (plain blend of sRGB values).
  /// - Throws: ``ImageError`` when the file is missing, unreadable, too large, damaged, or no image.
  public init(contentsOfFile path: String, background: RGB = .white) throws(ImageError) {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path)
    } catch {
      throw ImageError(error, path: path)
    }
    try self.init(data: bytes, name: path, background: background)
  }

  /// Decodes the bytes of an image file, as ``init(contentsOfFile:background:)`` does.
  ///
  /// - Parameters:
  ///   - data: The whole file.
  ///   - name: What errors and notes call it.
  ///   - background: What shows through transparent pixels (plain blend of sRGB values).
  /// - Throws: ``ImageError`` when the data is empty, too large, damaged, or no image.
  public init(data: [UInt8], name: String, background: RGB = .white) throws(ImageError) {
    guard data.count <= Image.fileSizeLimit else {
      throw .fileTooLarge(name: name, bytes: data.count)
    }
    switch try ImageFormat(ofFile: data, name: name) {
    case .jpeg: self = try JPEGFile(bytes: data, name: name).decoded()
    case .png: self = try PNGFile(bytes: data, name: name).decoded(over: background)
    case .webP: self = try WebPFile(bytes: data, name: name).decoded(over: background)
    }
  }

  /// Refuses what is certainly no image, at the cost of opening the file: what is missing, a folder,
  /// unreadable, empty, or begins as no image does.
  ///
  /// - Parameter path: The file.
  /// - Throws: The ``ImageError`` that reading it would throw.
  public static func check(_ path: String) throws(ImageError) {
    let beginning: [UInt8]?
    do {
      beginning = try FileBytes.beginning(of: path)
    } catch {
      throw ImageError(error, path: path)
    }
    if let beginning { _ = try ImageFormat(ofFile: beginning, name: path) }
  }
}

extension ImageReading.Note: CustomStringConvertible {
  /// One sentence.
  public var description: String {
    switch self {
    case .animation(let name, let pictures):
      "\(name) is an animation of \(pictures) pictures; the first one is used."
    case .damage(let name, let reason):
      "\(name) is damaged (\(reason)); what could be decoded is used, parts may be wrong."
    }
  }
}
