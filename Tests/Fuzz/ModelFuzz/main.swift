import Foundation
import ModelTestSupport

// Reads, infers and runs mutated ONNX files for a while. A run that reaches its end has found
// nothing: a sanitizer's report or a trap ends it early. The model that did it is then left in
// FOLDER/input.onnx; the same seed and files lead to it again.
//
// usage: ModelFuzz SECONDS SEED FOLDER FILE...      a small model is always among the files
//        ModelFuzz FILE                             tries one file as it is
// build: swift build --sanitize=address --product ModelFuzz

let arguments = CommandLine.arguments.dropFirst()
if arguments.count == 1, let path = arguments.first {
  report("\(Attempt(path: path))")
  exit(0)
}
guard arguments.count >= 3, let seconds = arguments.first.flatMap({ Double($0) }),
  let seed = arguments.dropFirst().first.flatMap({ UInt64($0) }),
  let folder = arguments.dropFirst(2).first
else {
  print("usage: ModelFuzz SECONDS SEED FOLDER FILE...")
  exit(64)
}

var files = [try TinyModel(seed: 1).encoded()]
for path in arguments.dropFirst(3) {
  guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else { continue }
  files.append(Array(data))
}
var mutator = try ModelMutator(files, seed: seed)

let path = "\(folder)/input.onnx"
var counts: [Attempt: Int] = [:]
var total = 0
let end = ContinuousClock.now + .seconds(seconds)
report("seed \(seed), \(files.count) models")
while ContinuousClock.now < end {
  try Data(try mutator.next()).write(to: URL(fileURLWithPath: path))
  counts[Attempt(path: path), default: 0] += 1
  total += 1
  if total.isMultiple(of: 1000) { report("\(total) models: \(counts)") }
}
report("\(total) models: \(counts)")

/// Prints a line at once: what is still buffered would be lost with a crash.
func report(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
