/// Quantises to `uint8` with the scale and zero point that fit the numbers: `scale = (max - min) / 255` with
/// `max >= 0 >= min`. The outputs are the integers, the scale and the zero point.
///
/// Every image of a batch is quantised as if it were alone: the file says how one is computed, and its scores may
/// not depend on its neighbours. With several, scale and zero point are therefore one for each place of the
/// first axis. The gradient passes straight through; scale and zero point count as constants.
struct DynamicQuantizeLinear: QuantizingOperator {
  init(_ node: NodeReader) throws {}

  func infer(_ node: NodeOperands) throws -> [Operand] {
    let input = try node.input(0)
    if let constant = input.constant { return folded(constant) }
    let parameters = try parameters(input.shape, batch: node.batch.actual, node.failure)
    return [Operand(shape: input.shape), Operand(shape: parameters), Operand(shape: parameters)]
  }

  private func folded(_ tensor: Tensor) -> [Operand] {
    let values = tensor.floats
    let range = DynamicRange(values.min() ?? 0, values.max() ?? 0)
    let integers = values.map { Int64(exactly: range.integer($0)) ?? 0 }
    return [
      Operand(Tensor(shape: tensor.shape, integers: integers).typed(.uint8)),
      Operand(Tensor(shape: [], floats: [range.scale])),
      Operand(Tensor(shape: [], integers: [Int64(exactly: range.zeroPoint) ?? 0]).typed(.uint8)),
    ]
  }

  /// The shape of the scales: a scalar for one image, else one number for each place of the first axis.
  private func parameters(
    _ shape: [Int], batch: Int, _ failure: (String) -> InferenceError
  ) throws -> [Int] {
    guard batch > 1 else { return [] }
    guard let first = shape.first, first % batch == 0 else {
      throw failure("the images of a batch cannot be told apart in an input of shape \(shape)")
    }
    return [first] + Array(repeating: 1, count: shape.count - 1)
  }

  func compile(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let input = try plan.plainBuffer(of: try node.input(0))
    let shape = plan.shape(try node.input(0))
    let batch = plan.shaped.inputShape.first ?? 1
    let parameters = try parameters(shape, batch: batch, node.failure)
    let result = plan.define(try node.output(), input.descriptor)
    let scale = plan.newBuffer(try .plain(parameters))
    let zero = plan.newBuffer(try .plain(parameters))
    if node.outputs.count > 1, let value = node.outputs[1] { plan.define(value, sharing: scale) }
    if node.outputs.count > 2, let value = node.outputs[2] { plan.define(value, sharing: zero) }
    let images = parameters.isEmpty ? 1 : batch
    let (count, places) = (elementCount(shape) / images, elementCount(parameters) / images)
    plan.emitLoop([input, result, scale, zero]) { pointers in
      for image in 0..<images {
        let values = UnsafeBufferPointer(start: pointers[0] + image * count, count: count)
        let range = DynamicRange(values)
        for index in 0..<count {
          pointers[1][image * count + index] = range.integer(values[index])
        }
        for place in image * places..<(image + 1) * places {
          (pointers[2][place], pointers[3][place]) = (range.scale, range.zeroPoint)
        }
      }
    }
    plan.record(ForwardRecord(statistics: [scale]), for: node)
  }

  func compileGradient(_ node: PlannedNode, in plan: PlanBuilder) throws {
    let output = try node.output()
    // Where only the scale was read there is nothing to pass on.
    guard plan.hasGradient(output), let scale = try plan.record(for: node).statistics.first else {
      return
    }
    let after = try plan.plainGradient(of: output)
    let before = plan.newBuffer(after.descriptor)
    let places = elementCount(scale.descriptor.shape)
    let count = elementCount(after.descriptor.shape) / max(1, places)
    plan.emitLoop([after, scale, before]) { pointers in
      for place in 0..<places {
        for index in place * count..<(place + 1) * count {
          pointers[2][index] = pointers[0][index] / pointers[1][place]
        }
      }
    }
    plan.contribute(before, to: try node.input(0))
  }
}

/// The scale and zero point that fit some numbers.
private struct DynamicRange {
  let scale: Float
  let zeroPoint: Float

  init(_ least: Float, _ most: Float) {
    let (least, most) = (min(least, 0), max(most, 0))
    scale = most > least ? (most - least) / 255 : 1
    zeroPoint = min(max((-least / scale).rounded(.toNearestOrEven), 0), 255)
  }

  init(_ values: UnsafeBufferPointer<Float>) {
    var (least, most): (Float, Float) = (0, 0)
    for value in values { (least, most) = (min(least, value), max(most, value)) }
    self.init(least, most)
  }

  @inline(__always)
  func integer(_ value: Float) -> Float {
    // The sum with 1.5 2^23 loses what is behind the point, ties to even.
    let rounded = (value / scale + 12_582_912) - 12_582_912
    return min(max(rounded + zeroPoint, 0), 255)
  }
}
