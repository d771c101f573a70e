import Terminal
import TerminalTestSupport

@testable import camtui

/// Photos, classes and maps that are cheap and always the same.
enum Fake {
  static let labels = [
    "golden retriever", "Labrador retriever", "cocker spaniel", "tennis ball", "Sussex spaniel",
    "a class with a name that is much too long for the list", "猫", "Irish setter",
  ]
  static let probabilities = [0.9416, 0.0312, 0.0085, 0.0021, 0.0004, 0.0003, 0, 0]

  /// A photo of soft colours, three times as wide as the frame needs at the sides.
  static func photo(width: Int, height: Int) -> Picture {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        pixels += [
          UInt8(40 + 180 * x / width), UInt8(40 + 180 * y / height), UInt8(200 - 160 * x / width),
        ]
      }
    }
    return Picture(width: width, height: height, pixels: pixels)
  }

  /// A photo of 4 : 3 with the square in its middle as the model's crop.
  static func image(classes count: Int = 5) -> OpenedImage {
    OpenedImage(
      photo: photo(width: 160, height: 120),
      crop: PictureRegion(x: 20, y: 0, width: 120, height: 120), classes: classes(count),
      modelName: "smallnet", layerName: "features.12", methodName: "Grad-CAM")
  }

  static func classes(_ count: Int) -> [ClassScore] {
    (0..<count).map { row in
      ClassScore(
        index: 200 + row, label: labels[row], probability: probabilities[row], score: 12)
    }
  }

  /// A bright spot, at another place for every class.
  static func map(ofClass index: Int) -> ActivationMap {
    let (column, row) = (2 + index % 5 * 2, 3 + index % 3 * 3)
    let values = (0..<169).map { place in
      let distance = abs(place % 13 - column) + abs(place / 13 - row)
      return max(0, 1 - Float(distance) / 8)
    }
    return ActivationMap(values: values, width: 13, height: 13, seconds: 0.0234)
  }

  static let tables = [
    ColorTable(name: "ember") { value in
      (UInt8(255 * value), UInt8(180 * value * value), UInt8(80 * (1 - value)))
    },
    ColorTable(name: "grey") { value in
      let level = UInt8(255 * value)
      return (level, level, level)
    },
  ]

  static func state(
    paths: [String] = ["photos/dog.jpg"], colorMode: ColorMode = .truecolor,
    encoding: TextEncoding = .utf8, hint: String? = nil
  ) -> ExplorerState {
    ExplorerState(
      paths: paths, options: ExplorerOptions(colorTables: tables),
      terminal: TerminalFacts(
        colorMode: colorMode, colorHint: hint, encoding: encoding, cellAspect: 2))
  }

  /// A state in which the first image is open and its first map is computed.
  static func openState(
    paths: [String] = ["photos/dog.jpg"], classes: Int = 5, colorMode: ColorMode = .truecolor,
    encoding: TextEncoding = .utf8, hint: String? = nil
  ) -> ExplorerState {
    var state = state(paths: paths, colorMode: colorMode, encoding: encoding, hint: hint)
    _ = state.schedule()
    _ = state.update(.finished(.open(image: 0), .opened(image(classes: classes))))
    _ = state.update(
      .finished(.map(image: 0, classIndex: 200), .mapped(map(ofClass: 200))))
    return state
  }
}

extension ExplorerState {
  /// Types keys, one after the other, and returns the effects of all.
  @discardableResult
  mutating func type(_ keys: Key...) -> [ExplorerEffect] {
    keys.flatMap { update(.key($0)) }
  }

  func screen(_ columns: Int, _ rows: Int) -> Screen {
    ExplorerView(state: self, columns: columns, rows: rows).screen()
  }
}
