extension UnsafeBufferPointer {
  /// One row of a row-major picture, with indices from 0.
  ///
  /// - Parameters:
  ///   - index: Which row.
  ///   - length: Elements a row.
  /// - Returns: The row, in the same memory.
  @inline(__always)
  func row(_ index: Int, of length: Int) -> UnsafeBufferPointer {
    UnsafeBufferPointer(rebasing: self[index * length..<(index + 1) * length])
  }
}

extension UnsafeMutableBufferPointer {
  /// One row of a row-major picture, with indices from 0.
  ///
  /// - Parameters:
  ///   - index: Which row.
  ///   - length: Elements a row.
  /// - Returns: The row, in the same memory.
  @inline(__always)
  func row(_ index: Int, of length: Int) -> UnsafeMutableBufferPointer {
    UnsafeMutableBufferPointer(rebasing: self[index * length..<(index + 1) * length])
  }
}
