extension Preprocessor {
  /// The same settings for an input of another size: as much of the photo is seen, as far as the aspects
  /// allow.
  ///
  /// - Parameter size: What is to be prepared.
  /// - Returns: The settings; these where they make no fixed size, or this one.
  func scaled(to size: Size) -> Preprocessor {
    guard let old = preparedSize, old != size else { return self }
    let x = Double(size.width) / Double(old.width)
    let y = Double(size.height) / Double(old.height)
    var scaled = self
    scaled.resize = resize?.scaled(x, y, old: old, new: size)
    if crop != nil { scaled.crop = size }
    return scaled
  }
}

extension Preprocessor.Resize {
  fileprivate func scaled(
    _ x: Double, _ y: Double, old: Preprocessor.Size, new: Preprocessor.Size
  ) -> Preprocessor.Resize {
    func across(_ length: Int) -> Int { max(1, Int((Double(length) * x).rounded())) }
    func down(_ length: Int) -> Int { max(1, Int((Double(length) * y).rounded())) }
    func covering(_ edge: Int) -> Preprocessor.Resize {
      let factor = Double(edge) / Double(min(old.width, old.height))
      return .covering(
        width: max(1, Int((Double(new.width) * factor).rounded())),
        height: max(1, Int((Double(new.height) * factor).rounded())))
    }
    switch self {
    case .shortestEdge(let edge): return x == y ? .shortestEdge(across(edge)) : covering(edge)
    case .edges(let shortest, let longest):
      return x == y
        ? .edges(shortest: across(shortest), longest: across(longest)) : covering(shortest)
    case .exact(let width, let height):
      return .exact(width: across(width), height: down(height))
    case .within(let width, let height):
      return .within(width: across(width), height: down(height))
    case .covering(let width, let height):
      return .covering(width: across(width), height: down(height))
    case .fitting(let width, let height):
      return .fitting(width: across(width), height: down(height))
    }
  }
}
