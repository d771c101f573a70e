import Foundation
import POSIX
import Terminal

/// Shows the explorer on the terminal until the user quits.
///
/// The interface runs on a thread of its own, the source's functions on others. A signal that ends
/// the program ends it here, after the terminal is given back. Files that are being written are given up
/// then, and what there is of them is removed. The program ends here in any case, without waiting for
/// a batch that the network is at.
///
/// - Parameters:
///   - source: Where photos, classes and maps come from.
///   - paths: The images, at least one.
///   - options: Colours and other settings of the display.
/// - Throws: ``TerminalError`` when there is no terminal that can show it.
func runExplorer(
  source: any ExplanationSource, paths: [String], options: ExplorerOptions
) async throws {
  let (end, saving) = try await withCheckedThrowingContinuation {
    (continuation: CheckedContinuation<(ExplorerLoop.End, Task<Void, Never>?), any Error>) in
    let thread = Thread {
      continuation.resume(
        with: Result {
          try SignalStack.using {
            let loop = try ExplorerLoop(source: source, paths: paths, options: options)
            return (loop.run(), loop.saving)
          }
        })
    }
    thread.stackSize = 4 << 20
    thread.start()
  }
  saving?.cancel()
  await saving?.value
  if case .signal(let signal) = end { signal.reraise() }
  // A batch may still be under way on the network's thread: `exit` would tear down what it uses.
  fflush(nil)
  _exit(EXIT_SUCCESS)
}
