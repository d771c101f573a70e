import Terminal

/// Something that happened.
enum ExplorerMessage: Equatable, Sendable {
  case key(Key)
  /// A command from elsewhere than the keyboard.
  case command(ExplorerCommand)
  /// Text that was pasted.
  case pasted(String)
  /// The clock: sent now and then while a job runs.
  case tick
  /// What a running job has so far.
  case progressed(Job, MapResult)
  /// How far a measurement is.
  case counted(Job, PassCount)
  case finished(Job, JobOutcome)
  /// How the writing of files ended.
  case saved(SaveOutcome)
  /// The classes that a text may mean.
  case found(text: String, classes: [Int])
}

/// Something to be done outside the state.
enum ExplorerEffect: Equatable, Sendable {
  case start(Job)
  /// Stops the running job; it still reports how it ended.
  case cancel
  /// Writes files, whatever else runs; answered by ``ExplorerMessage/saved(_:)``.
  case save(SaveOrder)
  /// Looks for classes; answered by ``ExplorerMessage/found(text:classes:)``.
  case search(String)
  case quit
}

/// How the writing of files ended.
enum SaveOutcome: Equatable, Sendable {
  /// The path of their folder, for people.
  case saved(folder: String)
  /// The end of a sentence says why.
  case failed(String)
}
