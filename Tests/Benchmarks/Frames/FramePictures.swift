import CAMEngine
import Foundation
import Terminal

/// Pictures of a frame, exact and with runs of colours merged, as a terminal shows them.
struct FramePictures {
  let photo: String
  let folder: String
  let size: (columns: Int, rows: Int)

  /// Writes `exact.png` and `merged-16.png`.
  func write() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let scene = try Scene(photo: photo, columns: size.columns, rows: size.rows)
    let screen = scene.screen(opacity: 0.5)
    for (name, tolerance) in [("exact", 0), ("merged-16", 16)] {
      let picture = screen.mergingRuns(tolerance: tolerance).screenshot()
      let image = Image(width: picture.width, height: picture.height, pixels: picture.pixels)
      let file = URL(fileURLWithPath: folder).appending(path: "\(name).png")
      try Data(try image.pngEncoded()).write(to: file)
      print(file.path)
    }
  }
}
