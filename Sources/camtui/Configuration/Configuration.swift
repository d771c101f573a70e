import CAMEngine
import Terminal

/// The user's defaults, from the configuration file; what the file does not say is `nil`.
struct Configuration: Equatable {
  /// The network; `labels` and `preprocessor` belong to it.
  var model: String?
  var labels: String?
  var preprocessor: String?
  var method: String?
  var colormap: ColorMap?
  /// The share of the map in the overlay, in percent.
  var opacity: Int?
  var color: ColorChoice?
  /// The height of a character cell over its width.
  var cellAspect: Double?
  var mouse: Bool?
  var bandwidth: BandwidthChoice?
  var lesson: Bool?
  var keys = KeyBindings()
}
