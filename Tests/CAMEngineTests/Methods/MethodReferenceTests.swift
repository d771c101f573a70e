import Testing

@testable import CAMEngine

/// Every method on a small network against PyTorch, where the formulas are written down once more.
@Suite struct MethodReferenceTests {
  private static let methods = Method.all.map(\.name)

  @Test(arguments: [0, 1, 2], methods)
  func equalsTheReference(target: Int, name: String) async throws {
    let golden = try TinyNetwork.golden()
    let model = try TinyNetwork.model()
    var settings = MethodSettings()
    settings.incrementCAM = .ofReferences
    let found = try await model.explain(
      TinyNetwork.input, target: .ofClass(target), layer: try model.layer(named: "features"),
      method: try Method(named: name), settings: settings)
    #expect(largestDifference(found.classification.scores, golden.scores) < 1e-4)
    for map in found.maps {
      let expected = try #require(golden.maps["\(target)"]?[map.name], "\(map.name)")
      let error = largestDifference(map.map.values, expected)
      #expect(error < 2e-4, "\(map.name) is off by \(error)")
    }
  }

  /// Group-CAM on a network of others against naive loops: the masks enlarged and blurred pixel by pixel,
  /// each group's input classified by itself.
  @Test(.enabled(if: Golden.hasModels, "needs ../shared/models beside the repository"))
  func groupCAMEqualsNaiveLoops() async throws {
    let path = "\(Golden.folder)/models/tinyvgg_tinyimagenet10.onnx"
    let model = try Model(contentsOfFile: path)
    let photo = try Image(contentsOfFile: "\(Golden.folder)/photos/demo/winml_fish.png")
    let input = try model.prepare(photo)
    let layer = try model.layer(named: "conv_2_2_relu")
    let found = try await model.explain(input, layer: layer, method: try Method(named: "group-cam"))
    let expected = try await naiveGroupCAM(model, input, layer, class: found.target.index)
    #expect(!found.isEmpty)
    let error = largestDifference(found.map.values, expected)
    #expect(error < 1e-3, "off by \(error)")
  }

  /// The layer has fewer channels than there are groups: each is one of its own.
  private func naiveGroupCAM(
    _ model: Model, _ input: PreparedInput, _ layer: Layer, class target: Int
  ) async throws -> [Float] {
    var phaseOne: PhaseOne?
    for try await step in model.incrementCAM(input, target: .ofClass(target), layer: layer) {
      phaseOne = step.one
      break
    }
    let one = try #require(phaseOne)
    let blurred = NaiveBlur.blurred(input)
    func probability(_ values: [Float]) async throws -> Float {
      let input = PreparedInput(values: values, width: input.width, height: input.height)
      return try #require(try await model.classify(input).probabilities)[target]
    }
    let base = try await probability(blurred)
    var sum = Array(repeating: Float(0), count: layer.width * layer.height)
    for channel in 0..<layer.channels {
      let start = channel * sum.count
      let weighted = sum.indices.map { max(0, one.alpha[channel] * one.activation[start + $0]) }
      let order = weighted.sorted()
      let position = 0.7 * Double(order.count - 1)
      let share = Float(position - position.rounded(.down))
      let threshold =
        order[Int(position)] * (1 - share) + order[Int(position.rounded(.up))] * share
      let mask = weighted.map { $0 > threshold ? $0 : 0 }
      let large = HeatMap(width: layer.width, height: layer.height, values: mask)
        .upsampled(width: input.width, height: input.height).values
      guard let low = large.min(), let high = large.max(), low < high else { continue }
      let mixed = input.values.indices.map { index in
        let m = (large[index % large.count] - low) / (high - low)
        return input.values[index] * m + blurred[index] * (1 - m)
      }
      let rise = try await probability(mixed) - base
      for place in sum.indices { sum[place] += rise * (mask[place] - low) / (high - low) }
    }
    return finished(sum)
  }
}

/// A Gaussian blur of 51 x 51 pixels with a deviation of 50, two-dimensional, the border mirrored.
private enum NaiveBlur {
  static func blurred(_ input: PreparedInput) -> [Float] {
    let weights = (-25...25).map { row in
      (-25...25).map { Float(exponential(-Double(row * row + $0 * $0) / 5000)) }
    }
    let total = weights.joined().reduce(0, +)
    var result = input.values
    for plane in 0..<3 {
      let first = plane * input.width * input.height
      for y in 0..<input.height {
        for x in 0..<input.width {
          var sum: Float = 0
          for dy in -25...25 {
            let row = first + mirrored(y + dy, input.height) * input.width
            for dx in -25...25 {
              sum += weights[dy + 25][dx + 25] * input.values[row + mirrored(x + dx, input.width)]
            }
          }
          result[first + y * input.width + x] = sum / total
        }
      }
    }
    return result
  }

  private static func mirrored(_ position: Int, _ count: Int) -> Int {
    if position < 0 { return -position }
    return position < count ? position : 2 * (count - 1) - position
  }

  private static func exponential(_ x: Double) -> Double {
    // The series of exp(x / 16), to the sixteenth power: no library is in common with the code tested.
    var (term, sum) = (1.0, 1.0)
    for n in 1...12 {
      term *= x / 16 / Double(n)
      sum += term
    }
    return (0..<4).reduce(sum) { value, _ in value * value }
  }
}
