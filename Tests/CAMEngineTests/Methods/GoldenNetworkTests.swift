import Foundation
import Testing

@testable import CAMEngine

/// Every method on networks with the parts of real ones (residual blocks; depthwise convolutions with
/// squeeze and excitation on an input that is not square) against PyTorch:
/// `Fixtures/networks/make_golden_networks.py` writes the formulas down once more.
@Suite struct GoldenNetworkTests {
  /// A network with its input.
  struct Network: Sendable, CustomTestStringConvertible {
    let name: String
    let height: Int
    let width: Int

    var testDescription: String { name }

    var model: Model { get throws { try TinyNetwork.model(name, threads: 1) } }

    var golden: TinyNetwork.Golden {
      get throws {
        let json = try Data(
          contentsOf: URL(fileURLWithPath: ImageFixture.path("networks/\(name).json")))
        return try JSONDecoder().decode(TinyNetwork.Golden.self, from: json)
      }
    }

    var input: PreparedInput {
      var values: [Float] = []
      for c in 0..<3 {
        for i in 0..<height {
          for j in 0..<width {
            let (c, i, j) = (Double(c), Double(i), Double(j))
            let waves = sin(0.37 * j + 0.9 * c) + cos(0.23 * i * (c + 1))
            values.append(Float(waves + 0.3 * sin(0.05 * i * j + c)))
          }
        }
      }
      return PreparedInput(values: values, width: width, height: height)
    }
  }

  static let networks = [
    Network(name: "residual", height: 28, width: 28),
    Network(name: "depthwise", height: 28, width: 36),
  ]

  private func expectEqual(_ map: HeatMap, _ expected: [Float]?, _ name: String) throws {
    let error = largestDifference(map.values, try #require(expected, "\(name)"))
    #expect(error < 5e-4, "\(name) is off by \(error)")
  }

  @Test(arguments: networks, Method.all.map(\.name))
  func everyMethodEqualsTheReference(network: Network, name: String) async throws {
    let (golden, model) = (try network.golden, try network.model)
    var settings = MethodSettings()
    settings.incrementCAM = .ofReferences
    #expect(golden.maps.count == 2)
    for (target, maps) in golden.maps {
      let found = try await model.explain(
        network.input, target: .ofClass(try #require(Int(target))),
        layer: try model.layer(named: "features"), method: try Method(named: name),
        settings: settings)
      #expect(largestDifference(found.classification.scores, golden.scores) < 1e-3)
      for map in found.maps { try expectEqual(map.map, maps[map.name], "\(map.name) of \(target)") }
    }
  }

  /// Increment-CAM as it is by default.
  @Test(arguments: networks)
  func theDefaultEqualsTheReference(network: Network) async throws {
    let model = try network.model
    for (target, maps) in try network.golden.maps {
      let found = try await model.explain(
        network.input, target: .ofClass(try #require(Int(target))),
        layer: try model.layer(named: "features"), method: .incrementCAM)
      for map in found.maps {
        let name = map.name == "phase1" ? map.name : "default-\(map.name)"
        try expectEqual(map.map, maps[name], "\(name) of \(target)")
      }
    }
  }

  @Test func theManifestSaysTheSizeOfBothSides() throws {
    let settings = IncrementCAMSettings()
    #expect(settings.parameters(inputSize: (224, 224))["scoringSize"] == "224")
    #expect(settings.parameters(inputSize: (36, 28))["scoringSize"] == "36x28")
    var sized = settings
    sized.scoringSize = 20
    #expect(sized.parameters(inputSize: (36, 28))["scoringSize"] == "20")
  }
}
