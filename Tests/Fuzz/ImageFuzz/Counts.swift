import CAMEngine

/// How many inputs ended how.
struct Counts: CustomStringConvertible {
  private(set) var total = 0
  private var decoded = 0
  private var refused: [String: Int] = [:]

  mutating func add(_ error: ImageError?) {
    total += 1
    switch error {
    case nil: decoded += 1
    case .malformed: refused["malformed", default: 0] += 1
    case .truncated: refused["truncated", default: 0] += 1
    case .tooLarge: refused["too large", default: 0] += 1
    case .unknownFormat: refused["unknown format", default: 0] += 1
    default: refused["other", default: 0] += 1
    }
  }

  var description: String {
    let reasons = refused.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return "\(total) inputs: decoded \(decoded), " + reasons.joined(separator: ", ")
  }
}
