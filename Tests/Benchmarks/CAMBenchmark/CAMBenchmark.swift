import Foundation
import Inference

/// Measures the engine for `compare.py`: reads one command a line, answers with one line of JSON.
///
///     forward MODEL BATCH REPEATS            seconds of each forward pass
///     gradcam MODEL LAYER|- CLASS REPEATS    seconds of each forward and backward pass with its map
///     scores MODEL INPUT OUTPUT              raw float32 in, raw float32 out, for parity checks
///     alpha MODEL INPUT LAYER|- CLASS OUTPUT mean gradient of every channel, raw float32
///     profile MODEL BATCH                    time and kernel of every step
@main
struct CAMBenchmark {
  static func main() async {
    var benchmark = Benchmark(
      threadCount: Int(ProcessInfo.processInfo.environment["CAMTUI_THREADS"] ?? "") ?? 2)
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

  init(threadCount: Int) { self.threadCount = threadCount }

  mutating func answer(_ words: [String]) async throws -> String {
    guard words.count > 2 else { return json(["error": "a command and its arguments expected"]) }
    let session = try session(words[1])
    switch (words[0], words.count) {
    case ("forward", 4):
      return json(["seconds": try await forward(session, Int(words[2]) ?? 1, Int(words[3]) ?? 1)])
    case ("gradcam", 5):
      let seconds = try await gradCAM(session, words[2], Int(words[3]) ?? 0, Int(words[4]) ?? 1)
      return json(["seconds": seconds])
    case ("scores", 4):
      return json(["count": try await scores(session, input: words[2], output: words[3])])
    case ("alpha", 6):
      let layer = try await alpha(
        session, input: words[2], layer: words[3], class: Int(words[4]) ?? 0, output: words[5])
      return json(["layer": layer])
    case ("profile", 3):
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

  private func gradCAM(
    _ session: InferenceSession, _ layer: String, _ score: Int, _ repeats: Int
  ) async throws -> [Double] {
    let layer = try chosen(layer, session.structure)
    return try await session.perform { executor in
      var input = pattern(elements(session.structure))
      return try (0..<repeats).map { _ in
        try seconds {
          // Never the same input twice: a known one would cost no forward pass.
          input[0] += 1
          let pass = try executor.pass(to: layer, input: input)
          _ = gradCAMMap(pass.activation, try pass.gradient(ofScore: score), layer)
        }
      }
    }
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
    let gradient = try await session.perform { executor in
      let pass = try executor.pass(to: layer, input: values)
      return try pass.gradient(ofScore: index)
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

private func gradCAMMap(
  _ activation: [Float], _ gradient: [Float], _ layer: NetworkStructure.Layer
) -> [Float] {
  let area = layer.height * layer.width
  var map = Array(repeating: Float(0), count: area)
  for channel in 0..<layer.channels {
    let range = channel * area..<(channel + 1) * area
    let alpha = gradient[range].reduce(0, +) / Float(area)
    for position in 0..<area { map[position] += alpha * activation[range.lowerBound + position] }
  }
  return map.map { max($0, 0) }
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
