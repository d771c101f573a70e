extension ColorTable {
  /// Colours for maps with both signs, one half standing for zero: blue speaks against, red for.
  /// The stops are those of ColorBrewer's RdBu (C. Brewer), which the colour-blind can tell apart.
  static let signed = ColorTable(name: "against and for") { value in
    let place = min(max(value, 0), 1) * Float(signedStops.count - 1)
    let first = min(Int(place), signedStops.count - 2)
    let share = place - Float(first)
    let (low, high) = (signedStops[first], signedStops[first + 1])
    return (
      UInt8(low.0 + (high.0 - low.0) * share), UInt8(low.1 + (high.1 - low.1) * share),
      UInt8(low.2 + (high.2 - low.2) * share)
    )
  }

  private static let signedStops: [(Float, Float, Float)] = [
    (5, 48, 97), (33, 102, 172), (67, 147, 195), (146, 197, 222), (209, 229, 240),
    (247, 247, 247), (253, 219, 199), (244, 165, 130), (214, 96, 77), (178, 24, 43), (103, 0, 31),
  ]

  /// For terminals without colours: a map that only gets brighter.
  static let brightness = ColorTable(name: "brightness") { value in
    let grey = UInt8(min(max(value, 0), 1) * 255)
    return (grey, grey, grey)
  }
}
