/// Which frames the terminal has shown, by its answers to a question that follows each of them.
///
/// What a program writes vanishes in buffers, over SSH in up to a megabyte of them, so that the
/// time of writing says little. A terminal answers `CSI 5 n` (device status report, ECMA-48
/// 8.3.35) when it has dealt with everything before it; how much longer that takes than with
/// nothing before it is the delay of the frame. Until a first answer shows that the terminal
/// gives any, only one question is asked, and nothing waits for it.
struct FrameAnswers: Equatable {
  typealias Instant = ContinuousClock.Instant

  static let question = Array("\u{1B}[5n".utf8)
  /// An answer that takes longer will not come.
  static let patience = Duration.seconds(10)
  /// At this rate of frames a movement looks smooth; more need not be under way.
  private static let smoothFrame = Duration.milliseconds(33)

  /// So many answers are awaited by doing nothing, to know the way there and back.
  private static let measurements = 4

  private var asked: [Instant] = []
  private var answerCount = 0
  /// The shortest time to an answer, which is the time of the way there and back.
  private var shortest: Duration?

  /// Whether the next frame should be followed by the question.
  var isAsking: Bool { shortest != nil || asked.isEmpty }

  /// Whether the question should be asked for its own sake, as the program does nothing else.
  var isMeasuring: Bool { asked.isEmpty && (1..<Self.measurements).contains(answerCount) }

  /// Notes that the question was asked.
  mutating func ask(at time: Instant) {
    asked.append(time)
  }

  /// Notes an answer and returns the delay of its frame; `nil` when nothing was asked.
  ///
  /// The answer came at some time in the interval: who computes sees it late.
  mutating func answer(in interval: ClosedRange<Instant>) -> Duration? {
    guard let first = asked.first else { return nil }
    asked.removeFirst()
    answerCount += 1
    let longest = interval.upperBound - first
    let base = min(shortest ?? longest, longest)
    shortest = base
    return max(.zero, interval.lowerBound - first - base)
  }

  /// Until when the next frame is held back, as it would only queue up; `nil` if it can be drawn.
  ///
  /// A long way to the terminal delays no frame: as many may be under way as it takes to be smooth
  /// there, as long as each arrives about as fast as an empty one.
  func holdingBack(at time: Instant) -> Instant? {
    guard let first = asked.first, let shortest else { return nil }
    let age = time - first
    let isLate = age > shortest + BandwidthPolicy.late
    let isEnough = asked.count > 1 + Int(shortest / Self.smoothFrame)
    return (isLate || isEnough) && age < Self.patience ? first + Self.patience : nil
  }

  /// Gives up on answers that are overdue: there may be another terminal now.
  mutating func giveUp(at time: Instant) {
    guard shortest != nil, let first = asked.first, time - first >= Self.patience else { return }
    // One question stays open: its answer, should it come, begins everything anew.
    asked = [time]
    shortest = nil
  }

  /// How long a program that ends should wait for answers, lest they arrive at the shell.
  func patienceAtEnd(at time: Instant) -> Duration {
    guard let first = asked.first else { return .zero }
    if shortest != nil { return .seconds(1) }
    return time - first < .seconds(1) ? .milliseconds(200) : .zero
  }
}
