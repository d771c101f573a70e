/// How exact the colours of the next frame are, from how long the last ones were under way.
///
/// Over a slow connection frames are made faster than they are shown, and queue up. A large frame
/// that was late raises the tolerance of ``Screen/mergingRuns(tolerance:)`` by one step, one that
/// was very late by two; frames in time lower it again, one step after a number of them. That
/// number doubles whenever a step down had to be taken back at once, so that the picture does not
/// pulsate.
public struct BandwidthPolicy: Equatable, Sendable {
  /// The tolerances of the steps; the last is the greatest error of a channel, of 255.
  public static let tolerances = [0, 4, 8, 12, 16]
  /// A frame with a longer delay is late.
  public static let late = Duration.milliseconds(80)
  /// A frame with a shorter delay could have been larger.
  public static let early = Duration.milliseconds(20)
  /// Frames in which fewer cells are drawn say nothing about the connection.
  public static let largeFrame = 500
  static let patience = 8...256

  /// The choice that this policy follows.
  public let choice: BandwidthChoice
  private var step = 0
  private var earlyFrames = 0
  private var framesToStepDown = patience.lowerBound
  private var framesSinceStepDown = patience.upperBound

  /// A policy at its beginning.
  public init(_ choice: BandwidthChoice = .auto) {
    self.choice = choice
  }

  /// The tolerance for the next frame: no channel of a colour may be off by more.
  public var tolerance: Int {
    switch choice {
    case .auto: Self.tolerances[step]
    case .high: 0
    case .medium: 8
    case .low: 16
    }
  }

  /// Learns from a large frame.
  ///
  /// - Parameter delay: How much longer it was under way than a frame of no size.
  public mutating func note(delay: Duration) {
    guard choice == .auto else { return }
    framesSinceStepDown += 1
    if delay > Self.late {
      stepUp(by: delay > Self.late * 4 ? 2 : 1)
    } else if delay < Self.early, step > 0 {
      earlyFrames += 1
      if earlyFrames >= framesToStepDown { stepDown() }
    } else {
      earlyFrames = 0
    }
  }

  private mutating func stepUp(by steps: Int) {
    if framesSinceStepDown <= Self.patience.lowerBound {
      framesToStepDown = min(2 * framesToStepDown, Self.patience.upperBound)
    }
    framesSinceStepDown = Self.patience.upperBound
    earlyFrames = 0
    step = min(step + steps, Self.tolerances.count - 1)
  }

  private mutating func stepDown() {
    step -= 1
    earlyFrames = 0
    framesSinceStepDown = 0
  }
}
