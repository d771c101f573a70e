import Terminal

/// Carries out effects: the only place where the explorer does anything but compute values.
final class EffectRunner {
  /// Larger photos are reduced when they are opened, so that every frame is drawn fast.
  static let largestSide = 1024

  private let source: any ExplanationSource
  private let paths: [String]
  private let post: @Sendable (ExplorerMessage) -> Void
  private var task: Task<Void, Never>?

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
  }

  /// Begins an effect and returns at once; a job reports by a message when it ends.
  func run(_ effect: ExplorerEffect) {
    switch effect {
    case .start(let job): start(job)
    case .cancel, .quit: task?.cancel()
    }
  }

  private func start(_ job: Job) {
    task = Self.task(for: job, source, paths, post)
  }

  private static func task(
    for job: Job, _ source: any ExplanationSource, _ paths: [String],
    _ post: @escaping @Sendable (ExplorerMessage) -> Void
  ) -> Task<Void, Never> {
    Task {
      let outcome = await outcome(of: job, source, paths)
      post(.finished(job, outcome))
    }
  }

  private static func outcome(
    of job: Job, _ source: any ExplanationSource, _ paths: [String]
  ) async -> JobOutcome {
    do {
      switch job {
      case .open(let image):
        return .opened(try await source.open(paths[image]).reduced(toSide: largestSide))
      case .map(let image, let classIndex):
        return .mapped(try await source.map(of: paths[image], classIndex: classIndex))
      }
    } catch is CancellationError {
      return .cancelled
    } catch {
      return .failed(String(describing: error))
    }
  }
}

extension OpenedImage {
  /// The image with a photo whose sides are at most `limit` pixels long.
  fileprivate func reduced(toSide limit: Int) -> OpenedImage {
    let longest = max(photo.width, photo.height)
    guard longest > limit else { return self }
    let scale = Double(limit) / Double(longest)
    var result = self
    result.photo = photo.resampled(
      width: max(1, Int((Double(photo.width) * scale).rounded())),
      height: max(1, Int((Double(photo.height) * scale).rounded())))
    result.crop = crop?.scaled(
      x: Double(result.photo.width) / Double(photo.width),
      y: Double(result.photo.height) / Double(photo.height))
    return result
  }
}

extension PictureRegion {
  fileprivate func scaled(x horizontal: Double, y vertical: Double) -> PictureRegion {
    PictureRegion(
      x: x * horizontal, y: y * vertical, width: width * horizontal, height: height * vertical)
  }
}
