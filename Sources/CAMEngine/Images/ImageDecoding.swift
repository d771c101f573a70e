extension Image {
  /// The most pixels that an image may have: 100 million, 300 MB in memory.
  ///
  /// It is compared with the size in the file's header before anything is allocated.
  public static let pixelLimit = 100_000_000

  /// The most bytes that an image file may have: 512 MiB.
  public static let fileSizeLimit = FileBytes.limit

  /// Reads an image file: JPEG, PNG or WebP, told by its first bytes.
  ///
  /// The EXIF orientation is applied. Colour profiles and PNG's gamma are ignored, as other tools that
  /// feed networks do. The time is that of the decoder, for a 12-megapixel JPEG about a tenth of a second.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - background: What shows through transparent pixels (plain blend of sRGB values).
  /// - Throws: ``ImageError`` when the file is missing, unreadable, too large, damaged, or no image.
  public init(contentsOfFile path: String, background: RGB = .white) throws(ImageError) {
    self = try ImageReading(contentsOfFile: path, background: background).image
  }

  /// Decodes the bytes of an image file, as ``init(contentsOfFile:background:)`` does.
  ///
  /// - Parameters:
  ///   - data: The whole file.
  ///   - name: What errors call it.
  ///   - background: What shows through transparent pixels (plain blend of sRGB values).
  /// - Throws: ``ImageError`` when the data is empty, too large, damaged, or no image.
  public init(data: [UInt8], name: String, background: RGB = .white) throws(ImageError) {
    self = try ImageReading(data: data, name: name, background: background).image
  }

  /// Refuses a size that no image may have; called with a header's size before allocating for it.
  ///
  /// - Parameters:
  ///   - width: Columns.
  ///   - height: Rows.
  ///   - name: What the error calls the file.
  /// - Throws: ``ImageError/tooLarge(name:width:height:)``.
  static func checkSize(width: Int, height: Int, name: String) throws(ImageError) {
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, count <= pixelLimit else {
      throw .tooLarge(name: name, width: width, height: height)
    }
  }
}
