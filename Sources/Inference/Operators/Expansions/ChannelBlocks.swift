import Foundation
import ONNXProto

// ONNX Runtime's own layout (`com.microsoft.nchwc`): channels in blocks of as many as a vector register holds.
// Here the channels stay in order, filled up with empty ones; only the weights must be put back.

/// `Conv(X, W, B, sum)` with an activation: `activation(Conv(X, W, B) + sum)`.
func expandBlockedConv(_ node: inout NodeExpansion) throws {
  let weights = node.add(
    "camtui.BlockedWeights", [try node.input(1)],
    node.kept("group") + [.integer("block", node.channelBlock)])
  let y = node.add(
    "Conv", [try node.input(0), weights, node.optional(2)], node.convolutionAttributes())
  try node.giveActivated(node.optional(3).map { node.add("Add", [y, $0]) } ?? y)
}

/// The pooling operators.
func expandBlockedPool(_ node: inout NodeExpansion) throws {
  node.give(node.add(node.node.opType, [try node.input(0)], node.poolingAttributes()))
}

/// From the channels of the file to whole blocks of them.
func expandReorderInput(_ node: inout NodeExpansion) throws {
  var x = try node.input(0)
  if node.attributes.integer("channels_last", default: 0) != 0 {
    x = node.add("Transpose", [x], [.integers("perm", [0, 3, 1, 2])])
  }
  node.give(
    node.add("camtui.WholeChannelBlocks", [x], [.integer("block", node.channelBlock)]))
}

/// From whole blocks of channels to those of the file.
func expandReorderOutput(_ node: inout NodeExpansion) throws {
  let channels = node.attributes.integer("channels", default: 0)
  let (start, end, axis) = (node.constant([0]), node.constant([channels]), node.constant([1]))
  var y = node.add("Slice", [try node.input(0), start, end, axis])
  if node.attributes.integer("channels_last", default: 0) != 0 {
    y = node.add("Transpose", [y], [.integers("perm", [0, 2, 3, 1])])
  }
  node.give(y)
}

/// `Upsample` by whole numbers.
func expandBlockedUpsample(_ node: inout NodeExpansion) throws {
  let scales = (node.attributes.integers("scales") ?? []).map { Float($0) }
  let constant = node.add("Constant", [], [.floats("value_floats", scales)])
  let settings = node.kept("mode", "coordinate_transformation_mode")
  node.give(
    node.add(
      "Resize", [try node.input(0), nil, constant], settings + [.text("nearest_mode", "floor")]))
}

/// How many channels a file keeps together: 16 on CPUs with AVX-512 and on ARM, else 8.
enum ChannelBlock {
  /// ONNX Runtime reads such a file with the block of the CPU it runs on; where the weights do not contradict it,
  /// so do we.
  static func size(of graph: Onnx_GraphProto) -> Int {
    let weights = Set(
      graph.node.filter { $0.operatorKey == "com.microsoft.nchwc.Conv" }
        .compactMap { $0.input.dropFirst().first })
    let isUneven = graph.initializer.contains { tensor in
      weights.contains(tensor.name) && tensor.dims.first.map { $0 % 16 != 0 } == true
    }
    return isUneven ? 8 : machine
  }

  private static let machine: Int = {
    #if arch(x86_64)
      let flags = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
      return flags?.contains(" avx512f ") == true ? 16 : 8
    #else
      return 16
    #endif
  }()
}
