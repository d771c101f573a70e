import Glibc

extension TerminalSession {
  /// Shows a screen, clipped to the terminal; only what has changed is written, in one
  /// synchronised update where the terminal knows those.
  ///
  /// While the terminal is still busy with former frames nothing is drawn: ``TerminalEvent/wake``
  /// comes as soon as it is ready, and what is true then can be drawn. On a slow connection colours
  /// are only as exact as ``BandwidthPolicy`` says.
  public func draw(_ screen: Screen) {
    guard isOpen else { return }
    let start = ContinuousClock.now
    answers.giveUp(at: start)
    frameDeadline = answers.holdingBack(at: start)
    guard frameDeadline == nil else { return }
    let processorStart = Self.processorTime
    let cells = renderer.draw(screen.mergingRuns(tolerance: bandwidth.tolerance))
    guard cells >= BandwidthPolicy.largeFrame else { return }
    if answers.isAsking {
      askForAnswer()
    } else {
      // Without answers: what is no computing is waiting for room in the terminal's buffer.
      let computing = Self.processorTime - processorStart
      bandwidth.note(delay: max(.zero, ContinuousClock.now - start - computing))
    }
  }

  /// Asks the terminal to answer when it has come this far.
  func askForAnswer() {
    answers.ask(at: .now)
    Descriptor.write(FrameAnswers.question, to: STDOUT_FILENO)
  }

  /// The terminal has come as far as an earlier question.
  func noteAnswer() {
    let now = ContinuousClock.now
    guard let delay = answers.answer(in: min(earliestInput, now)...now) else { return }
    bandwidth.note(delay: delay)
    if answers.isMeasuring { askForAnswer() }
    if frameDeadline != nil, answers.holdingBack(at: now) == nil { resumeFrame() }
  }

  /// Lets a frame that was held back be drawn although no answer came; `false` without one.
  func resumeOverdueFrame() -> Bool {
    guard let deadline = frameDeadline, deadline <= .now else { return false }
    resumeFrame()
    return true
  }

  private func resumeFrame() {
    frameDeadline = nil
    pendingEvents.append(.wake)
  }

  /// Reads the answers that are still to come, which the shell would read otherwise.
  func awaitAnswers() {
    let now = ContinuousClock.now
    let deadline = now + answers.patienceAtEnd(at: now)
    while answers.patienceAtEnd(at: now) > .zero, Descriptor.waitForInput(until: deadline) {
      readKeys()
    }
  }

  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
