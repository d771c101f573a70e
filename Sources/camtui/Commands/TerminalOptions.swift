import ArgumentParser
import Terminal

/// The options that say how the explorer uses the terminal.
struct TerminalOptions: ParsableArguments {
  @Option(help: "The terminal's colours: auto, truecolor, 256, 16 or mono; auto by default.")
  var color: ColorChoice?

  @Option(help: "The height of a character cell over its width; 2 by default.")
  var cellAspect: Double?

  @Option(help: "The share of the map over the photo in percent; 50 by default.")
  var opacity: Int?

  @Option(
    help: """
      How exact colours are on a slow connection: high (exact), medium (each channel within 8 of \
      255), low (within 16), or auto (as exact as frames arrive in time); auto by default.
      """)
  var bandwidth: BandwidthChoice?

  @Flag(
    inversion: .prefixedNo,
    help: "Uses the mouse; without, the terminal selects text by it. On by default.")
  var mouse: Bool?

  func validate() throws {
    if let cellAspect, !(0.5...5).contains(cellAspect) {
      throw ValidationError("--cell-aspect \(cellAspect): a number from 0.5 to 5 was expected.")
    }
    if let opacity, !(0...100).contains(opacity) {
      throw ValidationError("--opacity \(opacity): a number from 0 to 100 was expected.")
    }
  }

  /// Sets what is given here, else what the user's defaults say.
  func set(_ options: inout ExplorerOptions, _ configuration: Configuration) {
    options.color = color ?? configuration.color ?? options.color
    options.cellAspect = cellAspect ?? configuration.cellAspect ?? options.cellAspect
    options.opacity = opacity ?? configuration.opacity ?? options.opacity
    options.bandwidth = bandwidth ?? configuration.bandwidth ?? options.bandwidth
    options.isMouseOn = mouse ?? configuration.mouse ?? options.isMouseOn
  }
}
