import Foundation
import Inference
import RandomTestSupport
import Testing

@testable import CAMEngine

/// What heads make of a network's values.
@Suite struct HeadTests {
  private func head(
    _ ending: ScoreEnding, values: Int, labels: Int = 0, _ type: ProblemType? = nil,
    _ wanted: HeadChoice? = nil
  ) -> Head {
    HeadTable.head(
      for: HeadClues(
        ending: ending, valueCount: values, labelCount: labels, problemType: type, wanted: wanted))
  }

  private static let mean = ScoreEnding.probabilities(
    divisor: 1, sumsToOne: true, isExclusive: true)

  @Test func theTable() {
    #expect(head(.none, values: 5).name == "softmax")
    #expect(head(.softmax, values: 5).name == "softmax")
    #expect(head(.sigmoid, values: 5).name == "sigmoid")
    #expect(head(.none, values: 5, .multiLabel).name == "sigmoid")
    #expect(head(.softmax, values: 5, .multiLabel).name == "softmax")
    #expect(head(.none, values: 1).name == "sigmoid")
    #expect(head(.none, values: 1, labels: 1).name == "sigmoid")
    #expect(head(.sigmoid, values: 1, labels: 2).name == "binary-sigmoid")
    #expect(head(.none, values: 1, labels: 2).name == "binary-sigmoid")
    #expect(head(.none, values: 1, .regression).name == "value")
    #expect(head(.rectified, values: 1).name == "value")
    #expect(head(Self.mean, values: 5).name == "log-probability")
    #expect(head(.none, values: 5, nil, .value).name == "value")
    #expect(head(.none, values: 5, nil, .sigmoid).name == "sigmoid")
    #expect(head(.sigmoid, values: 5, nil, .softmax).name == "softmax")
    #expect(head(.rectified, values: 1, nil, .sigmoid).name == "sigmoid")
    #expect(head(Self.mean, values: 5, nil, .softmax).name == "log-probability")
  }

  @Test func twoClassesOfOneValue() {
    let head = head(.sigmoid, values: 1, labels: 2)
    let probability = Float(1 / (1 + exp(-0.75)))
    #expect(head.classCount == 2 && head.sumsToOne)
    #expect(head.scores([0.75]) == [-0.75, 0.75])
    #expect(head.probabilities([0.75]) == [1 - probability, probability])
    #expect(head.seed(of: .ofClass(0), in: [0.75]) == [-1])
    #expect(head.seed(of: .ofClass(1), in: [0.75]) == [1])
  }

  @Test func aValueHasNoProbability() {
    let head = head(.none, values: 1, .regression)
    #expect(head.probabilities([62.5]) == nil)
    #expect(head.score(of: .ofClass(0), in: [62.5]) == 62.5)
    #expect(head.score(of: .less(of: 0), in: [62.5]) == -62.5)
    #expect(head.seed(of: .less(of: 0), in: [62.5]) == [-1])
    let confidence = Confidence(head: head, target: .less(of: 0), reference: -62.5)
    #expect(confidence([31.25]) == -0.5)
    #expect(confidence.ofPhoto == -1)
  }

  @Test func hardSigmoidsEndAtZeroAndOne() {
    let head = head(.hardSigmoid(alpha: 0.2, beta: 0.5), values: 3)
    #expect(head.probabilities([-9, 0, 9]) == [0, 0.5, 1])
    #expect(head.scores([-9, 0, 9]) == [-9, 0, 9])
  }

  /// The derivative of every head's scores, by central differences.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func seedsAreDerivatives(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    let heads = [
      head(.softmax, values: 4), head(.sigmoid, values: 4), head(Self.mean, values: 4),
      head(.sigmoid, values: 1, labels: 2), head(.none, values: 4, .regression),
      head(.probabilities(divisor: 100, sumsToOne: true, isExclusive: true), values: 4),
      head(.probabilities(divisor: 1, sumsToOne: false, isExclusive: false), values: 4),
    ]
    for head in heads {
      let scale: Float = head.definition is MeanProbabilityHead && seed % 2 == 0 ? 0.25 : 0.9
      let row = (0..<head.definition.valueCount).map { _ in
        scale * Float.random(in: 0.2...1, using: &numbers)
      }
      for index in 0..<head.classCount {
        let found = head.seed(of: .ofClass(index), in: row)
        for place in row.indices {
          func score(_ step: Float) -> Float {
            var moved = row
            moved[place] += step
            return head.score(of: .ofClass(index), in: moved)
          }
          let expected = (score(1e-3) - score(-1e-3)) / 2e-3
          #expect(
            abs(found[place] - expected) <= 0.02 * max(1, abs(expected)),
            "\(head.name), seed \(seed)")
        }
      }
    }
  }

  @Test func theMostProbableTarget() {
    let head = head(.sigmoid, values: 3)
    #expect(head.highest([1, 3, 3], among: []) == .ofClass(1))
    #expect(head.highest([1, 3, 2], among: [.ofClass(2), .ofClass(0)]) == .ofClass(2))
  }
}
