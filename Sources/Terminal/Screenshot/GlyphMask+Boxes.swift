extension GlyphMask {
  /// The mask of a box drawing character (U+2500 to U+257F), made from its name in Unicode, such as
  /// "DOWN LIGHT AND RIGHT HEAVY"; `nil` for other characters.
  init?(boxDrawing scalar: Unicode.Scalar) {
    guard (0x2500...0x257F).contains(scalar.value), let name = scalar.properties.name else {
      return nil
    }
    if let path = BoxLines.curvedPath(scalar) {
      self = path.mask(penWidth: 1)
    } else {
      self = BoxLines(name: name).mask
    }
  }
}

/// The lines from the middle of a cell to its edges.
private struct BoxLines {
  enum Weight: String {
    case light = "LIGHT"
    case heavy = "HEAVY"
    case double = "DOUBLE"
  }

  private var arms: [String: Weight] = [:]
  private var dashes = 1

  /// Reads a name: parts joined by "AND", each with directions and at most one weight, which holds
  /// until the next one.
  init(name: String) {
    var words = name.split(separator: " ").dropFirst(2).map(String.init)
    if let dash = words.firstIndex(of: "DASH") {
      dashes = ["DOUBLE": 2, "TRIPLE": 3, "QUADRUPLE": 4][words[dash - 1], default: 1]
      words.removeSubrange(dash - 1...dash)
    }
    var weight = Weight.light
    for part in words.split(separator: "AND") {
      weight = part.compactMap { Weight(rawValue: $0 == "SINGLE" ? "LIGHT" : $0) }.first ?? weight
      for direction in part {
        switch direction {
        case "HORIZONTAL": (arms["LEFT"], arms["RIGHT"]) = (weight, weight)
        case "VERTICAL": (arms["UP"], arms["DOWN"]) = (weight, weight)
        case "LEFT", "RIGHT", "UP", "DOWN": arms[direction] = weight
        default: break
        }
      }
    }
  }

  var mask: GlyphMask {
    var mask = GlyphMask()
    let (width, height) = (Float(GlyphMask.cellWidth), Float(GlyphMask.cellHeight))
    for (direction, weight) in arms {
      for line in Self.lines(weight) {
        switch direction {
        case "LEFT": add(to: &mask, 0...Self.middleX + 1, Self.middleY + line, isVertical: false)
        case "RIGHT": add(to: &mask, Self.middleX...width, Self.middleY + line, isVertical: false)
        case "UP": add(to: &mask, 0...Self.middleY + 1, Self.middleX + line, isVertical: true)
        default: add(to: &mask, Self.middleY...height, Self.middleX + line, isVertical: true)
        }
      }
    }
    return mask
  }

  /// The pixel of a light line, which is the middle of a letter.
  private static let middleX: Float = 4
  private static let middleY: Float = 9

  /// The pixels that lines of a weight take, from the middle.
  private static func lines(_ weight: Weight) -> [Float] {
    switch weight {
    case .light: [0]
    case .heavy: [-1, 0, 1]
    case .double: [-1, 1]
    }
  }

  /// Adds a line one pixel thick, in dashes where there are any.
  private func add(
    to mask: inout GlyphMask, _ range: ClosedRange<Float>, _ position: Float, isVertical: Bool
  ) {
    let whole = Float(isVertical ? GlyphMask.cellHeight : GlyphMask.cellWidth)
    let period = whole / Float(dashes)
    for dash in 0..<dashes {
      let gap = dashes > 1 ? period / 6 : 0
      let start = max(range.lowerBound, Float(dash) * period + gap)
      let end = min(range.upperBound, Float(dash + 1) * period - gap)
      guard start < end else { continue }
      if isVertical {
        mask.add(left: position, top: start, right: position + 1, bottom: end)
      } else {
        mask.add(left: start, top: position, right: end, bottom: position + 1)
      }
    }
  }

  /// The path of rounded corners and diagonals.
  static func curvedPath(_ scalar: Unicode.Scalar) -> GlyphPath? {
    let paths: [Unicode.Scalar: String] = [
      "╭": "M 4 20 L 4 14 Q 4 9 9 9 L 10 9", "╮": "M -1 9 Q 4 9 4 14 L 4 20",
      "╯": "M 4 -1 L 4 4 Q 4 9 -1 9", "╰": "M 4 -1 L 4 4 Q 4 9 9 9 L 10 9",
      "╱": "M 9.5 -0.5 L -0.5 19.5", "╲": "M -0.5 -0.5 L 9.5 19.5",
      "╳": "M 9.5 -0.5 L -0.5 19.5 M -0.5 -0.5 L 9.5 19.5",
    ]
    return paths[scalar].map { GlyphPath($0) }
  }
}
