import RandomTestSupport
import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

@Suite struct ZoomTests {
  private func placement(_ state: ExplorerState) throws -> PicturePlacement {
    try #require(state.placement)
  }

  @Test func twoPressesDoubleAndZeroResets() {
    var state = Fake.openState()
    state.type(.character("+"), .character("="))
    #expect(abs(state.zoom.factor - 2) < 1e-9)
    state.type(.character("-"))
    #expect(abs(state.zoom.factor - 2.0.squareRoot()) < 1e-9)
    state.type(.character("+"), .character("0"))
    #expect(state.zoom == .whole)
  }

  @Test func theWayBackEndsAtTheWholePicture() {
    var state = Fake.openState()
    for _ in 0..<40 { state.type(.character("+")) }
    #expect(state.zoom.factor == PictureZoom.greatestFactor)
    state.type(.character("L"), .character("J"))
    for _ in 0..<40 { state.type(.character("-")) }
    #expect(state.zoom == .whole)
  }

  @Test func aKeyMovesByAQuarterOfWhatIsSeenUpToTheEdge() throws {
    var state = Fake.openState()
    for _ in 0..<4 { state.type(.character("+")) }
    let before = try placement(state).region
    state.type(.character("H"))
    let after = try placement(state).region
    #expect(abs(before.x - after.x - 0.25 * 160 / 4) < 1e-9)
    #expect(after.y == before.y && after.width == before.width)
    for _ in 0..<20 { state.type(.character("L"), .character("J")) }
    let corner = try placement(state).region
    #expect(abs(corner.x + corner.width - 160) < 1e-9 && abs(corner.y + corner.height - 120) < 1e-9)
    // The way back begins at once.
    state.type(.character("K"))
    #expect(try placement(state).region.y < corner.y - 1)
  }

  @Test func theWholePictureDoesNotMove() {
    var state = Fake.openState()
    let before = state
    state.type(.character("H"), .character("J"), .character("K"), .character("L"))
    #expect(state == before)
  }

  @Test func zoomIsKeptBetweenStepsAndClassesButNotImages() {
    var state = Fake.openState(paths: ["a.png", "b.png"])
    state.type(.character("+"), .character("L"))
    let zoom = state.zoom
    state.type(.character("4"), .down, .character("v"), .character("m"), .down, .enter)
    #expect(state.zoom == zoom)
    state.type(.character("n"))
    #expect(state.zoom == .whole)
  }

