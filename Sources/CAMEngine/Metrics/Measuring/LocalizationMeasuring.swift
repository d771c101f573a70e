/// The figures that compare a map with the object's boxes.
struct LocalizationMeasuring {
  /// The map at the input's size.
  let map: HeatMap
  /// The boxes on the input, at least one.
  let boxes: [Box]
  let wanted: Set<Metric>
  let settings: MetricSettings

  /// The figures that are wanted.
  var measured: MapMeasurement {
    var result = MapMeasurement()
    let mask = BoxMask(boxes, width: map.width, height: map.height)
    if wanted.contains(.energyPointingGame) {
      result.values[.energyPointingGame] = EnergyPointingGame.value(map.values, inside: mask)
    }
    if wanted.contains(.pointingGame) {
      result.values[.pointingGame] = PointingGame.value(
        map, in: boxes, tolerance: settings.pointingTolerance)
    }
    if wanted.contains(.pixelAveragePrecision) {
      result.values[.pixelAveragePrecision] = PixelAveragePrecision.value(
        map.values, PixelRanking(map.values), inside: mask)
    }
    measureOverlap(&result)
    return result
  }

  private func measureOverlap(_ result: inout MapMeasurement) {
    guard !wanted.isDisjoint(with: [.boxIoU, .bestBoxIoU, .maxBoxAccV2]) else { return }
    let overlap = BoxOverlap(map, boxes: boxes)
    result.values[.boxIoU] = overlap.overlap(atThreshold: settings.boxThreshold)
    result.values[.bestBoxIoU] = overlap.highest
    if wanted.contains(.maxBoxAccV2) {
      let hits = MaxBoxAccuracy.Hits(overlap)
      result.boxHits = hits
      result.values[.maxBoxAccV2] = MaxBoxAccuracy.values([hits])[0]
    }
  }
}
