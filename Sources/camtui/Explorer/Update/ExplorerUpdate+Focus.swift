/// The arrows belong to one of the lists, or to the view where it has a use for them.
extension ExplorerState {
  /// Whether the arrows belong to the view.
  var viewHasArrows: Bool { isViewFocused && ViewTable.definition(of: view).arrows != nil }

  /// From the view to the classes, to the layers, and back.
  mutating func switchFocus() {
    if viewHasArrows {
      isViewFocused = false
      focus = .classes
    } else if focus == .classes {
      focus = .layers
    } else {
      focus = .classes
      if ViewTable.definition(of: view).arrows != nil { isViewFocused = true }
    }
  }

  /// Shows the compare view; there the view itself turns to what is compared next.
  mutating func compare() {
    view = .compare
    turnToPageOfStep()
  }
}
