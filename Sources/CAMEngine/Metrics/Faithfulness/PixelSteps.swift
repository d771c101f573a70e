/// Turns one image into another pixel by pixel, those first that a map ranks highest.
struct PixelSteps {
  let ranking: PixelRanking
  /// Pixels that a step changes.
  let step: Int

  /// The class's probability before the first step and after every step; `ceil(pixels / step) + 1`.
  ///
  /// - Parameters:
  ///   - start: The image to begin with, `[planes, height, width]`.
  ///   - finish: The image at the end, of the same size.
  ///   - network: The network.
  /// - Returns: The curve.
  /// - Throws: `CancellationError`, or an ``InferenceError``.
  func curve(
    from start: [Float], to finish: [Float], _ network: some ClassProbabilities
  ) throws -> ProbabilityCurve {
    let steps = (ranking.order.count + step - 1) / step
    var image = start
    let probabilities = try network.probabilities(count: steps + 1) { index, place in
      if index > 0 { change(&image, to: finish, step: index - 1) }
      _ = place.update(fromContentsOf: image)
    }
    return ProbabilityCurve(probabilities)
  }

  private func change(_ image: inout [Float], to finish: [Float], step index: Int) {
    let pixels = ranking.order.count
    let planes = image.count / pixels
    for rank in index * step..<min((index + 1) * step, pixels) {
      let pixel = Int(ranking.order[rank])
      for plane in 0..<planes {
        image[plane * pixels + pixel] = finish[plane * pixels + pixel]
      }
    }
  }
}
