import Foundation
import POSIX

/// Where commands print what they found.
enum StandardOutput {
  /// Lets the program end with an error when what was printed did not arrive, as on a full disk: what
  /// is printed is kept in a buffer, and whether it can be written shows when the program ends.
  ///
  /// Whatever prints, the help of the argument parser included. To be called once.
  static func checkAtExit() {
    atexit {
      guard fflush(nil) != 0 else { return }
      let reason = SystemReason.sentence(for: errno)
      StandardError.write(
        "camtui: standard output cannot be written: \(reason); expected a file or a program that takes"
          + " it.\n")
      _exit(64)
    }
  }
}
