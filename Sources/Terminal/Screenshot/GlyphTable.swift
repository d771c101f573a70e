/// The characters that a ``Screen`` is drawn with when it becomes a picture.
struct GlyphTable {
  private struct Key: Hashable {
    var scalar: Unicode.Scalar
    var isBold: Bool
    var columns: Int
  }

  private static let regularPen: Float = 1.5
  private static let boldPen: Float = 2.3

  private var masks: [Key: GlyphMask] = [:]

  /// The mask of a character; an empty frame for one that is not known.
  mutating func mask(of scalar: Unicode.Scalar, isBold: Bool, columns: Int) -> GlyphMask {
    let key = Key(scalar: scalar, isBold: isBold, columns: columns)
    if let known = masks[key] { return known }
    let mask = Self.drawnMask(of: scalar, isBold: isBold, columns: columns)
    masks[key] = mask
    return mask
  }

  private static func drawnMask(
    of scalar: Unicode.Scalar, isBold: Bool, columns: Int
  ) -> GlyphMask {
    if scalar == " " || scalar == "\u{A0}" { return GlyphMask(columns: columns) }
    if columns == 1 {
      let shape =
        GlyphMask(blockElement: scalar) ?? GlyphMask(boxDrawing: scalar)
        ?? GlyphMask(braille: scalar)
      if let shape { return shape }
      if let path = paths[scalar] { return path.mask(penWidth: isBold ? boldPen : regularPen) }
    }
    return unknown(columns: columns)
  }

  private static func unknown(columns: Int) -> GlyphMask {
    let right = columns * GlyphMask.cellWidth - 3
    return GlyphPath("M 1 4 L \(right) 4 \(right) 14 1 14 1 4").mask(penWidth: 1, columns: columns)
  }

  /// All characters that have strokes.
  static let paths: [Unicode.Scalar: GlyphPath] = {
    var paths = [letters, greek, signs].reduce(into: [:]) { paths, group in
      paths.merge(group.mapValues { GlyphPath($0) }) { $1 }
    }
    add(pairs: raised, to: &paths) { $0.placed(scale: 0.62, offset: .init(1.5, 0.5)) }
    add(pairs: lowered, to: &paths) { $0.placed(scale: 0.62, offset: .init(1.5, 7.5)) }
    for (mark, pairs) in marked {
      add(pairs: pairs, to: &paths) { $0 }
      addMark(GlyphPath(mark), to: pairs, in: &paths)
    }
    return paths
  }()

  /// For pairs of a new character and a known one, in one text.
  private static func add(
    pairs: String, to paths: inout [Unicode.Scalar: GlyphPath],
    _ change: (GlyphPath) -> GlyphPath
  ) {
    let scalars = Array(pairs.unicodeScalars)
    for index in stride(from: 0, to: scalars.count - 1, by: 2) {
      paths[scalars[index]] = paths[scalars[index + 1]].map(change)
    }
  }

  /// Marks over capitals are higher by 2 rows; those below and across stay.
  private static func addMark(
    _ mark: GlyphPath, to pairs: String, in paths: inout [Unicode.Scalar: GlyphPath]
  ) {
    let isAbove = mark.strokes.allSatisfy { $0.points.allSatisfy { $0.y < 6 } }
    let scalars = Array(pairs.unicodeScalars)
    for index in stride(from: 0, to: scalars.count - 1, by: 2) {
      let isHigh = isAbove && scalars[index + 1].properties.isUppercase
      let placed = mark.placed(scale: 1, offset: .init(0, isHigh ? -2.2 : 0))
      paths[scalars[index]] = paths[scalars[index]].map { $0.joined(with: placed) }
    }
  }
}
