/// Something that takes time and is computed beside the interface.
enum Job: Equatable, Sendable {
  /// Reading an image, by its place in the list.
  case open(image: Int)
  /// Asking the model what is on it.
  case classify(image: Int)
  /// A map; Increment-CAM reports progress, and its result holds Phases 2 and 3.
  case explain(MapRequest)
  /// The channels that the Grad-CAM map of a request adds up.
  case rankChannels(MapRequest)
  /// Asking the model what is on an image of which a part is hidden.
  case classifyHidden(Occlusion)
  /// Numbers of a map.
  case measure(Measurement)
}

/// How a job ended.
enum JobOutcome: Equatable, Sendable {
  case opened(OpenedImage)
  case classified(ClassScores)
  case explained(MapResult)
  case ranked([RankedChannel])
  case measured(MapNumbers)
  /// The sentence says why.
  case failed(String)
  case cancelled
}

extension ExplorerState {
  /// What the screen lacks most; `nil` when it is complete or cannot be completed.
  var missingJob: Job? {
    switch image.status {
    case .unopened: return .open(image: currentImage)
    case .failed: return nil
    case .opened:
      if image.scores == nil { return .classify(image: currentImage) }
      return ViewTable.definition(of: view).missingJob(self)
    }
  }

  /// The job for the first of some requests of which there is no complete result.
  func missingJob(for requests: [MapRequest]) -> Job? {
    requests.first { isMissing($0) }.map { .explain($0) }
  }

  /// Whether a request must (still) be computed.
  func isMissing(_ request: MapRequest) -> Bool {
    switch results[request] {
    case nil: !stopped.contains(request)
    case .failed: false
    case .ready(let result): !result.isComplete && !stopped.contains(request)
    }
  }

  /// Starts what is missing, or stops what is not wanted any more.
  ///
  /// Only one job runs at a time: however fast the user moves, the next one to start is for what
  /// is on the screen then. A result that arrives late is kept under its own request.
  mutating func schedule() -> [ExplorerEffect] {
    let missing = missingJob
    if let job {
      guard job != missing, !isCancelling, !isWorthFinishing(job, missing) else { return [] }
      isCancelling = true
      return [.cancel]
    }
    guard let missing else { return [] }
    job = missing
    numbers.count = nil
    ticks = 0
    return [.start(missing)]
  }

  /// Phase 2 of what is chosen goes on while another step is looked at; the pass for a box that has
  /// moved on is short, and its answer better than none.
  private func isWorthFinishing(_ job: Job, _ missing: Job?) -> Bool {
    if case .classifyHidden = job, case .classifyHidden? = missing { return true }
    guard missing == nil, let request, isMissing(request) else { return false }
    return job == .explain(request)
  }

  /// Takes what a job has so far; progress that is less than what is known already is left out.
  mutating func note(_ running: Job, _ partial: MapResult) {
    guard case .explain(let request) = running, job == running else { return }
    let known = results.result(of: request)?.scoring?.scoredCount ?? -1
    guard (partial.scoring?.scoredCount ?? 0) > known else { return }
    results.store(.ready(partial), for: request)
    noteShownMap()
  }

  /// Files the result of a job.
  mutating func finish(_ finished: Job, _ outcome: JobOutcome) -> [ExplorerEffect] {
    job = nil
    isCancelling = false
    switch (finished, outcome) {
    case (.open(let index), .opened(let opened)):
      images[index].status = .opened(opened)
    case (.open(let index), .failed(let reason)), (.classify(let index), .failed(let reason)):
      images[index].status = .failed(reason)
    case (.classify(let index), .classified(let scores)):
      list(scores, ofImage: index)
    case (.explain(let request), .explained(let result)):
      results.store(.ready(result), for: request)
    case (.explain(let request), .failed(let reason)):
      results.store(.failed(reason), for: request)
    case (.rankChannels(let request), .ranked(let channels)):
      note(.ranked(channels), of: request)
    case (.rankChannels(let request), .failed(let reason)):
      note(.failed(reason), of: request)
    case (.classifyHidden(let occlusion), .classified(let scores)):
      probe.answer = Probe.Answer(occlusion: occlusion, result: .scored(scores))
    case (.classifyHidden(let occlusion), .failed(let reason)):
      probe.answer = Probe.Answer(occlusion: occlusion, result: .failed(reason))
    case (.measure(let measurement), _):
      note(outcome, of: measurement)
    default:
      break
    }
    noteShownMap()
    return schedule()
  }

  private mutating func list(_ scores: ClassScores, ofImage index: Int) {
    images[index].scores = scores
    images[index].listedTargets = scores.targets
    if let first = images[index].evaluated?.target ?? firstTarget { images[index].select(first) }
  }

  /// Remembers the map on the screen.
  mutating func noteShownMap() {
    guard let request = request(at: step) else { return }
    results.use(request)
    if map(at: step) != nil { lastShown = ShownMap(request: request, step: step) }
  }
}
