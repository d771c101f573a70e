import Terminal

/// Everything that the explorer shows, as a value.
struct ExplorerState: Equatable {
  /// The images to look at, not empty.
  var images: [ImageEntry]
  /// The image on the screen.
  var currentImage = 0
  /// What the large picture shows.
  var content = PictureContent.overlay
  /// The share of the map in the overlay, in percent.
  var opacity: Int
  /// The colour maps, not empty.
  var colorTables: [ColorTable]
  /// The colour map in use.
  var currentColorTable = 0
  /// Whether the keys are explained on top of the rest.
  var isHelpShown = false
  /// What is being computed; one thing at a time.
  var job: Job?
  /// Whether the job was told to stop.
  var isCancelling = false
  /// The ticks of the clock since the job began.
  var ticks = 0
  /// What the terminal can show.
  var terminal: TerminalFacts

  /// A state in which nothing is open yet.
  init(paths: [String], options: ExplorerOptions, terminal: TerminalFacts) {
    images = paths.map { ImageEntry(path: $0) }
    opacity = options.opacity
    colorTables = options.colorTables
    self.terminal = terminal
  }

  /// The image on the screen.
  var image: ImageEntry {
    get { images[currentImage] }
    set { images[currentImage] = newValue }
  }

  /// The colour map in use.
  var colorTable: ColorTable { colorTables[currentColorTable] }

  /// Whether the user waits for something.
  var isComputing: Bool { job != nil }
}

/// What the large picture shows.
enum PictureContent: String, CaseIterable, Equatable, Sendable {
  case photo
  case overlay
  case heatmap
}

/// What the terminal can show.
struct TerminalFacts: Equatable, Sendable {
  var colorMode: ColorMode
  var colorHint: String?
  var encoding: TextEncoding
  /// The height of a character cell over its width.
  var cellAspect: Double

  /// What stands for pixels.
  var glyphs: PictureGlyphs {
    if colorMode == .mono { return .density }
    return encoding == .utf8 ? .halfBlocks : .spaces
  }
}
