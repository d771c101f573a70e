import RandomTestSupport
import Testing

@testable import Inference

/// Layers of tokens: where their grid is, what they give and take, and which is explained by default.
@Suite struct TokenLayerTests {
  @Test(arguments: [true, false])
  func theGridIsFollowedThroughTheNetwork(hasClassToken: Bool) throws {
    let structure = try NetworkStructure(
      try TokenNetwork(hasClassToken: hasClassToken).model.graph())
    for name in ["norm1", "block", "q", "v", "sum", "final"] {
      let layer = try structure.layer(named: name)
      #expect([layer.channels, layer.height, layer.width] == [5, 2, 3], "\(name)")
      #expect(layer.view.leading == (hasClassToken ? 1 : 0) && layer.view.isTokens, "\(name)")
    }
    #expect(!structure.layers.contains { ["likeness", "attention", "pooled"].contains($0.name) })
    #expect(structure.defaultLayer?.name == "norm1")
  }

  @Test(arguments: [true, false])
  func mapsAreTheTokensInTheOrderOfTheGrid(hasClassToken: Bool) throws {
    let model = TokenNetwork(hasClassToken: hasClassToken).model
    let executor = try Executor(try NetworkStructure(try model.graph()))
    let layer = try executor.structure.layer(named: "norm1")
    let found = try executor.pass(to: layer, input: TokenNetwork.image()).activation
    let tokens = try PlannedNetwork(model, inputShape: [1, 3, 8, 12])
      .run(TokenNetwork.image(), results: ["norm1"])[0].floats
    let first = hasClassToken ? 1 : 0
    let expected = (0..<30).map { tokens[(first + $0 % 6) * 5 + $0 / 6] }
    expectEqual(found, expected, tolerance: 1e-6, "activation")
  }

  /// The block's sum bypasses `norm1`, and the class token stays what it is.
  @Test(arguments: [true, false])
  func theTailGivesTheScoresAndTheirGradient(hasClassToken: Bool) throws {
    let model = TokenNetwork(hasClassToken: hasClassToken).model
    let executor = try Executor(try NetworkStructure(try model.graph()))
    let layer = try executor.structure.layer(named: "norm1")
    let pass = try executor.pass(to: layer, input: TokenNetwork.image())
    let (scores, activation) = (pass.scoreValues, pass.activation)
    let gradient = try pass.gradient(seeds: [[0, 0, 1, 0]])
    let surroundings = try executor.surroundings(of: layer, input: TokenNetwork.image())
    let step: Float = 1e-2
    let tail = try executor.tailScores(from: surroundings, batch: 61) { maps in
      for place in 0..<61 {
        for index in 0..<30 { maps[place * 30 + index] = activation[index] }
        if place > 0 { maps[place * 30 + (place - 1) / 2] += place % 2 == 1 ? step : -step }
      }
    }
    expectEqual(Array(tail[..<4]), scores, tolerance: 1e-5, "scores")
    let slopes = (0..<30).map { index in
      (tail[(2 * index + 1) * 4 + 2] - tail[(2 * index + 2) * 4 + 2]) / (2 * step)
    }
    expectEqual(gradient, slopes, tolerance: 2e-3, "gradient")
  }

  @Test func behindTheLastAttentionOnlyTheClassTokenCounts() throws {
    let executor = try Executor(
      try NetworkStructure(try TokenNetwork(hasClassToken: true).model.graph()))
    for (name, isAlone) in [("final", true), ("sum", true), ("norm1", false), ("v", false)] {
      let pass = try executor.pass(
        to: try executor.structure.layer(named: name), input: TokenNetwork.image())
      _ = try pass.gradient(seeds: [[0, 1, 0, 0]])
      #expect(pass.reachedStrayTokensAlone == isAlone, "\(name)")
    }
  }

