import CNcurses

/// The pairs of ncurses for colours, in the colours that the mode has.
struct CursesColors {
  /// Pairs to have for each cell, so that some are always unused.
  private static let pairsPerCell = 4

  private let mode: ColorMode
  private let palette: IndexedPalette
  private let limit: Int
  private var cache: PairCache
  private var indices: [Color: Color] = [:]
  private var last: (foreground: Color, background: Color, pair: Int32)?

  init(mode: ColorMode) {
    self.mode = mode
    let colors = Int(cncurses_colors())
    palette = IndexedPalette(count: mode == .indexed256 ? min(256, colors) : min(16, colors))
    limit = max(1, Int(cncurses_pairs()) - 1)
    cache = PairCache(capacity: 1)
  }

  mutating func beginFrame(cells: Int) {
    last = nil
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

  /// The pair for a cell's colours; 0 where there are no colours.
  mutating func pair(_ foreground: Color, on background: Color) -> Int32 {
    if mode == .mono { return 0 }
    if foreground == .standard, background == .standard { return 0 }
    if let last, last.foreground == foreground, last.background == background { return last.pair }
    let pair = lookUp(available(foreground), on: available(background))
    last = (foreground, background, pair)
    return pair
  }

  private mutating func lookUp(_ foreground: Color, on background: Color) -> Int32 {
    switch cache.look(up: foreground, on: background) {
    case .known(let pair):
      return pair
    case .define(let pair):
      init_extended_pair(pair, foreground.code, background.code)
      return pair
    case .exhausted:
      // More colours than pairs on one screen: the neighbour's are the nearest at hand.
      return last?.pair ?? 0
    }
  }

  /// The colour as the terminal has it: itself, or its index in the palette.
  private mutating func available(_ color: Color) -> Color {
    guard mode != .truecolor, let rgb = color.rgb else { return color }
    if let known = indices[color] { return known }
    let index = palette.nearestIndex(red: rgb.red, green: rgb.green, blue: rgb.blue)
    let result = Color(code: Int32(index))
    if indices.count > 65_536 { indices.removeAll(keepingCapacity: true) }
    indices[color] = result
    return result
  }
}
