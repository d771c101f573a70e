/// The pixels whose centres lie in one of some boxes: the boxes as a mask of the object.
public struct BoxMask: Sendable, Equatable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// `[height, width]`: whether the pixel is inside.
  public let isInside: [Bool]

  /// The mask of boxes.
  ///
  /// - Parameters:
  ///   - boxes: Boxes in pixels of the input; they may overlap.
  ///   - width: Columns.
  ///   - height: Rows.
  public init(_ boxes: [Box], width: Int, height: Int) {
    self.width = width
    self.height = height
    var isInside = Array(repeating: false, count: width * height)
    for box in boxes {
      let columns = Self.centers(from: box.left, to: box.right, count: width)
      for row in Self.centers(from: box.top, to: box.bottom, count: height) {
        for column in columns { isInside[row * width + column] = true }
      }
    }
    self.isInside = isInside
  }

  /// The share of the picture that is inside.
  public var share: Double {
    Double(isInside.count { $0 }) / Double(max(1, isInside.count))
  }

  /// The places whose centres lie from one coordinate up to another.
  private static func centers(from first: Double, to last: Double, count: Int) -> Range<Int> {
    let lower = min(max((first - 0.5).rounded(.up), 0), Double(count))
    let upper = min(max((last - 0.5).rounded(.up), lower), Double(count))
    return Int(lower)..<Int(upper)
  }
}
