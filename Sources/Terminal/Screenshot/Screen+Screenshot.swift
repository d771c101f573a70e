/// The colours that stand for a terminal's own.
public struct TerminalTheme: Equatable, Sendable {
  /// The colour of text.
  public var foreground: Color
  /// The colour behind it.
  public var background: Color

  /// Light grey on nearly black.
  public static let dark = TerminalTheme(
    foreground: Color(210, 210, 210), background: Color(16, 16, 20))

  /// A theme; both colours are RGB.
  public init(foreground: Color, background: Color) {
    self.foreground = foreground
    self.background = background
  }
}

extension Screen {
  /// The screen as a picture, as a terminal would show it.
  ///
  /// A cell is 10 pixels wide and 20 high; half blocks, other block elements and box drawing are
  /// exact to the pixel, so that the pixels of a picture become squares of 10 x 10. Text is
  /// drawn with a font of this program's own: ASCII, Latin letters with accents, Greek, arrows and
  /// signs; other characters are empty frames.
  /// Cost: about a millisecond for a thousand cells.
  ///
  /// - Parameter theme: What stands for the terminal's own colours.
  /// - Returns: A picture of `10 width` x `20 height` pixels; one black pixel for no cells.
  public func screenshot(theme: TerminalTheme = .dark) -> Picture {
    guard width > 0, height > 0 else { return Picture(width: 1, height: 1, pixels: [0, 0, 0]) }
    var glyphs = GlyphTable()
    let columns = width * GlyphMask.cellWidth
    let rows = height * GlyphMask.cellHeight
    var pixels = [UInt8](repeating: 0, count: 3 * columns * rows)
    for y in 0..<height {
      for x in 0..<width where self[x, y].scalar != Cell.continuation {
        let cell = self[x, y]
        let isWide = x + 1 < width && self[x + 1, y].scalar == Cell.continuation
        let mask = glyphs.mask(
          of: cell.scalar, isBold: cell.emphasis.contains(.bold), columns: isWide ? 2 : 1)
        let start = y * GlyphMask.cellHeight * columns + x * GlyphMask.cellWidth
        Self.paint(mask, CellColors(cell, theme), into: &pixels, from: start, columns: columns)
      }
    }
    return Picture(width: columns, height: rows, pixels: pixels)
  }

  private static func paint(
    _ mask: GlyphMask, _ colors: CellColors, into pixels: inout [UInt8], from start: Int,
    columns: Int
  ) {
    for y in 0..<GlyphMask.cellHeight {
      for x in 0..<mask.width {
        var coverage = Int32(mask.coverage[y * mask.width + x])
        if colors.isUnderlined, y == 17 { coverage = 255 }
        let mixed =
          (colors.background &* (255 &- coverage) &+ colors.foreground &* coverage &+ 127) / 255
        let pixel = 3 * (start + y * columns + x)
        pixels[pixel] = UInt8(truncatingIfNeeded: mixed.x)
        pixels[pixel + 1] = UInt8(truncatingIfNeeded: mixed.y)
        pixels[pixel + 2] = UInt8(truncatingIfNeeded: mixed.z)
      }
    }
  }
}

/// The colours of a cell as they are seen.
private struct CellColors {
  var foreground: SIMD3<Int32>
  var background: SIMD3<Int32>
  var isUnderlined: Bool

  init(_ cell: Cell, _ theme: TerminalTheme) {
    foreground = Self.value(cell.foreground, theme.foreground)
    background = Self.value(cell.background, theme.background)
    if cell.emphasis.contains(.reverse) { swap(&foreground, &background) }
    if cell.emphasis.contains(.dim) { foreground = (foreground &+ background) / 2 }
    isUnderlined = cell.emphasis.contains(.underline)
  }

  private static func value(_ color: Color, _ standard: Color) -> SIMD3<Int32> {
    let (red, green, blue) = color.rgb ?? standard.rgb ?? (0, 0, 0)
    return SIMD3(Int32(red), Int32(green), Int32(blue))
  }
}
