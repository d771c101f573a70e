/// What the user can ask for.
enum ExplorerCommand: Equatable, Sendable {
  /// The line above or below: of classes, layers, or of what lies on top.
  case previousRow, nextRow, firstRow, lastRow
  /// A class by its place in the list.
  case selectClass(Int)
  /// A layer by its place in the list.
  case selectLayer(Int)
  /// Between classes and layers.
  case switchFocus
  case search
  /// The step with a number, from 1.
  case showStep(Int)
  /// The step before or after; in the parameters, the value.
  case previousStep, nextStep
  case nextView, previousView
  /// The compare view; there, what is compared.
  case nextComparison
  /// The numbers that judge the map; there, back to the picture.
  case numbers
  /// The box of the probe.
  case smaller, larger
  /// Nearer, farther, the whole picture.
  case zoomIn, zoomOut, resetZoom
  /// So many times as near, around a place.
  case zoom(Double, around: PhotoPoint)
  /// To another part of the picture.
  case panLeft, panDown, panUp, panRight
  /// The cursor that reads the map.
  case toggleCursor
  case placeCursor(PhotoPoint)
  /// Overlay, heatmap, photo.
  case nextContent
  /// What speaks against the class too, or not.
  case toggleSigned
  case lessOpaque, moreOpaque
  case nextColorTable
  case methods, parameters
  case toggleTeaching
  case nextPage, previousPage
  case nextImage, previousImage
  /// What is on the screen, to files.
  case save
  case help
  /// Takes the line that is marked; goes on with what was stopped.
  case confirm
  /// Leaves what lies on top; stops what is computed.
  case dismiss
  case quit
}
