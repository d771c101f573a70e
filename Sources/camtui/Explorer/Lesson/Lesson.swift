/// The pages that explain the steps, in the order in which the space bar walks through them.
enum Lesson {
  /// A page: where it belongs, and what it says.
  struct Page: Sendable {
    let step: Step
    var view = ViewMode.single
    let text: @Sendable (LessonFacts) -> LessonText
  }

  static func pages(isIncrementCAM: Bool) -> [Page] {
    isIncrementCAM ? incrementCAMPages : methodPages
  }

  private static let incrementCAMPages = [
    Page(step: .input, text: { $0.image }),
    Page(step: .phaseOne, text: { $0.channelWeights }),
    Page(step: .phaseOne, text: { $0.gradCAM }),
    Page(step: .phaseTwo, text: { $0.masks }),
    Page(step: .phaseTwo, text: { $0.channelScores }),
    Page(step: .phaseThree, text: { $0.merging }),
    Page(step: .phaseThree, view: .phases, text: { $0.comparison }),
  ]

  private static let methodPages = [
    Page(step: .input, text: { $0.image }),
    Page(step: .map, text: { $0.method }),
  ]
}

/// What a page of the lesson says.
struct LessonText: Equatable, Sendable {
  var title: String
  /// Plain words.
  var words: String
  /// The formula; with characters of ASCII only where the terminal has no others.
  var formula: String
  /// The numbers of the image on the screen.
  var numbers: String
}

extension ExplorerState {
  /// The open page; `nil` when nothing is explained.
  var lessonText: LessonText? {
    guard isTeaching else { return nil }
    let page = Lesson.pages(isIncrementCAM: isIncrementCAM)[fittingPage]
    return page.text(LessonFacts(state: self))
  }

  /// The open page if it belongs to the view and the step on the screen, else the first that does.
  var fittingPage: Int {
    let pages = Lesson.pages(isIncrementCAM: isIncrementCAM)
    let ofView = pages.indices.filter { pages[$0].view == view }
    let ofStep = pages.indices.filter { pages[$0].view == .single && pages[$0].step == step }
    let fitting = view == .single || ofView.isEmpty ? ofStep : ofView
    return fitting.contains(lessonPage) ? lessonPage : fitting.first ?? 0
  }
}
