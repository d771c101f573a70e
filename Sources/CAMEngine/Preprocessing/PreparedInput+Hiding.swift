extension PreparedInput {
  /// The input with a rectangle set to zero, which is the mean colour where inputs are normalised.
  ///
  /// What the network says of the result shows how much it relies on that place (Zeiler and Fergus
  /// 2014, section 4.2). ``image`` stays as it is.
  ///
  /// - Parameter rectangle: In pixels of the input; what lies outside of it has no effect.
  /// - Returns: The changed input.
  public func hiding(_ rectangle: PixelRectangle) -> PreparedInput {
    let (left, right) = (max(0, rectangle.left), min(width, rectangle.right))
    let (top, bottom) = (max(0, rectangle.top), min(height, rectangle.bottom))
    guard left < right, top < bottom else { return self }
    var hidden = values
    hidden.withUnsafeMutableBufferPointer { hidden in
      for plane in 0..<hidden.count / (width * height) {
        for row in top..<bottom {
          let start = (plane * height + row) * width
          hidden[start + left..<start + right].update(repeating: 0)
        }
      }
    }
    return PreparedInput(
      values: hidden, width: width, height: height, geometry: geometry, image: image,
      model: model)
  }
}
