/// Zero padding before a convolution becomes padding of the convolution.
func fusePadding(_ lowering: Lowering) -> [Node] {
  mergingPairs(lowering) { producer, consumer, between in
    guard let pad = producer.operation as? Pad,
      var convolution = consumer.operation as? Convolution,
      pad.mode == .constant, convolution.attributes.padding == .none,
      consumer.inputs.first == between, let input = producer.inputs.first ?? nil,
      let (begin, end) = zeroPadding(pad, producer, lowering, rank: lowering.shape(input).count)
    else { return nil }
    let rank = begin.count
    let own = convolution.attributes.pads ?? Array(repeating: 0, count: 2 * rank)
    guard own.count == 2 * rank else { return nil }
    convolution.attributes.pads = zip(own, begin + end).map(+)
    var merged = consumer
    merged.operation = convolution
    merged.inputs[0] = input
    return merged
  }
}

/// The spatial pads of a node that pads with zeros and leaves batch and channels alone.
private func zeroPadding(
  _ pad: Pad, _ node: Node, _ lowering: Lowering, rank: Int
) -> (begin: [Int], end: [Int])? {
  let operands = node.inputs.map { value in
    value.map { lowering.constant($0).map { Operand($0) } ?? Operand(shape: lowering.shape($0)) }
  }
  let context = NodeOperands(
    name: node.name, type: node.type, opset: node.opset, inputs: operands, outputCount: 1,
    batch: (1, 1))
  guard let fill = try? pad.fill(context), fill == 0, rank > 2,
    let (begin, end) = try? pad.amounts(context, rank: rank),
    begin[0] == 0, begin[1] == 0, end[0] == 0, end[1] == 0, (begin + end).allSatisfy({ $0 >= 0 })
  else { return nil }
  return (Array(begin[2...]), Array(end[2...]))
}

/// BatchNormalization, or arithmetic with one constant a channel, behind a convolution is folded
/// into its weights.
func fuseNormalization(_ lowering: Lowering) -> [Node] {
  mergingPairs(lowering) { producer, consumer, between in
    guard var convolution = producer.operation as? Convolution,
      let channels = lowering.constant(producer.inputs[1])?.shape.first,
      producer.inputs.dropFirst(2).allSatisfy({ $0 == nil || lowering.constant($0) != nil }),
      let affine = channelAffine(consumer, of: between, channels: channels, lowering)
    else { return nil }
    convolution.normalizations.append(affine)
    var merged = producer
    merged.operation = convolution
    merged.outputs = consumer.outputs
    return merged
  }
}

private func channelAffine(
  _ node: Node, of value: ValueID, channels: Int, _ lowering: Lowering
) -> ChannelAffine? {
  if let normalization = node.operation as? BatchNormalization, !normalization.isTraining {
    let parameters = node.inputs.dropFirst().prefix(4).compactMap { lowering.constant($0) }
    guard parameters.count == 4, node.inputs.first == value else { return nil }
    return normalization.affine(name: node.name, parameters: parameters)
  }
  return arithmeticAffine(node, of: value, channels: channels, lowering)
}

private func arithmeticAffine(
  _ node: Node, of value: ValueID, channels: Int, _ lowering: Lowering
) -> ChannelAffine? {
  guard let operation = node.operation as? any ArithmeticOperator, node.inputs.count == 2,
    node.inputs[0] == value || operation.isCommutative,
    let tensor = lowering.constant(node.inputs[0] == value ? node.inputs[1] : node.inputs[0])
  else { return nil }
  let rank = lowering.shape(value).count
  let shape = paddedShape(tensor.shape, rank: rank)
  let isChannel = shape.indices.allSatisfy { shape[$0] == ($0 == 1 ? channels : 1) }
  guard shape.count == rank, isChannel || tensor.count == 1 else { return nil }
  let values =
    tensor.count == 1
    ? Array(repeating: tensor.floats[0], count: channels) : tensor.floats
  let (ones, zeros) = (
    Array(repeating: Float(1), count: channels), Array(repeating: Float(0), count: channels)
  )
  switch operation.algorithm {
  case .add: return ChannelAffine(name: node.name, scale: ones, shift: values)
  case .subtract: return ChannelAffine(name: node.name, scale: ones, shift: values.map { -$0 })
  case .multiply: return ChannelAffine(name: node.name, scale: values, shift: zeros)
  case .divide: return ChannelAffine(name: node.name, scale: values.map { 1 / $0 }, shift: zeros)
  case .maximum, .minimum: return nil
  }
}

/// The addition at the end of a residual block runs within its last convolution.
func fuseResidual(_ lowering: Lowering) -> [Node] {
  mergingPairs(lowering) { producer, consumer, between in
    guard var convolution = producer.operation as? Convolution, consumer.operation is Add,
      !convolution.addsResidual, convolution.activations.isEmpty, consumer.inputs.count == 2,
      let other = (consumer.inputs[0] == between ? consumer.inputs[1] : consumer.inputs[0]),
      other != between, lowering.shape(other) == lowering.shape(between),
      lowering.constant(other) == nil
    else { return nil }
    convolution.addsResidual = true
    var merged = producer
    merged.operation = convolution
    merged.inputs.append(other)
    merged.outputs = consumer.outputs
    return merged
  }
}

/// An activation runs within the convolution or normalisation before it. Where the gradient passes,
/// only functions whose derivative follows from their output.
func fuseActivation(_ lowering: Lowering) -> [Node] {
  mergingPairs(lowering) { producer, consumer, between in
    guard let operation = consumer.operation as? any ElementwiseOperator,
      consumer.inputs.first == between,
      let functions = try? operation.functions(
        { index in index < consumer.inputs.count ? lowering.constant(consumer.inputs[index]) : nil
        },
        { .invalidNode(node: consumer.name, type: consumer.type, problem: $0) }),
      consumer.inputs.dropFirst().allSatisfy({ $0 == nil || lowering.constant($0) != nil }),
      !lowering.needsGradient.contains(between)
        || (functions.count == 1 && functions[0].hasGradientFromOutput)
    else { return nil }
    var merged = producer
    merged.outputs = consumer.outputs
    if var convolution = producer.operation as? Convolution {
      guard convolution.activations.isEmpty else { return nil }
      convolution.activations = functions
      merged.operation = convolution
    } else if var normalization = producer.operation as? BatchNormalization {
      guard normalization.activations.isEmpty else { return nil }
      normalization.activations = functions
      merged.operation = normalization
    } else {
      return nil
    }
    return merged
  }
}
