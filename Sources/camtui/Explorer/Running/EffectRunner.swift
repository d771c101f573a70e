import Terminal

/// Carries out effects: the only place where the explorer does anything but compute values.
final class EffectRunner {
  private let source: any ExplanationSource
  private let paths: [String]
  private let post: @Sendable (ExplorerMessage) -> Void
  private var task: Task<Void, Never>?
  private var search: Task<Void, Never>?
  /// The last save. Cancelled, it leaves nothing behind, once it has ended.
  private(set) var saving: Task<Void, Never>?

  init(
    source: any ExplanationSource, paths: [String],
    post: @escaping @Sendable (ExplorerMessage) -> Void
  ) {
    self.source = source
    self.paths = paths
    self.post = post
  }

  deinit {
    task?.cancel()
    search?.cancel()
  }

  /// Begins an effect and returns at once; a job reports by a message when it ends.
  func run(_ effect: ExplorerEffect) {
    switch effect {
    case .start(let job): task = Self.task(for: job, source, paths, post)
    case .save(let order): save(order)
    case .search(let text): look(for: text)
    case .cancel, .quit: task?.cancel()
    }
  }

  /// Only the last text is of interest.
  private func look(for text: String) {
    search?.cancel()
    search = Task { [source, post] in
      let classes = await source.classes(matching: text)
      if !Task.isCancelled { post(.found(text: text, classes: classes)) }
    }
  }

  private func save(_ order: SaveOrder) {
    saving = Task { [source, paths, post] in
      do {
        post(.saved(.saved(folder: try await source.save(order, of: paths[order.image]))))
      } catch {
        post(.saved(.failed(String(describing: error))))
      }
    }
  }

  private static func task(
    for job: Job, _ source: any ExplanationSource, _ paths: [String],
    _ post: @escaping @Sendable (ExplorerMessage) -> Void
  ) -> Task<Void, Never> {
    Task {
      let outcome = await outcome(of: job, source, paths, post)
      post(.finished(job, outcome))
    }
  }

  private static func outcome(
    of job: Job, _ source: any ExplanationSource, _ paths: [String],
    _ post: @escaping @Sendable (ExplorerMessage) -> Void
  ) async -> JobOutcome {
    do {
      switch job {
      case .open(let image):
        return .opened(try await source.open(paths[image]))
      case .classify(let image):
        return .classified(try await source.classify(paths[image]))
      case .explain(let request):
        return .explained(
          try await source.explain(request, of: paths[request.image]) {
            post(.progressed(job, $0))
          })
      case .rankChannels(let request):
        return .ranked(try await source.channels(for: request, of: paths[request.image]))
      case .measure(let measurement):
        let path = paths[measurement.map.request.image]
        return .measured(
          try await source.measure(measurement, of: path) { post(.counted(job, $0)) })
      case .classifyHidden(let occlusion):
        return .classified(
          try await source.classify(paths[occlusion.image], hiding: occlusion.box))
      }
    } catch is CancellationError {
      return .cancelled
    } catch {
      return .failed(String(describing: error))
    }
  }
}
