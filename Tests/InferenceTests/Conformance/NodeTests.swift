import Synchronization
import Testing

@testable import Inference

/// The ONNX project's operator tests (onnx 1.19.1), every case of `Tests/Conformance/supported.txt`.
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
    // Once folded, then with every input as what a network computes; an operator may ask for
    // constants, but not for its data.
    let found = try test.output(feeding: nil)
    isPassed = agrees(found, expected, test, "folded")
    for fed in test.feedable {
      do {
        let found = try test.output(feeding: fed)
        isPassed = agrees(found, expected, test, "input \(fed) fed") && isPassed
      } catch let error as InferenceError where fed != test.data && error.isRefusal { continue }
    }
  }

  private func agrees(
    _ found: Tensor, _ expected: Tensor, _ test: NodeTestCase, _ how: String
  ) -> Bool {
    #expect(found.shape == expected.shape, "\(how)")
    guard found.shape == expected.shape else { return false }
    if let integers = expected.integers, let own = found.integers {
      #expect(own == integers, "\(how)")
      return own == integers
    }
    // The engine computes in float32 where a model says float16.
    let isNarrow = test.outputType == .float16 || test.outputType == .bfloat16
    let tolerance: Float = isNarrow ? 1e-3 : 5e-4
    let isNear = Self.isNear(found.floats, expected.floats, tolerance: tolerance)
    if !isNear { expectEqual(found.floats, expected.floats, tolerance: tolerance, how) }
    return isNear
  }

  private static func isNear(_ found: [Float], _ expected: [Float], tolerance: Float) -> Bool {
    let largest = expected.filter(\.isFinite).map(abs).max() ?? 0
    return zip(found, expected).allSatisfy {
      $0 == $1 || ($0.isNaN && $1.isNaN) || abs($0 - $1) <= tolerance * max(largest, 1e-3)
    }
  }
}

extension InferenceError {
  /// Whether it says that something is not done, rather than that something went wrong.
  fileprivate var isRefusal: Bool {
    switch self {
    case .invalidNode, .unsupportedAttribute, .unsupported: true
    default: false
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
