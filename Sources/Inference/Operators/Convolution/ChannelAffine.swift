/// `scale x + shift`, one pair a channel: what BatchNormalization is when it does not learn.
struct ChannelAffine: Sendable {
  /// Tells it apart from others when folded weights are kept.
  let name: String
  let scale: [Float]
  let shift: [Float]

  /// The shift behind this normalisation of something that was shifted before.
  func apply(toShift shift: inout [Float]) {
    for channel in shift.indices {
      shift[channel] = shift[channel] * scale[channel] + self.shift[channel]
    }
  }
}
