/// The smallest integer that is not below x.
struct Ceil: StepOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { x.rounded(.up) }
  func value(_ x: Int64) -> Int64? { x }
}

/// The largest integer that is not above x.
struct Floor: StepOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { x.rounded(.down) }
  func value(_ x: Int64) -> Int64? { x }
}

/// The nearest integer, the even one of two.
struct Round: StepOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { x.rounded(.toNearestOrEven) }
  func value(_ x: Int64) -> Int64? { x }
}

/// -1, 0 or 1.
struct Sign: StepOperator {
  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { x > 0 ? 1 : x < 0 ? -1 : x }
  func value(_ x: Int64) -> Int64? { x.signum() }
}

/// Whether x is false.
struct Not: StepOperator {
  let isPredicate = true

  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { x == 0 ? 1 : 0 }
  func value(_ x: Int64) -> Int64? { x == 0 ? 1 : 0 }
}

/// Whether x is no number.
struct IsNaN: StepOperator {
  let isPredicate = true

  init(_ node: NodeReader) throws {}

  func value(_ x: Float) -> Float { x.isNaN ? 1 : 0 }
  func value(_ x: Int64) -> Int64? { 0 }
}

/// Whether x is infinite, of the signs that are asked for.
struct IsInf: StepOperator {
  let isPredicate = true
  let detectsNegative: Bool
  let detectsPositive: Bool

  init(_ node: NodeReader) throws {
    detectsNegative = node.integer("detect_negative", default: 1) != 0
    detectsPositive = node.integer("detect_positive", default: 1) != 0
  }

  func value(_ x: Float) -> Float {
    x.isInfinite && (x > 0 ? detectsPositive : detectsNegative) ? 1 : 0
  }
  func value(_ x: Int64) -> Int64? { 0 }
}
