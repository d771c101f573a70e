/// The lesson walks through the steps, page by page.
extension ExplorerState {
  mutating func toggleTeaching() {
    isTeaching.toggle()
    turnToPageOfStep()
  }

  /// The next page; the first key only opens the text.
  mutating func movePage(by distance: Int) {
    guard isTeaching else {
      isTeaching = true
      return turnToPageOfStep()
    }
    let pages = Lesson.pages(isIncrementCAM: isIncrementCAM)
    lessonPage = min(max(0, lessonPage + distance), pages.count - 1)
    chosenStep = pages[lessonPage].step
    view = pages[lessonPage].view
  }

  /// Opens the page that fits what is on the screen.
  mutating func turnToPageOfStep() {
    lessonPage = fittingPage
  }
}
