import Foundation

@testable import CAMEngine

/// The small networks of `Fixtures/networks`, and what PyTorch made of the first one;
/// `make_networks.py` there describes them.
enum TinyNetwork {
  /// Maps of one network, one input and one layer.
  struct Golden: Decodable {
    let scores: [Float]
    /// By class and method.
    let maps: [String: [String: [Float]]]
  }

  static func path(_ name: String) -> String { ImageFixture.path("networks/\(name)") }

  static func model(_ name: String = "tiny", threads: Int? = nil) throws -> Model {
    try Model(contentsOfFile: path("\(name).onnx"), threads: threads)
  }

  static func golden(_ name: String = "tiny") throws -> Golden {
    let json = try Data(contentsOf: URL(fileURLWithPath: path("\(name).json")))
    return try JSONDecoder().decode(Golden.self, from: json)
  }

  /// The input that the numbers were computed of.
  static let input = input { c, i, j in
    sin(0.37 * j + 0.9 * c) + cos(0.23 * i * (c + 1)) + 0.3 * sin(0.05 * i * j + c)
  }

  /// An input without any structure.
  static let flatInput = input { _, _, _ in 0.5 }

  /// The same of the transformer's size, 24 rows of 32.
  static let wideInput = input(height: 24) { c, i, j in
    sin(0.37 * j + 0.9 * c) + cos(0.23 * i * (c + 1)) + 0.3 * sin(0.05 * i * j + c)
  }

  /// An input of 3 x height x size values, from a channel, a row and a column.
  static func input(
    size: Int = 32, height: Int? = nil, _ value: (Double, Double, Double) -> Double
  ) -> PreparedInput {
    var values: [Float] = []
    for c in 0..<3 {
      for i in 0..<(height ?? size) {
        for j in 0..<size { values.append(Float(value(Double(c), Double(i), Double(j)))) }
      }
    }
    return PreparedInput(values: values, width: size, height: height ?? size)
  }
}

extension IncrementCAMSettings {
  /// What the references call the default: the settings before any was measured.
  static var ofReferences: IncrementCAMSettings {
    var settings = IncrementCAMSettings()
    (settings.score, settings.merge) = (.increase, .sum)
    return settings
  }
}

/// The largest difference of two maps; infinite where their sizes differ.
func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).map { abs($0 - $1) }.max() ?? 0
}
