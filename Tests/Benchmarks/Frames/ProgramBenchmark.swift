import Foundation

/// The program itself: its start, and the time from a key to its picture.
struct ProgramBenchmark {
  private static let runs = 7
  private static let keys = 40

  let photo: String
  let model: String
  let size: (columns: Int, rows: Int)
  let options: [String]

  func run() throws {
    print("\(size.columns) x \(size.rows)  \(options.joined(separator: " "))")
    var pictures: [Double] = []
    var maps: [Double] = []
    for _ in 0..<Self.runs {
      let process = try start()
      pictures.append(try wait(process) { $0.contains("▀") })
      maps.append(try wait(process) { $0.contains("▀") && !isComputing($0) })
    }
    report("first picture", pictures)
    report("first map", maps)
    for (name, keys) in [("opacity", ["[", "]"]), ("class", ["j", "k"])] {
      try measure(keys, name)
    }
  }

  private func start() throws -> TerminalProcess {
    try TerminalProcess("camtui", [photo, "--model", model] + options, size: size)
  }

  /// Whether something is still to come: the spinner turns.
  private func isComputing(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }
      || text.contains("reading")
  }

  /// Milliseconds from the program's start until its screen is as wanted.
  private func wait(
    _ process: TerminalProcess, until condition: (String) -> Bool
  ) throws -> Double {
    while process.pump(milliseconds: 1000) {
      if condition(process.text(size: size)) {
        return (ContinuousClock.now - process.start).milliseconds
      }
    }
    throw CocoaError(.fileReadUnknown)
  }

  /// Types keys in turn, each after the former one's frame is complete.
  private func measure(_ keys: [String], _ name: String) throws {
    let process = try start()
    _ = try wait(process) { $0.contains("▀") && !isComputing($0) }
    var times: [Double] = []
    var sizes: [Double] = []
    for count in 0..<Self.keys {
      settle(process)
      var stream = FrameStream()
      let start = ContinuousClock.now
      process.type(keys[count % keys.count])
      while stream.frames.isEmpty, let output = process.read(milliseconds: 2000), !output.isEmpty {
        stream.take(output)
      }
      // The first turns compute what later ones find again.
      guard count >= 4, let size = stream.frames.first else { continue }
      times.append((ContinuousClock.now - start).milliseconds)
      sizes.append(Double(size) / 1000)
    }
    report("key to picture, \(name)", times)
    print(String(format: "  %.1f KB a frame, median", median(sizes)))
    process.type("q")
  }

  /// Reads until nothing comes for a while.
  private func settle(_ process: TerminalProcess) {
    while let output = process.read(milliseconds: 120), !output.isEmpty {}
  }

  private func report(_ name: String, _ times: [Double]) {
    print(
      name.padding(toLength: 26, withPad: " ", startingAt: 0)
        + String(
          format: "median %6.1f ms, fastest %6.1f, slowest %6.1f", median(times),
          times.min() ?? 0, times.max() ?? 0))
  }
}
