import CAMEngine
import Foundation
import Inference

/// Measures the engine for `compare.py`: reads one command a line, answers with one line of JSON.
///
/// Its one argument is the number of threads.
///
///     forward MODEL BATCH REPEATS            seconds of each forward pass
///     gradcam MODEL LAYER|- CLASS REPEATS    seconds of each map, a new image every time
///     scorecam MODEL LAYER|- CLASS BATCH|-   seconds of one map; - chooses the batch
///     incrementcam MODEL LAYER|- CLASS       seconds of one map, all three phases
///     anytime MODEL PHOTO SCORE BATCH        how soon Phase 2 is near its end, and whether its bound held
///     scores MODEL INPUT OUTPUT              raw float32 in, raw float32 out, for parity checks
///     alpha MODEL INPUT LAYER|- CLASS OUTPUT mean gradient of every channel, raw float32
///     profile MODEL BATCH                    time and kernel of every step
@main
struct CAMBenchmark {
  static func main() async {
    let argument = CommandLine.arguments.dropFirst().first
    var benchmark = Benchmark(threadCount: argument.flatMap(Int.init) ?? 2)
    while let line = readLine() {
      let words = line.split(separator: " ").map(String.init)
      do {
        print(try await benchmark.answer(words))
      } catch {
        print(json(["error": "\(error)"]))
      }
      fflush(nil)
    }
  }
}

/// One JSON object on one line.
func json(_ object: [String: Any]) -> String {
  let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
  return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
}

/// The networks loaded so far and what can be asked of them.
struct Benchmark {
  let threadCount: Int
  private var sessions: [String: InferenceSession] = [:]
  private var models: [String: Model] = [:]
  private var imageCount = 0

  init(threadCount: Int) { self.threadCount = threadCount }

  mutating func answer(_ words: [String]) async throws -> String {
    guard words.count > 2 else { return json(["error": "a command and its arguments expected"]) }
    switch (words[0], words.count) {
    case ("forward", 4):
      let session = try session(words[1])
      return json(["seconds": try await forward(session, Int(words[2]) ?? 1, Int(words[3]) ?? 1)])
    case ("gradcam", 5):
      let repeats = Int(words[4]) ?? 1
      return try await explanations(words, .gradCAM, MethodSettings(), repeats: repeats)
    case ("scorecam", 5):
      var settings = MethodSettings()
      settings.batchSize = Int(words[4])
      return try await explanations(words, try Method(named: "score-cam"), settings, repeats: 1)
    case ("incrementcam", 4):
      return try await explanations(words, .incrementCAM, MethodSettings(), repeats: 1)
    case ("anytime", 5):
      let model = try models[words[1]] ?? Model(contentsOfFile: words[1], threads: threadCount)
      models[words[1]] = model
      let score = IncrementCAMSettings.Score(rawValue: words[3]) ?? .increase
      let study = try await AnytimeStudy(
        model, photo: words[2], score: score, batchSize: Int(words[4]) ?? 8)
      return json(study.findings)
    case ("scores", 4):
      let session = try session(words[1])
      return json(["count": try await scores(session, input: words[2], output: words[3])])
    case ("alpha", 6):
      let session = try session(words[1])
      let layer = try await alpha(
        session, input: words[2], layer: words[3], class: Int(words[4]) ?? 0, output: words[5])
      return json(["layer": layer])
    case ("profile", 3):
      let session = try session(words[1])
      return json(["steps": try await profile(session, Int(words[2]) ?? 1)])
    default:
      return json(["error": "unknown command \(words[0])"])
    }
  }

  private mutating func session(_ path: String) throws -> InferenceSession {
    if let known = sessions[path] { return known }
    let structure = try NetworkStructure(try GraphReader.graph(path: path))
    let session = InferenceSession(structure, threadCount: threadCount)
    sessions[path] = session
    return session
  }

  private func forward(
    _ session: InferenceSession, _ batch: Int, _ repeats: Int
  ) async throws -> [Double] {
    let input = pattern(batch * elements(session.structure))
    return try await session.perform { executor in
      try (0..<repeats).map { _ in
        try seconds {
          _ = try executor.scores(batch: batch) { _ = $0.update(fromContentsOf: input) }
        }
      }
    }
  }

  private mutating func explanations(
    _ words: [String], _ method: CAMEngine.Method, _ settings: MethodSettings, repeats: Int
  ) async throws -> String {
    let model = try models[words[1]] ?? Model(contentsOfFile: words[1], threads: threadCount)
    models[words[1]] = model
    let layer = words[2] == "-" ? nil : try model.layer(named: words[2])
    var seconds: [Double] = []
    for _ in 0..<repeats {
      let input = try model.prepare(nextImage(model))
      let start = ContinuousClock.now
      _ = try await model.explain(
        input, target: Int(words[3]).map(Target.ofClass), layer: layer, method: method,
        settings: settings)
      seconds.append((ContinuousClock.now - start) / .seconds(1))
    }
    return json(["seconds": seconds])
  }

  /// Never the same image twice: a known one would cost no forward pass.
  private mutating func nextImage(_ model: Model) -> Image {
    imageCount += 1
    let (width, height) = model.inputSize
    let pixels = (0..<width * height * 3).map { UInt8(truncatingIfNeeded: $0 * 7 + imageCount) }
    return Image(width: width, height: height, pixels: pixels)
  }

  private func scores(
    _ session: InferenceSession, input: String, output: String
  ) async throws -> Int {
    let values = try floats(input)
    let structure = session.structure
    let batch = values.count / elements(structure)
    let result = try await session.perform { executor in
      try executor.scores(batch: batch) { _ = $0.update(fromContentsOf: values) }
    }
    try result.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: output)) }
    return result.count
  }

  private func alpha(
    _ session: InferenceSession, input: String, layer: String, class index: Int, output: String
  ) async throws -> String {
    let layer = try chosen(layer, session.structure)
    let values = Array(try floats(input).prefix(elements(session.structure)))
    var seed = Array(repeating: Float(0), count: session.structure.scoreCount)
    seed[index] = 1
    let seeds = [seed]
    let gradient = try await session.perform { executor in
      try executor.pass(to: layer, input: values).gradient(seeds: seeds)
    }
    let area = layer.height * layer.width
    let alpha = (0..<layer.channels).map { channel in
      gradient[channel * area..<(channel + 1) * area].reduce(0, +) / Float(area)
    }
    try alpha.withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: output)) }
    return layer.name
  }

  private func profile(_ session: InferenceSession, _ batch: Int) async throws -> [[String]] {
    try await session.perform { executor in
      try executor.profile(batch: batch).map {
        [$0.node, $0.implementation, String(format: "%.3f", $0.seconds * 1000)]
      }
    }
  }
}

private func chosen(
  _ name: String, _ structure: NetworkStructure
) throws -> NetworkStructure.Layer {
  if name != "-" { return try structure.layer(named: name) }
  guard let layer = structure.defaultLayer else {
    throw InferenceError.noSuchValue(name: "with a spatial extent", near: [])
  }
  return layer
}

private func elements(_ structure: NetworkStructure) -> Int {
  structure.channels * structure.height * structure.width
}

private func pattern(_ count: Int) -> [Float] {
  (0..<count).map { Float($0 % 255) / 127.5 - 1 }
}

private func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try body()
  return (ContinuousClock.now - start) / .seconds(1)
}

private func floats(_ path: String) throws -> [Float] {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  return data.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
}
