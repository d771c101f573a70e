import CAMEngine
import Terminal

/// How the explorer starts.
struct ExplorerOptions: Sendable {
  /// The colours of the terminal.
  var color: ColorChoice = .auto
  /// The colour maps to choose from, the first one shown; not empty.
  var colorTables: [ColorTable]
  /// The method, by its name.
  var method = MapRequest.incrementCAM
  /// The layer, by its place in the model's list; `nil` for the default one.
  var layer: Int?
  /// The class, by its index in the model's output; `nil` for the most probable one.
  var firstTarget: Target?
  /// The image shown first, by its place in the list.
  var firstImage = 0
  /// The step, where there is no lesson.
  var step = Step.phaseOne
  /// The images' places in an evaluation; empty where they come from elsewhere.
  var cases: [ImageCase] = []
  /// Whether it begins with a lesson.
  var isLesson = false
  /// The share of the map in an overlay where nothing is said, in percent.
  static let usualOpacity = 50

  /// The share of the map in the overlay, in percent.
  var opacity = usualOpacity
  /// The height of a character cell over its width.
  var cellAspect = 2.0
  /// How many bytes a frame may take.
  var bandwidth = BandwidthChoice.auto
  /// Whether the mouse is used.
  var isMouseOn = true
  /// What the keys do.
  var keys = KeyBindings()
}

/// A colour map as a table.
struct ColorTable: Equatable, Sendable {
  /// The name, as on the command line.
  let name: String
  /// 256 colours for values from 0 to 1: red, green, blue.
  let colors: [UInt8]

  /// Tabulates a colour map.
  init(name: String, color: (Float) -> (UInt8, UInt8, UInt8)) {
    self.name = name
    colors = (0..<256).flatMap { index in
      let (red, green, blue) = color(Float(index) / 255)
      return [red, green, blue]
    }
  }

  /// The colour of a value; values outside 0...1 count as the nearer end.
  func color(of value: Float) -> Color {
    let start = Self.start(of: value)
    return Color(colors[start], colors[start + 1], colors[start + 2])
  }

  /// Where the three bytes of a value's colour begin: entry `floor(256 value)`, at most the last.
  static func start(of value: Float) -> Int {
    3 * Int(min(max(value, 0) * 256, 255))
  }
}
