import Foundation

/// The p-norm of a sliding window, `(sum |x|^p)^(1/p)`.
struct LpPool: CompositeOperator {
  let attributes: WindowAttributes
  let roundsUp: Bool
  let power: Int

  init(_ node: NodeReader) throws {
    attributes = try WindowAttributes(node)
    roundsUp = node.integer("ceil_mode", default: 0) != 0
    power = try node.norm()
  }

  var isFeature: Bool { false }

  func views(_ node: ViewedNode) -> [ValueView?] { node.windowed(newChannels: false) }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    let places = (attributes.kernel ?? []).reduce(Float(1)) { $0 * Float($1) }
    let powers = try body.powers(try body.input(0), power)
    let mean = try body.add(
      AveragePool(dividingByWindow: attributes, roundsUp: roundsUp), "AveragePool", [powers])
    let sum = try body.add("Mul", [mean, body.constant(places)])
    try body.finish(try body.root(sum, power))
    return body
  }
}

/// The p-norm of every channel.
struct GlobalLpPool: CompositeOperator {
  let power: Int

  init(_ node: NodeReader) throws { power = try node.norm() }

  var isFeature: Bool { false }

  func views(_ node: ViewedNode) -> [ValueView?] { node.windowed(newChannels: false) }

  func body(_ node: NodeOperands) throws -> NodeBody? {
    var body = NodeBody(node)
    let value = try body.input(0)
    guard body.shape(value).count >= 3 else { throw node.failure("its input has no spatial axes") }
    let axes = body.constant(Array(2..<body.shape(value).count))
    let sum = try body.add("ReduceSum", [try body.powers(value, power), axes])
    try body.finish(try body.root(sum, power))
    return body
  }
}

extension NodeReader {
  fileprivate func norm() throws -> Int {
    let power = integer("p", default: 2)
    guard (1..<1 << 16).contains(power) else {
      throw unsupported("attribute p = \(power), a positive number was expected")
    }
    return power
  }
}

extension NodeBody {
  fileprivate mutating func powers(_ value: Value, _ power: Int) throws -> Value {
    if power == 2 { return try add("Mul", [value, value]) }
    let sizes = try add("Abs", [value])
    return power == 1 ? sizes : try add("Pow", [sizes, constant(Float(power))])
  }

  /// The root of a sum; its gradient at 0 is 0, as that of a norm is taken to be.
  fileprivate mutating func root(_ sum: Value, _ power: Int) throws -> Value {
    power == 1 ? sum : try add(Root(power: power), "Pow", [sum])
  }
}

/// `x^(1/p)` of sums of powers; tiny negative sums are rounding.
private struct Root: PointwiseOperator {
  let power: Int

  init(power: Int) { self.power = power }

  init(_ node: NodeReader) throws { power = 2 }

  func value(_ x: Float) -> Float {
    power == 2 ? max(0, x).squareRoot() : powf(max(0, x), 1 / Float(power))
  }
  func derivative(_ x: Float, _ y: Float) -> Float { x > 0 ? y / (Float(power) * x) : 0 }
}
