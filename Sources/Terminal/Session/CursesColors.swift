import CNcurses

/// The pairs of ncurses for colours, in the colours that the mode has.
///
/// For each frame: ``beginFrame(cells:)``, then ``use(_:)`` and ``want(_:)`` for all its cells,
/// then ``define()``, then ``pair(_:)``.
struct CursesColors {
  /// Pairs to have for each cell: those of this frame and those of the last one.
  private static let pairsPerCell = 2

  private let mode: ColorMode
  private let palette: IndexedPalette
  private let limit: Int
  private var cache: PairCache
  private var indices: [Color: Color] = [:]
  private var last: (colors: PairColors, pair: Int32) = (.standard, 0)

  init(mode: ColorMode) {
    self.mode = mode
    let colors = Int(cncurses_colors())
    palette = IndexedPalette(count: mode == .indexed256 ? min(256, colors) : min(16, colors))
    limit = max(1, Int(cncurses_pairs()) - 1)
    cache = PairCache(capacity: 1)
  }

  mutating func beginFrame(cells: Int) {
    last = (.standard, 0)
    let wanted = min(limit, Self.pairsPerCell * cells)
    if mode != .mono, wanted > cache.capacity {
      cache.grow(to: wanted)
      // Defining the last one makes ncurses allocate its table once instead of in many steps.
      init_extended_pair(Int32(wanted), 1, 1)
    }
    cache.beginFrame()
  }

  /// Notes that a cell of this frame still shows a pair.
  mutating func use(_ pair: Int32) {
    cache.use(pair)
  }

  /// Notes that a cell will have two colours.
  mutating func want(_ colors: PairColors) {
    guard colors != last.colors else { return }
    cache.want(colors)
    last.colors = colors
  }

  /// Defines the pairs that are missing.
  mutating func define() {
    for definition in cache.assign() {
      init_extended_pair(
        definition.number, definition.colors.foreground, definition.colors.background)
    }
    last = (.standard, 0)
  }

  /// The pair for two colours; where there were not enough, the neighbour's are the nearest at hand.
  mutating func pair(_ colors: PairColors) -> Int32 {
    if colors != last.colors {
      last = (colors, cache.number(of: colors) ?? last.pair)
    }
    return last.pair
  }

  /// A cell's colours as the terminal has them; the standard ones where it has none.
  mutating func colors(of cell: Cell) -> PairColors {
    switch mode {
    case .truecolor: PairColors(cell.foreground, on: cell.background)
    case .indexed256, .indexed16:
      PairColors(available(cell.foreground), on: available(cell.background))
    case .mono: .standard
    }
  }

  /// The index of a colour in the palette.
  private mutating func available(_ color: Color) -> Color {
    guard let rgb = color.rgb else { return color }
    if let known = indices[color] { return known }
    let index = palette.nearestIndex(red: rgb.red, green: rgb.green, blue: rgb.blue)
    let result = Color(code: Int32(index))
    if indices.count > 65_536 { indices.removeAll(keepingCapacity: true) }
    indices[color] = result
    return result
  }
}
