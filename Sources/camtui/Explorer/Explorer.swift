import Foundation
import Terminal

/// Shows the explorer on the terminal until the user quits.
///
/// The interface runs on a thread of its own, the source's functions on others. A signal that ends
/// the program ends it here, after the terminal is given back.
///
/// - Parameters:
///   - source: Where photos, classes and maps come from.
///   - paths: The images, at least one.
///   - options: Colours and other settings of the display.
/// - Throws: ``TerminalError`` when there is no terminal that can show it.
func runExplorer(
  source: any ExplanationSource, paths: [String], options: ExplorerOptions
) async throws {
  let end: ExplorerLoop.End = try await withCheckedThrowingContinuation { continuation in
    let thread = Thread {
      continuation.resume(
        with: Result {
          try ExplorerLoop(source: source, paths: paths, options: options).run()
        })
    }
    thread.stackSize = 4 << 20
    thread.start()
  }
  if case .signal(let signal) = end { signal.reraise() }
}
