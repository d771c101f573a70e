import CAMEngine
import Terminal

/// Everything that the explorer shows, as a value.
struct ExplorerState: Equatable {
  /// What can be explained, and how.
  let model: ModelFacts
  /// The images to look at, not empty.
  var images: [ImageEntry]
  /// The image on the screen.
  var currentImage = 0
  /// The class to begin with, by its index in the model's output; `nil` for the most probable one.
  let firstTarget: Target?

  /// The chosen layer, by its place in the model's list.
  var layer: Int
  /// The chosen method.
  var method: String
  /// The parameters of Phase 2.
  var scoringParameters: ParameterValues
  /// The parameters of Phase 3.
  var mergingParameters: ParameterValues

  /// The step that was chosen last; ``step`` is what the method makes of it.
  var chosenStep: Step
  var view = ViewMode.single
  /// What the large picture shows of the map.
  var content = PictureContent.overlay
  /// Whether what speaks against the class is shown too.
  var isSigned = false
  var focus = Focus.classes
  /// Whether the arrows belong to the view rather than to a list, in views that use them.
  var isViewFocused = true
  /// What the compare view puts side by side.
  var comparison = Comparison()
  /// What is chosen in the channels view.
  var channelChoice = ChannelChoice()
  /// What is chosen in the numbers view.
  var numbers = NumbersChoice()
  /// The numbers of maps so far.
  var measurements: [MeasuredMap: MeasuredNumbers] = [:]
  /// The box of the probe view.
  var probe: Probe
  /// How near the pictures are looked at, and where; its middle is a place on the photo.
  var zoom = PictureZoom.whole
  /// The place of which the map's value is read; `nil` without a cursor.
  var cursor: PhotoPoint?
  /// What lies on top; the keys go there.
  var dialog: Dialog?
  /// Whether the steps are explained in words.
  var isTeaching: Bool
  /// The page of the lesson.
  var lessonPage = 0

  /// The share of the map in the overlay, in percent.
  var opacity: Int
  /// The colour maps, not empty.
  var colorTables: [ColorTable]
  /// The colour map in use.
  var currentColorTable = 0

  /// The results so far.
  var results = ResultCache()
  /// The requests whose scoring the user stopped.
  var stopped: Set<MapRequest> = []
  /// What was on the screen last, to bridge the moment until the next map is there.
  var lastShown: ShownMap?
  /// The writing of files, and how it ended.
  var saving: Saving?
  /// Whether the program ends once the files are written.
  var endsAfterSaving = false
  /// What is being computed; one thing at a time.
  var job: Job?
  /// Whether the job was told to stop.
  var isCancelling = false
  /// The ticks of the clock since the job began.
  var ticks = 0
  /// What the terminal can show.
  var terminal: TerminalFacts
  /// What the keys do.
  let keys: KeyBindings

  /// A state in which nothing is open yet.
  init(paths: [String], model: ModelFacts, options: ExplorerOptions, terminal: TerminalFacts) {
    self.model = model
    probe = Probe(model)
    images = paths.enumerated().map { place, path in
      let evaluated = options.cases.indices.contains(place) ? options.cases[place] : nil
      return ImageEntry(path: path, evaluated: evaluated)
    }
    currentImage = paths.indices.contains(options.firstImage) ? options.firstImage : 0
    firstTarget = options.firstTarget
    layer = options.layer ?? model.defaultLayer
    method = options.method
    scoringParameters = ParameterValues(model.parameters, of: .two)
    mergingParameters = ParameterValues(model.parameters, of: .three)
    isTeaching = options.isLesson
    chosenStep = options.isLesson ? .input : options.step
    opacity = options.opacity
    colorTables = options.colorTables
    keys = options.keys
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

/// A map with what it is of.
struct ShownMap: Equatable {
  var request: MapRequest
  var step: Step
}

/// What the terminal can show.
struct TerminalFacts: Equatable, Sendable {
  var colorMode: ColorMode
  var colorHint: String?
  var encoding: TextEncoding
  /// The height of a character cell over its width.
  var cellAspect: Double
  /// The columns of the screen, as it was drawn last.
  var columns = 80
  /// Its rows.
  var rows = 24

  /// What stands for pixels.
  var glyphs: PictureGlyphs {
    if colorMode == .mono { return .density }
    return encoding == .utf8 ? .halfBlocks : .spaces
  }
}
