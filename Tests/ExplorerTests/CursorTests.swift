import RandomTestSupport
import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

@Suite struct CursorTests {
  @Test func itBeginsInTheMiddleAndEndsByTheSameKeyOrEscape() {
    var state = Fake.openState()
    state.type(.character("x"))
    #expect(state.cursor == PhotoPoint(x: 0.5, y: 0.5) && state.viewHasArrows)
    state.type(.character("x"))
    #expect(state.cursor == nil && !state.viewHasArrows)
    state.type(.character("x"), .escape)
    #expect(state.cursor == nil)
  }

  @Test func theArrowsMoveItByACell() throws {
    var state = Fake.openState()
    state.type(.character("x"))
    let place = try #require(state.placement)
    let start = try #require(state.cursor.flatMap { place.cell(of: $0) })
    state.type(.right, .character("l"), .down, .character("k"), .up)
    let end = try #require(state.cursor.flatMap { place.cell(of: $0) })
    #expect(end == (start.x + 2, start.y - 1))
    #expect(state.image.selectedRow == 0 && state.step == .phaseOne)
  }

  @Test func itStaysOnThePhoto() throws {
    var state = Fake.openState()
    state.type(.character("x"))
    for _ in 0..<200 { state.type(.left, .up) }
    let place = try #require(state.placement)
    let cells = place.layout.cells
    var cell = try #require(state.cursor.flatMap { place.cell(of: $0) })
    #expect(cell == (place.area.x + cells.x, place.area.y + cells.y))
    for _ in 0..<200 { state.type(.right, .down) }
    cell = try #require(state.cursor.flatMap { place.cell(of: $0) })
    #expect(
      cell
        == (place.area.x + cells.x + cells.width - 1, place.area.y + cells.y + cells.height - 1))
  }

  @Test func whatIsSeenFollowsIt() throws {
    var state = Fake.openState()
    state.type(.character("x"))
    for _ in 0..<5 { state.type(.character("+")) }
    for _ in 0..<300 {
      state.type(.right)
      #expect(state.cursor.flatMap { state.placement?.cell(of: $0) } != nil)
    }
    let region = try #require(state.placement).region
    #expect(abs(region.x + region.width - 160) < region.width / 52)
    for _ in 0..<9 { state.type(.character("H")) }
    #expect(state.cursor.flatMap { state.placement?.cell(of: $0) } == nil)
    state.type(.left)
    #expect(state.cursor.flatMap { state.placement?.cell(of: $0) } != nil)
  }

  @Test func afterTabTheArrowsBelongToTheClassesAndTheCursorStays() {
    var state = Fake.openState()
    state.type(.character("x"), .tab, .down)
    #expect(state.image.selectedRow == 1 && state.cursor == PhotoPoint(x: 0.5, y: 0.5))
    state.settle()
    #expect(state.reading?.value != nil)
    state.type(.tab, .tab, .up)
    #expect(state.image.selectedRow == 1 && state.cursor != PhotoPoint(x: 0.5, y: 0.5))
  }

  @Test func escapeStopsPhaseTwoFirst() {
    var state = Fake.openState()
    state.type(.character("3"), .character("x"))
    #expect(state.type(.escape) == [.cancel] && state.cursor != nil)
    #expect(state.type(.escape) == [] && state.cursor == nil)
  }

  @Test func aClickAndADragPlaceIt() throws {
    var state = Fake.openState()
    let place = try #require(state.placement)
    let view = ExplorerView(state: state, columns: 80, rows: 24)
    #expect(view.command(for: MouseEvent(.drag, x: 20, y: 8)) == nil)
    let command = try #require(view.command(for: MouseEvent(.press(1), x: 20, y: 8)))
    #expect(command == place.point(atX: 20, y: 8).map { .placeCursor($0) })
    _ = state.update(.command(command))
    #expect(state.cursor == place.point(atX: 20, y: 8) && state.viewHasArrows)
    let next = ExplorerView(state: state, columns: 80, rows: 24)
      .command(for: MouseEvent(.drag, x: 22, y: 9))
    #expect(next == place.point(atX: 22, y: 9).map { .placeCursor($0) })
    // Beside the picture.
    #expect(view.command(for: MouseEvent(.press(1), x: 20, y: view.layout.caption.y)) == nil)
  }

  @Test func fromAnotherViewItLeadsToThePicture() {
    var state = Fake.openState()
    state.type(.character("d"), .character("x"))
    #expect(state.view == .single && state.cursor != nil)
    #expect(state.reading != nil)
    state.type(.character("v"))
    #expect(state.reading == nil && !state.viewHasArrows)
    state.type(.character("x"))
    #expect(state.view == .single && state.cursor != nil)
  }

  @Test func anotherImageHasNone() {
    var state = Fake.openState(paths: ["a.png", "b.png"])
    state.type(.character("x"), .character("n"))
    #expect(state.cursor == nil)
  }

  /// The naive formula of bilinear enlargement with half-pixel centres.
  @Test(arguments: 0..<20) func theValueIsThatOfTheEnlargedMap(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    let (width, height) = (
      Int.random(in: 1...9, using: &numbers), Int.random(in: 1...9, using: &numbers)
    )
    let values = (0..<width * height).map { _ in Float.random(in: 0...1, using: &numbers) }
    let map = ActivationMap(values: values, width: width, height: height, seconds: 0)
    for _ in 0..<50 {
      let point = PhotoPoint(
        x: Double.random(in: 0..<1, using: &numbers), y: Double.random(in: 0..<1, using: &numbers))
      let reading = MapReading(map, at: point, of: Fake.image)
      #expect(reading.x == Int(point.x * 160) && reading.y == Int(point.y * 120), "seed \(seed)")
      let (across, down) = ((point.x * 160 - 20) / 120, point.y)
      #expect(reading.isSeen == (0...1).contains(across), "seed \(seed)")
      guard reading.isSeen else {
        #expect(reading.value == nil, "seed \(seed)")
        continue
      }
      let x = min(max(0, across * Double(width) - 0.5), Double(width - 1))
      let y = min(max(0, down * Double(height) - 0.5), Double(height - 1))
      var expected = 0.0
      for row in 0..<height {
        for column in 0..<width {
          let weight = max(0, 1 - abs(x - Double(column))) * max(0, 1 - abs(y - Double(row)))
          expected += weight * Double(values[row * width + column])
        }
      }
      let value = try #require(reading.value)
      #expect(abs(Double(value) - expected) < 1e-5, "seed \(seed)")
    }
  }

  @Test func theShareIsThatOfTheLowerPlaces() throws {
    // A ramp: half of the places are lower than the middle.
    let ramp = ActivationMap(
      values: (0..<64).map { Float($0) / 63 }, width: 64, height: 1, seconds: 0)
    let reading = MapReading(ramp, at: PhotoPoint(x: 0.5, y: 0.5), of: Fake.image)
    #expect(try abs(#require(reading.lowerShare) - 0.5) < 0.02)
    let top = MapReading(ramp, at: PhotoPoint(x: 139.9 / 160, y: 0.5), of: Fake.image)
    #expect(try #require(top.lowerShare) > 0.97)
  }

  @Test func pixelsAreThoseOfTheFile() {
    let large = OpenedImage(
      photo: Fake.photo(width: 2000, height: 1000), crop: nil, largestSide: 500)
    let reading = MapReading(nil, at: PhotoPoint(x: 0.75, y: 0.25), of: large)
    #expect(reading.x == 1500 && reading.y == 250)
  }

  private func caption(_ state: ExplorerState, columns: Int = 160) -> String? {
    ExplorerView(state: state, columns: columns, rows: 40).caption?.text
  }

  @Test func theCaptionReadsTheMap() {
    var state = Fake.openState()
    // The peak of the fake map is at place 2, 3 of 13.
    state.cursor = PhotoPoint(x: (20 + 120 * 2.5 / 13) / 160, y: 3.5 / 13)
    #expect(
      caption(state)
        == "1.000 at pixel 43, 32 · the highest of the map · Phase 1 for golden retriever")
    #expect(caption(state, columns: 80) == "1.000 at pixel 43, 32 · the highest of the map")
    state.type(.character("a"))
    #expect(caption(state) == "+1.000 at pixel 43, 32 · Phase 1 for golden retriever")
    state.type(.character("1"))
    #expect(caption(state) == "pixel 43, 32 · the input has no map")
    state.cursor = PhotoPoint(x: 0.05, y: 0.5)
    state.type(.character("2"))
    #expect(caption(state) == "8, 60 is outside of what the model saw · no value there")
  }

  @Test func whileAMapIsComputedTheCaptionSaysSo() {
    var state = Fake.openState()
    state.type(.character("x"), .tab, .down)
    #expect(caption(state)?.contains("computing") == true)
  }

  @Test func aPartialMapIsNamedSo() {
    var state = Fake.openState()
    state.type(.character("3"), .character("x"))
    _ = state.update(
      .progressed(
        .explain(Fake.incrementCAM(0)), Fake.result(of: Fake.incrementCAM(0), scored: 4)))
    #expect(caption(state)?.contains("partial: 4 of 10") == true)
  }

  @Test func theCross() throws {
    var state = Fake.openState()
    state.type(.character("x"), .left, .up)
    try expectSnapshots(state, named: "cursor")
    for _ in 0..<4 { state.type(.character("+")) }
    try expectSnapshot(state.screen(80, 24), named: "cursor-zoomed-80x24")
  }

  @Test func theCrossWithoutColours() throws {
    var state = Fake.openState(colorMode: .mono)
    state.type(.character("x"), .left, .up)
    try expectSnapshot(state.screen(80, 24), named: "cursor-mono-80x24")
    var ascii = Fake.openState(encoding: .ascii)
    ascii.type(.character("x"))
    let screen = ascii.screen(80, 24)
    let cell = try #require(ascii.cursor.flatMap { ascii.placement?.cell(of: $0) })
    #expect(screen[cell.x, cell.y].scalar == "+" && screen[cell.x - 1, cell.y].scalar == "-")
  }
}
