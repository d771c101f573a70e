import CAMEngine

extension ColorTable {
  /// Colours for maps with both signs, one half standing for zero: those of saved maps.
  static let signed = ColorTable(name: "against and for") { value in
    let color = SignedColors.color(2 * value - 1)
    return (color.red, color.green, color.blue)
  }

  /// For terminals without colours: a map that only gets brighter.
  static let brightness = ColorTable(name: "brightness") { value in
    let grey = UInt8(min(max(value, 0), 1) * 255)
    return (grey, grey, grey)
  }
}
