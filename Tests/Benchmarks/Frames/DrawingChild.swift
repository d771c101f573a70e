import CAMEngine
import Foundation
import Terminal

/// Draws frames on the terminal that it runs on, and writes their times to a file.
struct DrawingChild {
  static let frames = 60

  let photo: String
  let color: String
  let tolerance: Int
  let results: String

  func run() throws {
    let session = try TerminalSession(
      color: ColorChoice(rawValue: color) ?? .auto, bandwidth: .high)
    let (columns, rows) = session.size
    let scene = try Scene(photo: photo, columns: columns, rows: rows)
    var times: [Times] = []
    for frame in 0..<Self.frames {
      let start = ContinuousClock.now
      let screen = scene.screen(opacity: Float(frame % 30 + 1) / 31)
      let built = ContinuousClock.now
      let merged = screen.mergingRuns(tolerance: tolerance)
      let mergedAt = ContinuousClock.now
      session.draw(merged)
      times.append(
        Times(
          build: (built - start).milliseconds, merge: (mergedAt - built).milliseconds,
          draw: (ContinuousClock.now - mergedAt).milliseconds))
    }
    session.close()
    try JSONEncoder().encode(times).write(to: URL(fileURLWithPath: results))
  }
}

/// The times of a frame in milliseconds.
struct Times: Codable {
  var build: Double
  var merge: Double
  var draw: Double
}

/// A photo that fills the screen, with a map of two soft blobs over it.
struct Scene {
  private let photo: Picture
  private let heat: [Float]
  private let colors: [SIMD3<Float>]
  private let layout: PictureLayout

  init(photo path: String, columns: Int, rows: Int) throws {
    let image = try Image(contentsOfFile: path)
    let aspect = Double(columns) / Double(2 * rows)
    let (width, height) = (Double(image.width), Double(image.height))
    // The largest part from the middle with the proportions of the screen.
    let shown = (width: min(width, height * aspect), height: min(height, width / aspect))
    layout = PictureLayout(
      pictureWidth: shown.width, pictureHeight: shown.height, columns: columns, rows: rows)
    photo = Picture(width: image.width, height: image.height, pixels: image.pixels).resampled(
      width: layout.width, height: layout.height,
      region: PictureRegion(
        x: (width - shown.width) / 2, y: (height - shown.height) / 2, width: shown.width,
        height: shown.height))
    heat = Self.heat(width: layout.width, height: layout.height)
    colors = (0..<256).map { index in
      let color = ColorMap.viridis.color(Float(index) / 255)
      return SIMD3(Float(color.red), Float(color.green), Float(color.blue))
    }
  }

  func screen(opacity: Float) -> Screen {
    var pixels = photo.pixels
    for (index, value) in heat.enumerated() {
      let color = colors[Int(value * 255)]
      for channel in 0..<3 {
        let former = Float(pixels[3 * index + channel])
        pixels[3 * index + channel] = UInt8(former + (color[channel] - former) * opacity)
      }
    }
    return Screen(
      Picture(width: photo.width, height: photo.height, pixels: pixels), layout: layout)
  }

  private static func heat(width: Int, height: Int) -> [Float] {
    (0..<width * height).map { index in
      let x = Float(index % width) / Float(width)
      let y = Float(index / width) / Float(height)
      func blob(_ centerX: Float, _ centerY: Float) -> Float {
        exp(-20 * ((x - centerX) * (x - centerX) + (y - centerY) * (y - centerY)))
      }
      return min(1, blob(0.35, 0.4) + 0.7 * blob(0.7, 0.65))
    }
  }
}
