import Terminal

/// Something that happened.
enum ExplorerMessage: Equatable, Sendable {
  case key(Key)
  /// A command from elsewhere than the keyboard.
  case command(ExplorerCommand)
  /// The clock: sent now and then while a job runs.
  case tick
  case finished(Job, JobOutcome)
}

/// Something to be done outside the state.
enum ExplorerEffect: Equatable, Sendable {
  case start(Job)
  /// Stops the running job; it still reports how it ended.
  case cancel
  case quit
}

/// What the user can ask for.
enum ExplorerCommand: Equatable, Sendable {
  case nextClass, previousClass, firstClass, lastClass
  /// A class by its place in the list.
  case selectClass(Int)
  case show(PictureContent)
  case nextContent, previousContent
  /// Photo, or the overlay if the photo is shown.
  case togglePhoto
  case lessOpaque, moreOpaque
  case nextColorTable
  case nextImage, previousImage
  case help
  /// Leaves what lies on top.
  case dismiss
  case quit
}
