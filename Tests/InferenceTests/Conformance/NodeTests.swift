import Synchronization
import Testing

@testable import Inference

/// The ONNX project's operator tests (onnx 1.17.0), every case of `Tests/Conformance/supported.txt`.
@Suite(
  .enabled(
    if: NodeTestFiles.isPresent,
    "needs the ONNX node tests: run Tests/Conformance/fetch_onnx_node_tests.sh"))
struct NodeTests {
  @Test func theListIsRead() {
    #expect(NodeTestFiles.supported.count > 200)
    #expect(NodeTestFiles.supported.contains("test_relu"))
  }

  @Test(arguments: NodeTestFiles.supported)
  func passes(name: String) throws {
    var isPassed = false
    defer { Tally.shared.count(name, isPassed: isPassed) }
    let test = try NodeTestCase(name)
    let expected = try test.expectedOutput()
    let found = try test.output()
    #expect(found.shape == expected.shape)
    guard found.shape == expected.shape else { return }
    if let integers = expected.integers {
      #expect(found.integers == integers)
      isPassed = found.integers == integers
      return
    }
    // The engine computes in float32 where a model says float16.
    let tolerance: Float = test.outputType == .float16 ? 1e-3 : 1e-4
    isPassed = Self.isNear(found.floats, expected.floats, tolerance: tolerance)
    if !isPassed { expectEqual(found.floats, expected.floats, tolerance: tolerance, name) }
  }

  private static func isNear(_ found: [Float], _ expected: [Float], tolerance: Float) -> Bool {
    let largest = expected.map(abs).max() ?? 0
    return zip(found, expected).allSatisfy {
      $0 == $1 || abs($0 - $1) <= tolerance * max(largest, 1e-3)
    }
  }
}

/// Counts the cases and says at the end how many passed.
private final class Tally: Sendable {
  static let shared = Tally()

  private let counts = Mutex((finished: 0, failed: [String]()))

  func count(_ name: String, isPassed: Bool) {
    counts.withLock { counts in
      counts.finished += 1
      if !isPassed { counts.failed.append(name) }
      guard counts.finished == NodeTestFiles.supported.count else { return }
      let passed = counts.finished - counts.failed.count
      print("ONNX node tests: \(passed) of \(counts.finished) pass.")
    }
  }
}
