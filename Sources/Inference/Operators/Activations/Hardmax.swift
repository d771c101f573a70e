/// 1 at the first of the largest elements along an axis, 0 elsewhere. Before opset 13 all axes from
/// `axis` on are one.
struct Hardmax: Operator {
  let axis: Int
  let isFlattening: Bool

  init(_ node: NodeReader) throws {
    isFlattening = node.opset < 13
    axis = node.integer("axis", default: node.opset < 13 ? 1 : -1)
  }

  func passesGradient(to input: Int) -> Bool { false }

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let shape = try node.input(0).shape
    _ = try node.axis(axis, rank: shape.count)
    return [Operand(shape: shape)]
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let value = try node.input(0)
    let shape = plan.shape(value)
    let axis = axis < 0 ? axis + shape.count : axis
    let length = elementCount(isFlattening ? Array(shape[axis...]) : [shape[axis]])
    let inner = isFlattening ? 1 : elementCount(Array(shape[(axis + 1)...]))
    let source = try plan.plainBuffer(of: value)
    let result = plan.define(try node.output(), try .plain(shape))
    let (count, outer) = (elementCount(shape), elementCount(Array(shape[..<axis])))
    plan.emitLoop([source, result]) { pointers in
      pointers[1].update(repeating: 0, count: count)
      guard length > 0 else { return }
      for row in 0..<outer {
        for column in 0..<inner {
          let start = row * length * inner + column
          var best = start
          for place in 0..<length where pointers[0][start + place * inner] > pointers[0][best] {
            best = start + place * inner
          }
          pointers[1][best] = 1
        }
      }
    }
  }
}
