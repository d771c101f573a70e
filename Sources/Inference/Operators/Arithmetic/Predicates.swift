/// `A == B`.
struct Equal: PredicateOperator {
  init(_ node: NodeReader) throws {}

  func holds(_ a: Float, _ b: Float) -> Bool { a == b }
  func holds(_ a: Int64, _ b: Int64) -> Bool { a == b }
}

/// `A < B`.
struct Less: PredicateOperator {
  init(_ node: NodeReader) throws {}

  func holds(_ a: Float, _ b: Float) -> Bool { a < b }
  func holds(_ a: Int64, _ b: Int64) -> Bool { a < b }
}

/// `A <= B`.
struct LessOrEqual: PredicateOperator {
  init(_ node: NodeReader) throws {}

  func holds(_ a: Float, _ b: Float) -> Bool { a <= b }
  func holds(_ a: Int64, _ b: Int64) -> Bool { a <= b }
}

/// `A > B`.
struct Greater: PredicateOperator {
  init(_ node: NodeReader) throws {}

  func holds(_ a: Float, _ b: Float) -> Bool { a > b }
  func holds(_ a: Int64, _ b: Int64) -> Bool { a > b }
}

/// `A >= B`.
struct GreaterOrEqual: PredicateOperator {
  init(_ node: NodeReader) throws {}

  func holds(_ a: Float, _ b: Float) -> Bool { a >= b }
  func holds(_ a: Int64, _ b: Int64) -> Bool { a >= b }
}

/// Whether both are true.
struct And: PredicateOperator {
  init(_ node: NodeReader) throws {}

  func holds(_ a: Float, _ b: Float) -> Bool { a != 0 && b != 0 }
  func holds(_ a: Int64, _ b: Int64) -> Bool { a != 0 && b != 0 }
}

/// Whether one is true.
struct Or: PredicateOperator {
  init(_ node: NodeReader) throws {}

  func holds(_ a: Float, _ b: Float) -> Bool { a != 0 || b != 0 }
  func holds(_ a: Int64, _ b: Int64) -> Bool { a != 0 || b != 0 }
}

/// Whether exactly one is true.
struct Xor: PredicateOperator {
  init(_ node: NodeReader) throws {}

  func holds(_ a: Float, _ b: Float) -> Bool { (a != 0) != (b != 0) }
  func holds(_ a: Int64, _ b: Int64) -> Bool { (a != 0) != (b != 0) }
}
