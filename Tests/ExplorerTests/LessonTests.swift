import CAMEngine
import Terminal
import Testing

@testable import camtui

@Test func spaceWalksThroughAllStepsAndBack() {
  var state = Fake.openState { $0.isLesson = true }
  var seen = [state.step]
  for _ in 0..<8 {
    state.type(.character(" "))
    state.settle()
    seen.append(state.step)
  }
  #expect(
    seen == [
      .input, .phaseOne, .phaseOne, .phaseTwo, .phaseTwo, .phaseThree, .phaseThree, .phaseThree,
      .phaseThree,
    ])
  #expect(state.view == .phases)
  for _ in 0..<8 { state.type(.character("b")) }
  #expect(state.step == .input && state.view == .single)
}

@Test func everyPageHasWordsAndTheNumbersOfTheImage() {
  for method in Fake.model.methods {
    var state = Fake.openState {
      $0.isLesson = true
      $0.method = method
    }
    var titles: Set<String> = []
    for _ in Lesson.pages(isIncrementCAM: state.isIncrementCAM) {
      state.settle()
      let text = state.lessonText
      #expect(text?.words.isEmpty == false && text?.formula.isEmpty == false)
      #expect(text?.numbers.hasPrefix("Here ") == true, "\(method): \(text?.numbers ?? "")")
      titles.insert(text?.title ?? "")
      state.type(.character(" "))
    }
    #expect(titles.count == Lesson.pages(isIncrementCAM: state.isIncrementCAM).count)
  }
}

@Test func theTextFollowsTheStep() {
  var state = Fake.openState()
  #expect(state.lessonText == nil)
  state.type(.character("t"))
  #expect(state.lessonText?.title == "Phase 1: channels and their weights")
  state.type(.character("4"))
  #expect(state.lessonText?.title == "Phase 3: both maps together")
  state.type(.character("1"))
  #expect(state.lessonText?.title == "The image and its scores")
  state.type(.character("t"))
  #expect(state.lessonText == nil)
}

@Test func theNumbersAreThoseOfTheImage() {
  var state = Fake.openState()
  state.type(.character("t"))
  // Weights run from -0.02 to 0.04; 4 of every 7 are above zero, one is zero.
  #expect(
    state.lessonText?.numbers
      == """
      Here 22 of 40 channels speak for “golden retriever”, 12 against it, 6 say nothing; the \
      largest weight is α = 0.0400, of channel 6.
      """)
}

@Test func withoutUnicodeTheLessonHasOnlyASCII() {
  for method in ["increment-cam"] + Array(Fake.model.methods) {
    var state = Fake.openState(encoding: .ascii) {
      $0.isLesson = true
      $0.method = method
    }
    for _ in 0..<7 {
      state.settle()
      let text = state.lessonText
      let all = (text?.words ?? "") + (text?.formula ?? "") + (text?.numbers ?? "")
      #expect(all.unicodeScalars.allSatisfy { $0.value < 128 || $0 == "×" }, "\(all)")
      state.type(.character(" "))
    }
  }
}

@Test(arguments: [
  "grad-cam", "grad-cam-plus-plus", "hires-cam", "xgrad-cam", "layer-cam", "eigen-cam",
  "score-cam", "score-cam-probability", "ablation-cam", "recipro-cam", "group-cam",
  "increment-cam",
])
func everyMethodHasANote(method: String) {
  let note = MethodNote.of(method)
  #expect(note.title != method && !note.text.isEmpty)
  #expect(note.asciiFormula.unicodeScalars.allSatisfy { $0.isASCII }, "\(note.asciiFormula)")
}
