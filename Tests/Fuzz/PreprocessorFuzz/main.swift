import CAMEngine
import Foundation

// Damages preprocessor, config and labels files, reads them, and prepares a photo by what was read. A run
// that reaches its end has found nothing: a sanitizer's report or a trap ends it early. The texts that did
// it are then left in FOLDER; the same seed and files lead to them again.
//
// usage: PreprocessorFuzz SECONDS SEED FOLDER FILE...      some files are always among them
// build: swift build --sanitize=address --product PreprocessorFuzz

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 3, let seconds = arguments.first.flatMap({ Double($0) }),
  let seed = arguments.dropFirst().first.flatMap({ UInt64($0) }),
  let folder = arguments.dropFirst(2).first
else {
  print("usage: PreprocessorFuzz SECONDS SEED FOLDER FILE...")
  exit(64)
}

let given = arguments.dropFirst(3).compactMap { FileManager.default.contents(atPath: $0) }
var mutator = TextMutator(TextMutator.files + given.map(Array.init), seed: seed)
var counts: [String: Int] = [:]
var total = 0
let end = ContinuousClock.now + .seconds(seconds)
report("seed \(seed), \(given.count) files beside the usual ones")
while ContinuousClock.now < end {
  let attempt = Attempt(
    settings: mutator.next(), config: mutator.next(), labels: mutator.next(),
    channels: mutator.channels, folder: folder)
  for outcome in try attempt.outcomes() { counts[outcome, default: 0] += 1 }
  total += 1
  if total.isMultiple(of: 5000) { report("\(total) attempts: \(counts)") }
}
report("\(total) attempts: \(counts)")

/// Prints a line at once: what is still buffered would be lost with a crash.
func report(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
