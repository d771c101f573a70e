import Terminal

/// What fills the middle of the screen.
enum ViewMode: String, CaseIterable, Equatable, Sendable {
  /// One large picture.
  case single
  /// The pictures of all steps side by side.
  case phases
  /// Maps of different methods, layers or classes side by side.
  case compare
  /// The channels of the layer.
  case channels
  /// The numbers that judge the map.
  case numbers
  /// A box that hides a part of the image.
  case probe
}

/// A view: what it is called, what it needs, how it looks and which commands it takes.
struct ViewDefinition: Sendable {
  let mode: ViewMode
  /// The name in the header.
  let title: String
  /// What must be computed next for this view; `nil` when nothing is missing.
  let missingJob: @Sendable (ExplorerState) -> Job?
  /// Draws the picture and the caption under it.
  let draw: @Sendable (ExplorerView, inout Screen) -> Void
  /// The rectangles of the large pictures, which can be zoomed.
  var pictures: @Sendable (ExplorerView) -> [Rectangle] = { _ in [] }
  /// Carries out a command in the view's own way; `false` leaves it to the explorer.
  var perform: @Sendable (ExplorerCommand, inout ExplorerState) -> Bool = { _, _ in false }
  /// The key hint for the arrows, where the view has a use of its own for them.
  var arrows: String?
  /// The key hint for what else matters in the view.
  var hint: String?
}

/// All views, in the order in which a key walks through them.
enum ViewTable {
  static let views: [ViewDefinition] = [
    .single, .phases, .compare, .numbers, .channels, .probe,
  ]

  static func definition(of mode: ViewMode) -> ViewDefinition {
    views.first { $0.mode == mode } ?? .single
  }

  /// The view a number of places further, in a circle.
  static func mode(after mode: ViewMode, by step: Int) -> ViewMode {
    let place = views.firstIndex { $0.mode == mode } ?? 0
    return views[(place + step + views.count) % views.count].mode
  }
}
