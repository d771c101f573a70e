/// Saving what is on the screen.
extension ExplorerState {
  /// One line about the last save; `nil` where nothing is to be said.
  var savingNote: String? {
    switch saving {
    case nil: nil
    case .underWay: endsAfterSaving ? "saving, then quitting (q quits at once)" : "saving"
    case .ended(let text): text
    }
  }

  var isSaving: Bool {
    if case .underWay? = saving { return true }
    return false
  }

  /// Begins to write files; one save at a time.
  mutating func save() -> [ExplorerEffect] {
    guard !isSaving else { return [] }
    guard let order = saveOrder else {
      saving = .ended("Nothing is saved: there is no image on the screen yet")
      return []
    }
    saving = .underWay(note: order.note)
    return [.save(order)]
  }

  /// What was said is read once the next key is pressed.
  mutating func dismissSavingNote() {
    if !isSaving { saving = nil }
  }

  /// Takes how a save ended.
  mutating func finish(_ outcome: SaveOutcome) -> [ExplorerEffect] {
    guard case .underWay(let note)? = saving else { return [] }
    switch outcome {
    case .saved(let folder):
      saving = .ended("Saved in \(folder)" + (note.isEmpty ? "" : " (\(note))"))
    case .failed(let reason):
      saving = .ended("Not saved: \(reason)")
    }
    return endsAfterSaving ? [.quit] : []
  }

  /// Quits once the files are written; asked for again, at once.
  mutating func quit() -> [ExplorerEffect] {
    guard isSaving, !endsAfterSaving else { return [.quit] }
    endsAfterSaving = true
    return []
  }
}
