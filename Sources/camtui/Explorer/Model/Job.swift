/// Something that takes time and is computed beside the interface.
enum Job: Equatable, Sendable {
  /// Reading and classifying an image, by its place in the list.
  case open(image: Int)
  /// The map of a class, by its index in the model's output.
  case map(image: Int, classIndex: Int)
}

/// How a job ended.
enum JobOutcome: Equatable, Sendable {
  case opened(OpenedImage)
  case mapped(ActivationMap)
  /// The sentence says why.
  case failed(String)
  case cancelled
}

extension ExplorerState {
  /// What the screen lacks most; `nil` when it is complete or cannot be completed.
  var missingJob: Job? {
    switch image.status {
    case .unopened:
      return .open(image: currentImage)
    case .failed:
      return nil
    case .opened:
      guard let index = image.selectedClass?.index, image.maps[index] == nil else { return nil }
      return .map(image: currentImage, classIndex: index)
    }
  }

  /// Starts what is missing, or stops what is not wanted any more.
  ///
  /// Only one job runs at a time: however fast the user moves, the next one to start is for what
  /// is on the screen then. A result that arrives late is kept under its own class.
  mutating func schedule() -> [ExplorerEffect] {
    let missing = missingJob
    if let job {
      guard job != missing, !isCancelling else { return [] }
      isCancelling = true
      return [.cancel]
    }
    guard let missing else { return [] }
    job = missing
    ticks = 0
    return [.start(missing)]
  }

  /// Files the result of a job.
  mutating func finish(_ finished: Job, _ outcome: JobOutcome) -> [ExplorerEffect] {
    job = nil
    isCancelling = false
    switch (finished, outcome) {
    case (.open(let index), .opened(let opened)):
      images[index].status = .opened(opened)
    case (.open(let index), .failed(let reason)):
      images[index].status = .failed(reason)
    case (.map(let index, let classIndex), .mapped(let map)):
      images[index].maps[classIndex] = .ready(map)
    case (.map(let index, let classIndex), .failed(let reason)):
      images[index].maps[classIndex] = .failed(reason)
    case (_, .cancelled), (.open, .mapped), (.map, .opened):
      break
    }
    noteShownMap()
    return schedule()
  }

  /// Remembers the map on the screen, to bridge the moment until the next one is there.
  mutating func noteShownMap() {
    if image.selectedMap != nil { image.lastShownClass = image.selectedClass?.index }
  }
}
