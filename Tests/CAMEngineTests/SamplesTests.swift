import CAMEngine
import Testing

/// The pictures of `Samples`, their masks and boxes, and what the shipped model says of them.
@Suite struct SamplesTests {
  private static let model = Result { try Model.shipped() }

  @Test func thereAreSamplesOfEveryKind() {
    let samples = Sample.all
    #expect(samples.count >= 8)
    #expect(samples.filter { $0.expect.rankAtMost == 1 }.count >= 5)
    #expect(samples.contains { $0.expect.rankAtLeast ?? 1 > 1 })
    #expect(samples.contains { $0.width > $0.height })
    #expect(samples.contains { $0.width < $0.height })
    #expect(samples.contains { Set($0.objects.compactMap(\.wnid)).count == 2 })
    #expect(samples.contains { $0.objects.contains { $0.wnid == nil } })
    #expect(samples.contains { $0.expect.rankAtMost != nil && $0.objects[0].share < 0.05 })
  }

  @Test(arguments: Sample.all)
  func picturesHaveTheirSize(sample: Sample) throws {
    let picture = try sample.picture()
    #expect(picture.width == sample.width && picture.height == sample.height)
    #expect(min(picture.width, picture.height) >= 640)
  }

  @Test(arguments: Sample.all)
  func boxesAndSharesAreThoseOfTheMasks(sample: Sample) throws {
    #expect(!sample.objects.isEmpty)
    for object in sample.objects {
      let mask = try Image(contentsOfFile: Sample.path(object.mask))
      #expect(mask.width == sample.width && mask.height == sample.height)
      let white = mask.pixels.indices.filter { $0 % 3 == 0 && mask.pixels[$0] == 255 }
        .map { $0 / 3 }
      let columns = white.map { $0 % mask.width }
      let rows = white.map { $0 / mask.width }
      let box = [
        columns.min(), rows.min(), columns.max().map { $0 + 1 }, rows.max().map { $0 + 1 },
      ]
      #expect(object.box == box)
      let share = Double(white.count) / Double(mask.width * mask.height)
      #expect(abs(share - object.share) < 1e-4)
    }
  }

  @Test(arguments: Sample.all)
  func theModelRanksTheIntendedClassAsStated(sample: Sample) async throws {
    let model = try Self.model.get()
    let classes = try await model.classify(model.prepare(sample.picture())).top(100)
    let target = try model.target(sample.expect.wnid)
    let rank = try #require(classes.firstIndex { $0.target == target }) + 1
    let best = classes.prefix(3).map { "\($0.label) \($0.score)" }
    #expect(rank <= sample.expect.rankAtMost ?? 100, "rank \(rank); \(best)")
    #expect(rank >= sample.expect.rankAtLeast ?? 1, "rank \(rank); \(best)")
  }

  /// Switching the class moves the heatmap: more of it is in an object's box for the object's own
  /// class than for the other's.
  @Test(arguments: Sample.all.filter { Set($0.objects.compactMap(\.wnid)).count == 2 })
  func theMapFollowsTheClass(sample: Sample) async throws {
    let model = try Self.model.get()
    let input = try model.prepare(sample.picture())
    var shares: [[Double]] = []
    for wnid in sample.objects.compactMap(\.wnid) {
      let explanation = try await model.explain(
        input, target: try model.target(wnid), method: .gradCAM)
      shares.append(
        sample.objects.map { Self.share(of: explanation.map, inside: $0, of: sample) })
    }
    #expect(shares[0][0] > shares[1][0] + 0.1, "\(shares)")
    #expect(shares[1][1] > shares[0][1] + 0.1, "\(shares)")
  }

  /// The part of a map's sum that lies in an object's box; the picture is square, so that the map
  /// covers all of it.
  private static func share(
    of map: HeatMap, inside object: Sample.Thing, of sample: Sample
  ) -> Double {
    precondition(sample.width == sample.height)
    let scale = Double(map.width) / Double(sample.width)
    let box = object.box.map { Double($0) * scale }
    var (inside, all) = (0.0, 0.0)
    for y in 0..<map.height {
      for x in 0..<map.width {
        let value = Double(map.values[y * map.width + x])
        let columns = overlap(Double(x), box[0], box[2])
        inside += value * columns * overlap(Double(y), box[1], box[3])
        all += value
      }
    }
    return inside / all
  }

  /// How much of [start, start + 1] lies in [low, high].
  private static func overlap(_ start: Double, _ low: Double, _ high: Double) -> Double {
    max(0, min(start + 1, high) - max(start, low))
  }
}
