import CAMEngine
import Foundation

// Decodes mutated image files for a while. A run that reaches its end has found nothing: a sanitizer's
// report or a trap ends it early, and the same seed and files lead to the same input again; with the
// environment variable KEEP_INPUT set to a path, each input is written there before it is decoded.
//
// usage: ImageFuzz SECONDS SEED FILE...
// build: swift build --sanitize=address --product ImageFuzz

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 3, let seconds = arguments.first.flatMap({ Double($0) }),
  let seed = arguments.dropFirst().first.flatMap({ UInt64($0) })
else {
  print("usage: ImageFuzz SECONDS SEED FILE...")
  exit(64)
}

var corpus: [[UInt8]] = []
for path in arguments.dropFirst(2) {
  guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else { continue }
  corpus.append(Array(data))
}
guard !corpus.isEmpty else {
  print("No file could be read; expected image files.")
  exit(66)
}

let kept = ProcessInfo.processInfo.environment["KEEP_INPUT"]
var mutator = Mutator(seed: seed)
var counts = Counts()
let end = ContinuousClock.now + .seconds(seconds)
report("seed \(seed), \(corpus.count) files")
while ContinuousClock.now < end {
  let input = mutator.mutated(corpus)
  if let kept { try Data(input).write(to: URL(fileURLWithPath: kept)) }
  counts.add(decode(input))
  if counts.total.isMultiple(of: 10_000) { report("\(counts)") }
}
report("\(counts)")

/// Decodes one input as a user's file would be, and uses what comes out.
func decode(_ input: [UInt8]) -> ImageError? {
  do {
    let image = try Image(data: input, name: "input", background: RGB(1, 2, 3))
    precondition(image.pixels.count == 3 * image.width * image.height)
    _ = image.resized(width: 9, height: 7)
    return nil
  } catch {
    precondition(!error.description.isEmpty)
    return error
  }
}

/// Prints a line at once: what is still buffered would be lost with a crash.
func report(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
