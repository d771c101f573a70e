import Testing

@testable import Terminal

private let start = ContinuousClock.now

private func at(_ milliseconds: Int) -> ContinuousClock.Instant {
  start + .milliseconds(milliseconds)
}

/// Answers of a terminal to which the way there and back takes 100 milliseconds.
private func proven() -> FrameAnswers {
  var answers = FrameAnswers()
  answers.ask(at: at(0))
  _ = answers.answer(in: at(100)...at(100))
  return answers
}

@Test func aTerminalThatNeverAnswersIsAskedOnceAndHoldsNothingBack() {
  var answers = FrameAnswers()
  #expect(answers.isAsking)
  answers.ask(at: at(0))
  #expect(!answers.isAsking)
  for time in [0, 500, 20_000] {
    answers.giveUp(at: at(time))
    #expect(answers.holdingBack(at: at(time)) == nil)
  }
  #expect(!answers.isAsking)
}

@Test func theDelayIsWhatTheEmptyWayDoesNotExplain() {
  var answers = proven()
  answers.ask(at: at(1000))
  #expect(answers.answer(in: at(1350)...at(1350)) == .milliseconds(250))
  answers.ask(at: at(2000))
  #expect(answers.answer(in: at(2080)...at(2080)) == .zero)
  // The shorter time is the new measure.
  answers.ask(at: at(3000))
  #expect(answers.answer(in: at(3100)...at(3100)) == .milliseconds(20))
}

/// The program was busy drawing when the answer came: its own time is no delay of the terminal.
@Test func computingIsNoDelay() {
  var answers = proven()
  answers.ask(at: at(1000))
  #expect(answers.answer(in: at(1010)...at(1500)) == .zero)
}

@Test func anAnswerToNothingIsIgnored() {
  var answers = FrameAnswers()
  #expect(answers.answer(in: at(0)...at(1)) == nil)
}

@Test func lateFramesHoldTheNextBack() {
  var answers = proven()
  answers.ask(at: at(1000))
  #expect(answers.holdingBack(at: at(1150)) == nil)
  #expect(answers.holdingBack(at: at(1200)) == at(11_000))
  _ = answers.answer(in: at(1300)...at(1300))
  #expect(answers.holdingBack(at: at(1300)) == nil)
}

/// The first answers come while the program is busy with its start; a few more are asked for.
@Test func theWayIsMeasuredAFewTimesAtTheStart() {
  var answers = FrameAnswers()
  #expect(!answers.isMeasuring)
  var count = 0
  answers.ask(at: at(0))
  _ = answers.answer(in: at(0)...at(700))
  while answers.isMeasuring {
    count += 1
    answers.ask(at: at(1000 * count))
    #expect(!answers.isMeasuring)
    _ = answers.answer(in: at(1000 * count + 5)...at(1000 * count + 5))
  }
  #expect(count == 3)
  answers.ask(at: at(9000))
  #expect(answers.answer(in: at(9105)...at(9105)) == .milliseconds(100))
}

/// Over a long way, frames are under way while the answers to former ones come back.
@Test func asManyFramesAreUnderWayAsItTakesToBeSmooth() {
  var answers = proven()
  for frame in 0..<4 {
    #expect(answers.holdingBack(at: at(1000 + frame)) == nil)
    answers.ask(at: at(1000 + frame))
  }
  #expect(answers.holdingBack(at: at(1004)) == nil)
  answers.ask(at: at(1004))
  #expect(answers.holdingBack(at: at(1005)) != nil)
}

@Test func overdueAnswersAreGivenUp() {
  var answers = proven()
  answers.ask(at: at(1000))
  answers.ask(at: at(1001))
  answers.giveUp(at: at(10_999))
  #expect(answers.holdingBack(at: at(10_999)) != nil)
  answers.giveUp(at: at(11_000))
  #expect(answers.holdingBack(at: at(11_000)) == nil)
  #expect(!answers.isAsking)
  _ = answers.answer(in: at(11_010)...at(11_010))
  #expect(answers.isAsking)
}

@Test func theEndWaitsOnlyForAnswersThatMayCome() {
  var answers = FrameAnswers()
  #expect(answers.patienceAtEnd(at: at(0)) == .zero)
  answers.ask(at: at(0))
  #expect(answers.patienceAtEnd(at: at(100)) > .zero)
  #expect(answers.patienceAtEnd(at: at(2000)) == .zero)
  _ = answers.answer(in: at(2100)...at(2100))
  #expect(answers.patienceAtEnd(at: at(2100)) == .zero)
  answers.ask(at: at(3000))
  #expect(answers.patienceAtEnd(at: at(9000)) > .zero)
}
