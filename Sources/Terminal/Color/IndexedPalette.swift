/// The colours of a terminal without 24-bit colours, and the nearest of them to any colour.
///
/// The distance weighs green over red over blue (2 : 4 : 3, with red and blue shifted by the mean
/// red; C. Kiehl, T. Riemersma, "Colour metric", CompuPhase), close to perceived differences at
/// the cost of a few multiplications.
public struct IndexedPalette: Sendable {
  /// The number of colours: 256, 16 or 8.
  public let count: Int

  /// A palette of the first `count` colours of xterm; 256, 16 and 8 are of use.
  public init(count: Int) {
    self.count = min(256, max(1, count))
  }

  /// The index of the nearest colour.
  ///
  /// In the 256 colours only the cube and the greys are used (16 to 255): the first 16 are those
  /// of the user's theme, of which nobody knows the values.
  /// Cost: two distances in 256 colours, `count` distances else.
  public func nearestIndex(red: UInt8, green: UInt8, blue: UInt8) -> Int {
    let wanted = SIMD3(Int32(red), Int32(green), Int32(blue))
    if count == 256 { return Self.nearestOf256(wanted) }
    return (0..<count).min { first, second in
      Self.distance(wanted, Self.value(of: first)) < Self.distance(wanted, Self.value(of: second))
    } ?? 0
  }

  /// The colour of an index, by xterm's table.
  public func color(at index: Int) -> Color {
    let value = Self.value(of: index)
    return Color(UInt8(value.x), UInt8(value.y), UInt8(value.z))
  }

  private static func nearestOf256(_ wanted: SIMD3<Int32>) -> Int {
    // The cube's levels are 0, 95, 135, 175, 215, 255.
    func level(_ value: Int32) -> Int32 {
      value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40
    }
    let cube = 16 + 36 * level(wanted.x) + 6 * level(wanted.y) + level(wanted.z)
    let mean = (wanted.x + wanted.y + wanted.z) / 3
    let grey = 232 + min(23, max(0, (mean - 3) / 10))
    let cubeDistance = distance(wanted, value(of: Int(cube)))
    return Int(distance(wanted, value(of: Int(grey))) < cubeDistance ? grey : cube)
  }

  private static func value(of index: Int) -> SIMD3<Int32> {
    if index < 16 { return ansi[index] }
    if index >= 232 { return SIMD3(repeating: Int32(8 + 10 * (index - 232))) }
    func level(_ digit: Int) -> Int32 { digit == 0 ? 0 : Int32(55 + 40 * digit) }
    let cube = index - 16
    return SIMD3(level(cube / 36), level(cube / 6 % 6), level(cube % 6))
  }

  private static func distance(_ first: SIMD3<Int32>, _ second: SIMD3<Int32>) -> Int32 {
    let difference = first &- second
    let meanRed = (first.x &+ second.x) / 2
    let squares = difference &* difference
    return ((512 &+ meanRed) &* squares.x) >> 8 &+ 4 &* squares.y
      &+ ((767 &- meanRed) &* squares.z) >> 8
  }

  /// xterm's default values of the ANSI colours.
  private static let ansi: [SIMD3<Int32>] = [
    SIMD3(0, 0, 0), SIMD3(205, 0, 0), SIMD3(0, 205, 0), SIMD3(205, 205, 0),
    SIMD3(0, 0, 238), SIMD3(205, 0, 205), SIMD3(0, 205, 205), SIMD3(229, 229, 229),
    SIMD3(127, 127, 127), SIMD3(255, 0, 0), SIMD3(0, 255, 0), SIMD3(255, 255, 0),
    SIMD3(92, 92, 255), SIMD3(255, 0, 255), SIMD3(0, 255, 255), SIMD3(255, 255, 255),
  ]
}
