import Foundation

/// The program itself: its start, the time from a key to its picture, and what it does when nothing
/// happens.
struct ProgramBenchmark {
  private static let starts = 9
  private static let keys = 40
  private static let idleTime = 10.0
  /// A screen with fewer half blocks shows no picture yet.
  private static let pictureCells = 500

  let photo: String
  let size: (columns: Int, rows: Int)
  let options: [String]

  func run() throws {
    print("\(size.columns) x \(size.rows)  \(options.joined(separator: " "))")
    var pictures: [Double] = []
    var maps: [Double] = []
    for _ in 0..<Self.starts {
      let process = try start()
      pictures.append(try wait(process, until: showsPicture))
      maps.append(try wait(process, until: showsMap))
    }
    report("first picture", pictures)
    report("first map", maps)
    for (name, keys) in [("opacity", ["[", "]"]), ("class", ["j", "k"])] {
      try measure(keys, name)
    }
    try measureIdleness()
  }

  private func start() throws -> TerminalProcess {
    try TerminalProcess("camtui", [photo] + options, size: size)
  }

  private func showsPicture(_ text: String) -> Bool {
    text.unicodeScalars.count { $0 == "▀" } >= Self.pictureCells
  }

  /// Whether a picture is there and nothing is still to come: no spinner turns.
  private func showsMap(_ text: String) -> Bool {
    showsPicture(text) && !text.contains("reading")
      && !text.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }
  }

  /// Milliseconds from the program's start until a frame is complete that is as wanted.
  private func wait(
    _ process: TerminalProcess, until condition: (String) -> Bool
  ) throws -> Double {
    while let completed = process.pump(milliseconds: 5000) {
      let time = ContinuousClock.now
      if completed > 0, condition(process.text(size: size)) {
        return (time - process.start).milliseconds
      }
    }
    throw CocoaError(.fileReadUnknown)
  }

  /// Types keys in turn, each after the former one's frame is complete.
  private func measure(_ keys: [String], _ name: String) throws {
    let process = try start()
    _ = try wait(process, until: showsMap)
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

  /// What the program does while nobody touches it.
  private func measureIdleness() throws {
    let process = try start()
    _ = try wait(process, until: showsMap)
    settle(process)
    let start = process.processorTime
    var bytes = 0
    let deadline = ContinuousClock.now + .seconds(Self.idleTime)
    while ContinuousClock.now < deadline, let output = process.read(milliseconds: 100) {
      bytes += output.count
    }
    let used = process.processorTime - start
    print(
      String(
        format: "idle for %.0f s            %.3f ms of processor time, %d bytes", Self.idleTime,
        used, bytes))
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
