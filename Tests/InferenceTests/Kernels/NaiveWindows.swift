/// A window over two axes, as the ONNX specification describes it, in plain loops.
struct NaiveWindow: CustomStringConvertible {
  var kernel: [Int]
  var strides: [Int]
  var dilations: [Int]
  /// Rows before, columns before, rows behind, columns behind.
  var pads: [Int]
  var roundsUp = false

  var description: String {
    "kernel \(kernel) strides \(strides) dilations \(dilations) pads \(pads) ceil \(roundsUp)"
  }

  func extent(_ axis: Int) -> Int { (kernel[axis] - 1) * dilations[axis] + 1 }

  /// Output sizes; with `roundsUp` the last window may be incomplete but must begin before the end.
  func output(_ input: [Int]) -> [Int] {
    (0..<2).map { axis in
      let room = input[axis] + pads[axis] + pads[axis + 2] - extent(axis)
      var count = room / strides[axis] + 1
      let begin = count * strides[axis] - pads[axis]
      if roundsUp, room % strides[axis] != 0, begin < input[axis] { count += 1 }
      return count
    }
  }

  /// Calls `body` with the rows and columns that an output position sees, in the padded input too.
  func forEachTap(_ row: Int, _ column: Int, _ body: (_ tap: Int, _ y: Int, _ x: Int) -> Void) {
    for i in 0..<kernel[0] {
      for j in 0..<kernel[1] {
        body(
          i * kernel[1] + j, row * strides[0] - pads[0] + i * dilations[0],
          column * strides[1] - pads[1] + j * dilations[1])
      }
    }
  }

  /// `output[n, k, i, j] = bias[k] + sum input * weights` over the channels of k's group.
  func convolved(
    _ input: [Float], _ shape: [Int], weights: [Float], bias: [Float], group: Int
  ) -> [Float] {
    let (channels, height, width) = (shape[1], shape[2], shape[3])
    let size = output([height, width])
    let (inGroup, outGroup) = (channels / group, bias.count / group)
    let taps = kernel[0] * kernel[1]
    var result: [Float] = []
    for image in 0..<shape[0] {
      for filter in bias.indices {
        for row in 0..<size[0] {
          for column in 0..<size[1] {
            var sum = Double(bias[filter])
            for channel in 0..<inGroup {
              let plane = (image * channels + filter / outGroup * inGroup + channel) * height
              forEachTap(row, column) { tap, y, x in
                guard y >= 0, y < height, x >= 0, x < width else { return }
                let weight = weights[(filter * inGroup + channel) * taps + tap]
                sum += Double(weight) * Double(input[(plane + y) * width + x])
              }
            }
            result.append(Float(sum))
          }
        }
      }
    }
    return result
  }

  /// The mean or the maximum of every window.
  func pooled(
    _ input: [Float], _ shape: [Int], isMaximum: Bool, countsPadding: Bool
  ) -> [Float] {
    let (height, width) = (shape[2], shape[3])
    let size = output([height, width])
    var result: [Float] = []
    for plane in 0..<shape[0] * shape[1] {
      for row in 0..<size[0] {
        for column in 0..<size[1] {
          var (sum, largest, count) = (0.0, -Float.infinity, 0)
          forEachTap(row, column) { _, y, x in
            let isInside = y >= 0 && y < height && x >= 0 && x < width
            let isPadding = y < height + pads[2] && x < width + pads[3]
            if isInside || (countsPadding && isPadding) { count += 1 }
            guard isInside else { return }
            let value = input[(plane * height + y) * width + x]
            sum += Double(value)
            largest = max(largest, value)
          }
          result.append(isMaximum ? largest : Float(sum / Double(count)))
        }
      }
    }
    return result
  }
}
