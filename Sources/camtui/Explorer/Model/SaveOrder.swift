import Terminal

/// What is to be written to files.
struct SaveOrder: Equatable, Sendable {
  /// The image, by its place in the list.
  var image: Int
  /// The screen as it is.
  var screen: Screen
  /// What is chosen, as far as it is computed; `nil` before it is.
  var map: SavedMap?
}

/// A map that is to be written to files, with the colour map and the opacity of the screen.
struct SavedMap: Equatable, Sendable {
  var request: MapRequest
  /// Of an Increment-CAM that has not begun Phase 2: Phase 1.
  var result: MapResult
  /// The parameters of Phase 3.
  var merging: ParameterValues
  /// The name of the colour map.
  var colorMap: String
  /// The share of the map in the overlay, 0 to 1.
  var opacity: Float
  /// Whether what speaks against the class is written too.
  var hasSigned: Bool

  /// Whether Phases 2 and 3 are there, perhaps not complete.
  var hasScoring: Bool { scoredCount > 0 || result.scoring?.isComplete == true }
  /// How many channels are scored.
  var scoredCount: Int { result.scoring?.scoredCount ?? 0 }
}

/// How far the writing of files is.
enum Saving: Equatable, Sendable {
  /// What is still to be said of the files.
  case underWay(note: String)
  /// One line for the user, until the next key.
  case ended(String)
}

extension SaveOrder {
  /// What the files lack, in a few words; empty where they lack nothing.
  var note: String {
    guard let map else { return "the screen alone: no map is computed yet" }
    guard map.request.isIncrementCAM, !(map.result.scoring?.isComplete ?? false) else { return "" }
    guard let scoring = map.result.scoring, map.hasScoring else {
      return "Phase 1 alone: Phase 2 has not run"
    }
    return "Phase 2 partial: \(scoring.scoredCount) of \(scoring.order.count) channels"
  }
}

extension ExplorerState {
  /// What is on the screen now; `nil` before an image is.
  var saveOrder: SaveOrder? {
    guard image.opened != nil else { return nil }
    let screen = ExplorerView(state: self, columns: terminal.columns, rows: terminal.rows).screen()
    return SaveOrder(image: currentImage, screen: screen, map: savedMap)
  }

  private var savedMap: SavedMap? {
    guard let request,
      let result = results.result(of: request) ?? (isIncrementCAM ? phaseOneResult : nil)
    else { return nil }
    return SavedMap(
      request: request, result: result, merging: mergingParameters, colorMap: colorTable.name,
      opacity: Float(opacity) / 100, hasSigned: isSigned)
  }

  private var phaseOneResult: MapResult? {
    request.flatMap { results.result(of: $0.phaseOne) }
  }
}
