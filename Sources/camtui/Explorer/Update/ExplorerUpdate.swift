import Terminal

extension ExplorerState {
  /// The state after a message, and what is to be done outside it. Nothing else happens here.
  mutating func update(_ message: ExplorerMessage) -> [ExplorerEffect] {
    switch message {
    case .key(let key):
      guard let command = KeyTable.command(for: key) else { return [] }
      return perform(command)
    case .command(let command):
      return perform(command)
    case .tick:
      if isComputing { ticks += 1 }
      return []
    case .finished(let job, let outcome):
      return finish(job, outcome)
    }
  }

  private mutating func perform(_ command: ExplorerCommand) -> [ExplorerEffect] {
    switch command {
    case .quit:
      return [.quit]
    case .help:
      isHelpShown.toggle()
    case .dismiss:
      isHelpShown = false
    case .nextClass, .previousClass, .firstClass, .lastClass, .selectClass:
      moveSelection(command)
    case .nextImage, .previousImage:
      moveImage(by: command == .nextImage ? 1 : -1)
    case .show, .nextContent, .previousContent, .togglePhoto:
      changeContent(command)
    case .lessOpaque, .moreOpaque, .nextColorTable:
      changeColors(command)
    }
    noteShownMap()
    return schedule()
  }

  private mutating func moveSelection(_ command: ExplorerCommand) {
    guard let last = image.opened.map({ $0.classes.count - 1 }), last >= 0 else { return }
    let row =
      switch command {
      case .nextClass: image.selectedRow + 1
      case .previousClass: image.selectedRow - 1
      case .firstClass: 0
      case .selectClass(let row): row
      default: last
      }
    image.selectedRow = min(max(0, row), last)
  }

  private mutating func moveImage(by step: Int) {
    currentImage = (currentImage + step + images.count) % images.count
  }

  private mutating func changeContent(_ command: ExplorerCommand) {
    switch command {
    case .show(let wanted): content = wanted
    case .togglePhoto: content = content == .photo ? .overlay : .photo
    case .nextContent: moveContent(by: 1)
    default: moveContent(by: -1)
    }
  }

  /// Stops at both ends.
  private mutating func moveContent(by step: Int) {
    let all = PictureContent.allCases
    let place = (all.firstIndex(of: content) ?? 0) + step
    content = all[min(max(0, place), all.count - 1)]
  }

  private mutating func changeColors(_ command: ExplorerCommand) {
    switch command {
    case .lessOpaque: opacity = max(0, opacity - 10)
    case .moreOpaque: opacity = min(100, opacity + 10)
    default: currentColorTable = (currentColorTable + 1) % colorTables.count
    }
  }
}
