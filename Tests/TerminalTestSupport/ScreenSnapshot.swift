import Foundation
package import Terminal
package import Testing

/// Compares a screen with the one in `Snapshots/NAME.txt` beside the test's file.
///
/// The file holds the characters and a hash of all colours and emphases. A missing file, or
/// `RECORD_SNAPSHOTS` in the environment, records the screen and fails the test. `SCREEN_DUMP`
/// names a folder for a JSON form of every screen, of which `render_screen.py` makes a picture.
package func expectSnapshot(
  _ screen: Screen, named name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try dump(screen, named: name)
  let folder = URL(fileURLWithPath: file).deletingLastPathComponent()
    .appendingPathComponent("Snapshots")
  let path = folder.appendingPathComponent(name + ".txt")
  let actual = snapshotText(of: screen)
  let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] != nil
  guard !isRecording, let expected = try? String(contentsOf: path, encoding: .utf8) else {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try actual.write(to: path, atomically: true, encoding: .utf8)
    Issue.record("recorded \(name).txt: look at it, then run again", sourceLocation: sourceLocation)
    return
  }
  #expect(actual == expected, "\(name).txt differs", sourceLocation: sourceLocation)
}

/// The text form of a screen.
package func snapshotText(of screen: Screen) -> String {
  var lines = ["\(screen.width) x \(screen.height), colours \(colorHash(of: screen))"]
  for y in 0..<screen.height {
    var line = String.UnicodeScalarView()
    for x in 0..<screen.width where screen[x, y].scalar != Cell.continuation {
      line.append(screen[x, y].scalar)
    }
    lines.append("|" + String(line) + "|")
  }
  return lines.joined(separator: "\n") + "\n"
}

/// FNV-1a over the colours and emphases of all cells.
private func colorHash(of screen: Screen) -> String {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for cell in screen.cells {
    for value in [cell.foreground.code, cell.background.code, Int32(cell.emphasis.rawValue)] {
      hash = (hash ^ UInt64(UInt32(bitPattern: value))) &* 0x100_0000_01b3
    }
  }
  return String(hash, radix: 16)
}

private func dump(_ screen: Screen, named name: String) throws {
  guard let folder = ProcessInfo.processInfo.environment["SCREEN_DUMP"] else { return }
  let cells = screen.cells.map { cell in
    [
      Int(cell.scalar.value), Int(cell.foreground.code), Int(cell.background.code),
      Int(cell.emphasis.rawValue),
    ]
  }
  let object: [String: Any] = ["width": screen.width, "height": screen.height, "cells": cells]
  let data = try JSONSerialization.data(withJSONObject: object)
  try data.write(to: URL(fileURLWithPath: folder).appendingPathComponent(name + ".json"))
}
