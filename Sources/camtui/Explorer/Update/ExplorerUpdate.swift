import Terminal

extension ExplorerState {
  /// The state after a message, and what is to be done outside it. Nothing else happens here.
  mutating func update(_ message: ExplorerMessage) -> [ExplorerEffect] {
    switch message {
    case .key(let key):
      dismissSavingNote()
      return press(key)
    case .command(let command):
      dismissSavingNote()
      return perform(command)
    case .pasted(let text):
      return typeIntoSearch(text)
    case .tick:
      if isComputing { ticks += 1 }
      return []
    case .progressed(let job, let result):
      note(job, result)
      return []
    case .counted(let job, let count):
      note(job, count)
      return []
    case .finished(let job, let outcome):
      return finish(job, outcome)
    case .saved(let outcome):
      return finish(outcome)
    case .found(let text, let classes):
      noteMatches(classes, of: text)
      return []
    }
  }

  /// While a class is looked for, characters belong to its name.
  private mutating func press(_ key: Key) -> [ExplorerEffect] {
    if case .search = dialog, let effects = typeIntoSearch(key) { return effects }
    guard let command = keys.command(for: key) else { return [] }
    return perform(command)
  }

  private mutating func perform(_ command: ExplorerCommand) -> [ExplorerEffect] {
    if command == .quit { return quit() }
    var effects: [ExplorerEffect] = []
    if !performInDialog(command),
      !ViewTable.definition(of: view).perform(command, &self)
    {
      effects = performOnExplorer(command)
    }
    noteShownMap()
    return effects + schedule()
  }

  private mutating func performOnExplorer(_ command: ExplorerCommand) -> [ExplorerEffect] {
    switch command {
    case .previousRow, .nextRow, .firstRow, .lastRow: moveRow(command)
    case .selectClass(let row): selectRow(row, of: .classes)
    case .selectLayer(let row): selectRow(row, of: .layers)
    case .switchFocus: switchFocus()
    case .search, .methods, .parameters, .help: return open(command)
    case .showStep(let number): showStep(number - 1)
    case .previousStep: moveStep(by: -1)
    case .nextStep: moveStep(by: 1)
    case .nextView: moveView(by: 1)
    case .previousView: moveView(by: -1)
    case .nextComparison: compare()
    case .numbers: showView(view == .numbers ? .single : .numbers)
    case .smaller, .larger: break
    case .zoomIn, .zoomOut, .resetZoom, .zoom, .panLeft, .panDown, .panUp, .panRight:
      changeZoom(command)
    case .toggleCursor: toggleCursor()
    case .placeCursor(let point): place(cursor: point)
    case .nextContent, .toggleSigned, .lessOpaque, .moreOpaque, .nextColorTable:
      changePicture(command)
    case .toggleTeaching: toggleTeaching()
    case .nextPage: movePage(by: 1)
    case .previousPage: movePage(by: -1)
    case .nextImage: moveImage(by: 1)
    case .previousImage: moveImage(by: -1)
    case .save: return save()
    case .confirm: if let request { stopped.remove(request) }
    case .dismiss: stopScoring()
    case .quit: break
    }
    return []
  }

  private mutating func moveRow(_ command: ExplorerCommand) {
    let row = focus == .classes ? image.selectedRow : layer
    switch command {
    case .previousRow: selectRow(row - 1, of: focus)
    case .nextRow: selectRow(row + 1, of: focus)
    case .firstRow: selectRow(0, of: focus)
    default: selectRow(.max, of: focus)
    }
  }

  /// Stops at both ends.
  private mutating func selectRow(_ row: Int, of list: Focus) {
    focus = list
    switch list {
    case .classes:
      image.selectedRow = min(max(0, row), max(0, image.listedTargets.count - 1))
    case .layers:
      layer = min(max(0, row), model.layers.count - 1)
    }
  }

  private mutating func showStep(_ place: Int) {
    guard steps.indices.contains(place) else { return }
    chosenStep = steps[place]
    view = .single
    turnToPageOfStep()
  }

  /// Stops at both ends.
  private mutating func moveStep(by distance: Int) {
    let place = (steps.firstIndex(of: step) ?? 0) + distance
    showStep(min(max(0, place), steps.count - 1))
  }

  private mutating func moveView(by distance: Int) {
    showView(ViewTable.mode(after: view, by: distance))
  }

  private mutating func showView(_ mode: ViewMode) {
    view = mode
    turnToPageOfStep()
  }

  private mutating func moveImage(by distance: Int) {
    guard images.count > 1 else { return }
    currentImage = (currentImage + distance + images.count) % images.count
    (zoom, cursor) = (.whole, nil)
  }

  private mutating func changePicture(_ command: ExplorerCommand) {
    switch command {
    case .lessOpaque: opacity = max(0, opacity - 10)
    case .moreOpaque: opacity = min(100, opacity + 10)
    case .nextColorTable: currentColorTable = (currentColorTable + 1) % colorTables.count
    case .toggleSigned: isSigned.toggle()
    default:
      let all = PictureContent.allCases
      content = all[((all.firstIndex(of: content) ?? 0) + 1) % all.count]
    }
  }

  /// Keeps what Phase 2 has so far.
  private mutating func stopScoring() {
    guard let request, isScoring else { return }
    stopped.insert(request)
  }
}