  @Test func theWheelKeepsThePlaceUnderThePointer() throws {
    var state = Fake.openState()
    var seen: [PhotoPoint] = []
    for _ in 0..<8 {
      let view = ExplorerView(state: state, columns: 80, rows: 24)
      let command = try #require(view.command(for: MouseEvent(.wheelUp, x: 20, y: 9)))
      _ = state.update(.command(command))
      seen.append(try #require(try placement(state).point(atX: 20, y: 9)))
    }
    #expect(abs(state.zoom.factor - 4) < 1e-9)
    // Within the half of a cell of the largest picture by which it may be centred otherwise.
    for point in seen {
      #expect(abs(point.x - seen[0].x) < 0.02 && abs(point.y - seen[0].y) < 0.03)
    }
    let back = ExplorerView(state: state, columns: 80, rows: 24)
      .command(for: MouseEvent(.wheelDown, x: 20, y: 9))
    if let back { _ = state.update(.command(back)) }
    #expect(abs(state.zoom.factor - 4 / 2.0.squareRoot().squareRoot()) < 1e-9)
  }

  @Test func theWheelMovesInTheListUnderThePointer() {
    var state = Fake.openState()
    let view = ExplorerView(state: state, columns: 160, rows: 50)
    let (classes, layers) = (view.layout.classes, view.layout.layers)
    #expect(
      view.command(for: MouseEvent(.wheelDown, x: classes.x + 1, y: classes.y)) == .selectClass(1))
    #expect(
      view.command(for: MouseEvent(.wheelUp, x: layers.x + 1, y: layers.y)) == .selectLayer(2))
    state.type(.character("?"))
    #expect(
      ExplorerView(state: state, columns: 160, rows: 50)
        .command(for: MouseEvent(.wheelUp, x: 20, y: 9)) == .previousRow)
  }

  /// Drawn at the same scale, a part of the picture is the same pixels: photo, map, mask, the frame
  /// of the crop, the box of the probe.
  @Test func everythingStaysAligned() {
    let map = Fake.map(ofClass: 1)
    let layers: [PictureComposition.Layer] = [
      .photo, .map(map, opacity: 0.5, Fake.tables[0]), .masked(map),
    ]
    for layer in layers {
      var whole = PictureComposition(image: Fake.image, layer: layer)
      whole.hidden = PictureRegion(x: 50, y: 40, width: 30, height: 20)
      let all = whole.pixels(
        for: PictureLayout(pictureWidth: 160, pictureHeight: 120, columns: 160, rows: 60))
      for (x, y) in [(0, 0), (40, 30), (80, 60), (13, 7)] {
        var part = whole
        part.region = PictureRegion(x: Double(x), y: Double(y), width: 80, height: 60)
        let pixels = part.pixels(
          for: PictureLayout(pictureWidth: 80, pictureHeight: 60, columns: 80, rows: 30))
        var different = 0
        for row in 0..<60 {
          for column in 0..<80 {
            let one = pixels.color(x: column, y: row).rgb
            let other = all.color(x: x + column, y: y + row).rgb
            // A step of the colour table, where the position is rounded otherwise.
            func far(_ a: UInt8?, _ b: UInt8?) -> Bool { abs(Int(a ?? 0) - Int(b ?? 0)) > 2 }
            if far(one?.red, other?.red) || far(one?.green, other?.green)
              || far(one?.blue, other?.blue)
            {
              different += 1
            }
          }
        }
        #expect(different == 0, "part at \(x), \(y)")
      }
    }
  }

  @Test func besideTheCropThereIsNoFrame() {
    var part = PictureComposition(image: Fake.image, layer: .photo)
    part.region = PictureRegion(x: 0, y: 0, width: 10, height: 10)
    let layout = PictureLayout(pictureWidth: 10, pictureHeight: 10, columns: 20, rows: 10)
    let pixels = part.pixels(for: layout)
    for y in 0..<20 {
      for x in 0..<20 { #expect(pixels.color(x: x, y: y) != Color(170, 170, 170)) }
    }
  }

  @Test(arguments: 0..<20) func cellsAndPlacesFitEachOther(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    var state = Fake.openState()
    state.zoom = PictureZoom(
      factor: Double.random(in: 1...20, using: &numbers),
      centerX: Double.random(in: 0...1, using: &numbers),
      centerY: Double.random(in: 0...1, using: &numbers))
    for view: ViewMode in [.single, .phases, .compare, .probe] {
      state.view = view
      for place in ExplorerView(state: state, columns: 120, rows: 40).placements {
        for y in 0..<40 {
          for x in 0..<120 {
            guard let point = place.point(atX: x, y: y) else { continue }
            let cell = try #require(place.cell(of: point), "seed \(seed)")
            #expect(cell == (x, y), "seed \(seed)")
          }
        }
      }
    }
  }

  @Test func theTitleSaysHowNearAndWhere() {
    var state = Fake.openState()
    state.type(.character("+"), .character("+"), .character("+"), .character("+"))
    #expect(snapshotText(of: state.screen(120, 24)).contains("dog.jpg · 4.0× middle"))
    for _ in 0..<9 { state.type(.character("H"), .character("K")) }
    #expect(snapshotText(of: state.screen(120, 24)).contains("dog.jpg · 4.0× top left"))
    state.type(.character("v"))
    #expect(snapshotText(of: state.screen(120, 24)).contains("· all steps · 4.0× top left"))
  }

  @Test func whereNoPictureIsEnlargedNothingIsSaidAndOnlyTheWholeCanBeAskedFor() {
    var state = Fake.openState()
    state.type(.character("+"), .character("+"))
    let zoom = state.zoom
    state.type(.character("e"), .character("+"), .character("-"), .character("-"), .character("L"))
    #expect(state.view == .numbers && state.zoom == zoom)
    #expect(!snapshotText(of: state.screen(120, 24)).contains("2.0×"))
    state.type(.character("e"))
    #expect(snapshotText(of: state.screen(120, 24)).contains("dog.jpg · 2.0× middle"))
    state.type(.character("e"), .character("0"))
    #expect(state.zoom == .whole)
  }

  @Test func zoomed() throws {
    var state = Fake.openState()
    for _ in 0..<3 { state.type(.character("+")) }
    state.type(.character("L"), .character("J"))
    try expectSnapshots(state, named: "zoomed")
  }

  @Test func zoomedComparison() throws {
    var state = Fake.openState()
    state.type(.character("4"))
    state.settle()
    state.type(.character("d"), .character("+"), .character("+"))
    state.settle()
    try expectSnapshot(state.screen(80, 24), named: "compare-zoomed-80x24")
  }

  @Test func noSizeIsTooOddForTheZoom() {
    for view: ViewMode in ViewMode.allCases {
      var state = Fake.openState()
      state.view = view
      state.settle()
      state.type(.character("x"))
      state.view = view
      for factor in [1.5, 32] {
        state.zoom = PictureZoom(factor: factor, centerX: 0.9, centerY: 0.1)
        for columns in Array(stride(from: 0, through: 90, by: 7)) + [39, 40, 63, 64, 200] {
          for rows in Array(stride(from: 0, through: 30, by: 3)) + [11, 15, 17, 100] {
            #expect(state.screen(columns, rows).width == columns)
            (state.terminal.columns, state.terminal.rows) = (columns, rows)
            var moved = state
            moved.type(.character("H"), .character("+"), .right, .character("0"))
          }
        }
      }
    }
  }
}
