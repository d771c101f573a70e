import Terminal

/// The arrows belong to one of the lists, or to the view where it has a use for them.
extension ExplorerState {
  /// Whether the arrows belong to the view.
  var viewHasArrows: Bool { isViewFocused && viewArrows != nil }

  /// What the arrows do in the view, where it has a use of its own for them.
  var viewArrows: String? {
    if view == .single { return cursor == nil ? nil : "↑↓←→ cursor" }
    return ViewTable.definition(of: view).arrows
  }

  /// What else matters in the view.
  var viewHint: String? {
    if view == .single, cursor != nil { return "x cursor off" }
    if view == .single, zoom != .whole { return "HJKL move" }
    return ViewTable.definition(of: view).hint
  }

  /// From the view to the classes, to the layers, and back.
  mutating func switchFocus() {
    if viewHasArrows {
      isViewFocused = false
      focus = .classes
    } else if focus == .classes {
      focus = .layers
    } else {
      focus = .classes
      if viewArrows != nil { isViewFocused = true }
    }
  }

  /// Shows the compare view; there the view itself turns to what is compared next.
  mutating func compare() {
    view = .compare
    turnToPageOfStep()
  }
}