  /// `[N windows, 2 x 2, K]`: blocks of rows outside, rows of a block inside.
  @Test func windowsAreReadAsTheMapTheyWereCutFrom() throws {
    var model = ONNXModel(input: [1, 5, 4, 6])
    model.add("Transpose", ["x"], ["last"], ["perm": [0, 2, 3, 1]])
    model.constant("cut", integers: [1, 2, 2, 3, 2, 5])
    model.add("Reshape", ["last", "cut"], ["blocks"])
    model.add("Transpose", ["blocks"], ["sorted"], ["perm": [0, 1, 3, 2, 4, 5]])
    model.constant("stack", integers: [6, 4, 5])
    model.add("Reshape", ["sorted", "stack"], ["windows"])
    model.addOutput("windows")
    let network = try PlannedNetwork(model, inputShape: [1, 5, 4, 6])
    let windows = try network.value("windows")
    let views = ViewPropagation(network.shaped, channelsLast: false).views
    let view = try #require(views[windows])
    let map = try #require(MapView(view, shape: [6, 4, 5]))
    #expect(map.mapShape == [1, 5, 4, 6] && map.isTokens)
    var numbers = SeededNumbers(test: "windows")
    let image = numbers.floats(120)
    let values = try network.run(image, results: ["windows"])[0].floats
    var found = Array(repeating: Float(0), count: 120)
    map.reading.forEach { found[$1] = values[$0] }
    #expect(found == image)
  }

  /// Rolled rows are in no order that a map could be drawn in; the sum with what was not rolled is.
  @Test func rolledRowsAreNoMap() throws {
    var model = ONNXModel(input: [1, 5, 4, 6])
    model.constant("one", integers: [1])
    model.constant("end", integers: [4])
    model.constant("start", integers: [0])
    model.constant("axis", integers: [2])
    model.add("Relu", ["x"], ["map"])
    model.add("Slice", ["map", "one", "end", "axis"], ["lower"])
    model.add("Slice", ["map", "start", "one", "axis"], ["upper"])
    model.add("Concat", ["lower", "upper"], ["rolled"], ["axis": 2])
    model.add("Add", ["rolled", "map"], ["sum"])
    model.addOutput("sum")
    let network = try PlannedNetwork(model, inputShape: [1, 5, 4, 6])
    let views = ViewPropagation(network.shaped, channelsLast: false).views
    func map(_ name: String) throws -> MapView? {
      try views[network.value(name)].flatMap { view in
        network.shaped.shapes[try network.value(name)].flatMap { MapView(view, shape: $0) }
      }
    }
    #expect(try map("map") != nil)
    #expect(try map("lower") == nil)
    #expect(try map("rolled") == nil)
    #expect(try map("sum") != nil)
  }

  /// A layer inside a residual block: the tail takes what bypasses it from the image.
  @Test func theTailOfALayerInsideAResidualBlock() throws {
    var model = ONNXModel(input: [nil, 3, 8, 8])
    var numbers = SeededNumbers(test: "residual")
    model.constant("w1", [6, 3, 3, 3], numbers.floats(162))
    model.constant("w2", [6, 6, 3, 3], numbers.floats(324))
    model.constant("head", [6, 4], numbers.floats(24))
    model.add("Conv", ["x", "w1"], ["stem"], ["pads": [1, 1, 1, 1]])
    model.add("Conv", ["stem", "w2"], ["inner"], ["pads": [1, 1, 1, 1]])
    model.add("Relu", ["inner"], ["rectified"])
    model.add("Add", ["rectified", "stem"], ["sum"])
    model.add("ReduceMean", ["sum"], ["pooled"], ["axes": [2, 3], "keepdims": 0])
    model.add("MatMul", ["pooled", "head"], ["scores"])
    model.addOutput("scores")
    let executor = try Executor(try NetworkStructure(try model.graph()))
    let layer = try executor.structure.layer(named: "rectified")
    let image = numbers.floats(192)
    let pass = try executor.pass(to: layer, input: image)
    let (scores, activation) = (pass.scoreValues, pass.activation)
    let surroundings = try executor.surroundings(of: layer, input: image)
    let tail = try executor.tailScores(from: surroundings, batch: 3) { maps in
      for place in 0..<3 {
        for index in activation.indices {
          maps[place * activation.count + index] = activation[index] * Float(1 + place)
        }
      }
    }
    expectEqual(Array(tail[..<4]), scores, tolerance: 1e-5, "scores")
    // Everything behind the layer is linear: equal steps.
    for index in 0..<4 {
      let (a, b, c) = (tail[index], tail[4 + index], tail[8 + index])
      #expect(abs((c - b) - (b - a)) < 1e-4 * max(1, abs(c)))
      #expect(abs(b - a) > 1e-4)
    }
  }
}
