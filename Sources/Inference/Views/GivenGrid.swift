/// A grid that the user gives for tokens whose own cannot be followed from the image, or is another.
package struct GivenGrid: Hashable, Sendable {
  /// Rows.
  package let height: Int
  /// Columns.
  package let width: Int
  /// How many tokens of no place come before it.
  package let leading: Int

  /// - Parameters:
  ///   - height: rows, at least 1.
  ///   - width: columns, at least 1.
  ///   - leading: how many tokens of no place come before it.
  package init(height: Int, width: Int, leading: Int) {
    (self.height, self.width, self.leading) = (height, width, leading)
  }

  /// What lies along the axes of a value that has as many tokens along exactly one axis: the first of the
  /// others is the batch where it is as long, all else are channels.
  ///
  /// - Parameters:
  ///   - shape: the value's shape.
  ///   - batch: how many images.
  /// - Returns: nil where no axis has as many tokens.
  func view(_ shape: [Int], batch: Int) -> ValueView? {
    let count = leading + height * width
    let tokens = shape.indices.filter { shape[$0] == count }
    guard (2...4).contains(shape.count), tokens.count == 1, let axis = tokens.first else {
      return nil
    }
    let grid = [
      AxisFactor(role: .row, size: height), AxisFactor(role: .column, size: width),
    ]
    return ValueView(
      axes: shape.indices.map { index in
        if index == axis { return grid.preceded(by: leading, followedBy: 0) }
        let isBatch = index == 0 && shape[0] == batch
        return [AxisFactor(role: isBatch ? .batch : .channel, size: shape[index])]
      })
  }
}
