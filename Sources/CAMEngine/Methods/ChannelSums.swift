/// The mean of every channel.
///
/// - Parameters:
///   - values: `[K, h, w]`.
///   - area: h w.
/// - Returns: `[K]`.
func channelMeans(_ values: [Float], area: Int) -> [Float] {
  values.withUnsafeBufferPointer { values in
    (0..<values.count / area).map { channel in
      var sum: Float = 0
      for index in channel * area..<(channel + 1) * area { sum += values[index] }
      return sum / Float(area)
    }
  }
}

/// `sum_k weight_k A_k`.
///
/// - Parameters:
///   - activation: A, `[K, h, w]`.
///   - weights: `[K]`.
///   - area: h w.
/// - Returns: `[h, w]`.
func weightedSum(_ activation: [Float], _ weights: [Float], area: Int) -> [Float] {
  var sum = Array(repeating: Float(0), count: area)
  activation.withUnsafeBufferPointer { activation in
    sum.withUnsafeMutableBufferPointer { sum in
      for (channel, weight) in weights.enumerated() where weight != 0 {
        let start = channel * area
        for place in 0..<area { sum[place] += weight * activation[start + place] }
      }
    }
  }
  return sum
}
