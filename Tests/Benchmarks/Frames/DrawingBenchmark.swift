import Foundation

/// Frames of ``DrawingChild`` in every colour mode and tolerance.
struct DrawingBenchmark {
  let photo: String
  let size: (columns: Int, rows: Int)

  func run() throws {
    print("\(size.columns) x \(size.rows), photo under a map, \(DrawingChild.frames) frames")
    print("mode        error  build ms  merge ms  draw ms    fps  KB/frame")
    for tolerance in [0, 4, 8, 12, 16] {
      try measure(color: "truecolor", tolerance: tolerance)
    }
    try measure(color: "256", tolerance: 0)
    try measure(color: "16", tolerance: 0)
  }

  private func measure(color: String, tolerance: Int) throws {
    let results = FileManager.default.temporaryDirectory
      .appendingPathComponent("camtui-frames-\(UUID().uuidString).json")
    defer { try? FileManager.default.removeItem(at: results) }
    let process = try TerminalProcess(
      "camtui-frames", ["child", photo, color, String(tolerance), results.path], size: size)
    var stream = FrameStream()
    while let output = process.read(milliseconds: 200), !(output.isEmpty && process.hasEnded) {
      stream.take(output)
    }
    let times = try JSONDecoder().decode([Times].self, from: Data(contentsOf: results))
    // The first frame is complete and pays for the tables of colours.
    let build = median(times.dropFirst().map(\.build))
    let merge = median(times.dropFirst().map(\.merge))
    let draw = median(times.dropFirst().map(\.draw))
    let bytes = median(stream.frames.dropFirst().map(Double.init))
    print(
      color.padding(toLength: 12, withPad: " ", startingAt: 0)
        + String(
          format: "%5d  %8.2f  %8.2f  %7.2f  %5.1f  %8.1f", tolerance, build, merge, draw,
          1000 / (build + merge + draw), bytes / 1000))
    // A pipe gets the line now.
    fflush(nil)
  }
}
