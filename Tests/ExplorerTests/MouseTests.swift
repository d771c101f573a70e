import Terminal
import Testing

@testable import camtui

@Test func theMouseSelectsClasses() {
  var state = Fake.openState()
  let view = ExplorerView(state: state, columns: 80, rows: 24)
  let area = view.layout.classes
  #expect(
    view.command(for: MouseEvent(.press(1), x: area.x + 3, y: area.y + 2)) == .selectClass(1))
  let caption = view.layout.caption
  #expect(view.command(for: MouseEvent(.press(1), x: caption.x + 3, y: caption.y)) == nil)
  #expect(view.command(for: MouseEvent(.press(1), x: area.x, y: area.y + 12)) == nil)
  #expect(
    state.update(.command(.selectClass(3))) == [.start(.explain(Fake.gradCAM(3)))])
}

@Test func theMouseSelectsLayersAndSteps() {
  let state = Fake.openState()
  let view = ExplorerView(state: state, columns: 160, rows: 50)
  let layers = view.layout.layers
  #expect(
    view.command(for: MouseEvent(.press(1), x: layers.x + 3, y: layers.y + 1)) == .selectLayer(1))
  let tab = view.stepTabs[2].area
  #expect(view.command(for: MouseEvent(.press(1), x: tab.x + 1, y: tab.y)) == .showStep(3))
  let small = view.stripCells[3]
  #expect(
    view.command(for: MouseEvent(.press(1), x: small.x + 1, y: small.y + 2)) == .showStep(4))
}
