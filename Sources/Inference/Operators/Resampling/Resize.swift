/// Resizes axes by interpolation, one axis after the other: nearest, linear or cubic, with every
/// transformation of coordinates, antialiasing, and crop and resize. Since opset 11 sizes may be given
/// instead of scales; before, coordinates are asymmetric.
struct Resize: ResamplingOperator {
  let settings: ResizeSettings

  init(_ node: NodeReader) throws { settings = try ResizeSettings(node) }

  func axes(_ node: NodeOperands) throws -> [ResizeAxis] {
    let shape = try node.input(0).shape
    guard node.opset > 10 else {
      return try settings.scaled(shape, by: try settings.numbers(node, 1, "scales"), node)
    }
    let regions =
      settings.coordinates == .cropAndResize
      ? try settings.numbers(node, 1, "roi") : nil
    if let sizes = try node.integers(3, "sizes"), !sizes.isEmpty {
      return try settings.sized(shape, to: sizes, regions: regions, node)
    }
    return try settings.scaled(
      shape, by: try settings.numbers(node, 2, "scales"), regions: regions, node)
  }
}

/// ``Resize`` before there was Resize: nearest or linear, with asymmetric coordinates; the scales are
/// an attribute before opset 9, an input since.
struct Upsample: ResamplingOperator {
  let settings: ResizeSettings
  let scales: [Float]?

  init(_ node: NodeReader) throws {
    settings = try ResizeSettings(upsampling: node)
    scales = node.floats("scales")
  }

  func axes(_ node: NodeOperands) throws -> [ResizeAxis] {
    let given = try settings.numbers(node, 1, "scales") ?? scales?.map { Double($0) }
    return try settings.scaled(try node.input(0).shape, by: given, node)
  }
}

/// The attributes of a resizing operator.
struct ResizeSettings: Sendable {
  let kernel: ResizeKernel
  let coordinates: ResizeCoordinates
  let excludesOutside: Bool
  /// What stands where a crop reaches beyond the tensor.
  let extrapolation: Float
  private let axes: [Int]?
  private let keepsAspect: KeptAspect

  private enum KeptAspect: String, Sendable {
    case stretch
    case notLarger = "not_larger"
    case notSmaller = "not_smaller"
  }

  init(_ node: NodeReader) throws {
    let isOld = node.opset < 11
    let isAntialiased = node.integer("antialias", default: 0) != 0
    let rule = node.string("nearest_mode", default: isOld ? "floor" : "round_prefer_floor")
    let cubic = Double(node.float("cubic_coeff_a", default: -0.75))
    let mode = node.string("mode", default: "nearest")
    guard let rule = ResizeKernel.NearestRule(rawValue: rule) else {
      throw node.unsupported("attribute nearest_mode = \(rule) is not known")
    }
    switch mode {
    case "nearest": kernel = .nearest(rule)
    case "linear", "bilinear", "trilinear": kernel = .linear(isAntialiased: isAntialiased)
    case "cubic": kernel = .cubic(a: cubic, isAntialiased: isAntialiased)
    default:
      throw node.unsupported("attribute mode = \(mode), nearest, linear or cubic was expected")
    }
    let transformation = node.string(
      "coordinate_transformation_mode", default: isOld ? "asymmetric" : "half_pixel")
    let policy = node.string("keep_aspect_ratio_policy", default: "stretch")
    guard let coordinates = ResizeCoordinates(rawValue: transformation),
      let keepsAspect = KeptAspect(rawValue: policy)
    else {
      throw node.unsupported("coordinates \(transformation), \(policy) are not known")
    }
    self.coordinates = coordinates
    self.keepsAspect = keepsAspect
    excludesOutside = node.integer("exclude_outside", default: 0) != 0
    extrapolation = node.float("extrapolation_value", default: 0)
    axes = node.integers("axes")
  }

  /// The settings of `Upsample`.
  init(upsampling node: NodeReader) throws {
    let mode = node.string("mode", default: "nearest")
    guard ["nearest", "linear", "bilinear"].contains(mode) else {
      throw node.unsupported("attribute mode = \(mode), nearest or linear was expected")
    }
    kernel = mode == "nearest" ? .nearest(.floor) : .linear(isAntialiased: false)
    coordinates = .asymmetric
    (excludesOutside, extrapolation, axes, keepsAspect) = (false, 0, nil, .stretch)
  }

  /// The numbers of an input that must be known; nil where it is left out or empty.
  func numbers(_ node: NodeOperands, _ index: Int, _ name: String) throws -> [Double]? {
    guard let operand = node.optional(index) else { return nil }
    guard let tensor = operand.constant else {
      throw node.failure("its \(name) must be constant")
    }
    return tensor.count == 0 ? nil : tensor.floats.map { Double($0) }
  }

  /// The axes for given scales.
  func scaled(
    _ shape: [Int], by scales: [Double]?, regions: [Double]? = nil, _ node: NodeOperands
  ) throws -> [ResizeAxis] {
    let axes = try resolved(shape, node)
    guard let scales, scales.count == axes.count,
      scales.allSatisfy({ $0 > 0 && $0 < 1e9 })
    else { throw node.failure("a positive scale for each of \(axes.count) axes was expected") }
    return try regionalized(axes, regions, node) { index, axis in
      let length = Double(shape[axis])
      let extent = regions.map { $0[index + axes.count] - $0[index] } ?? 1
      // 0.6 as float32 times 5 must not lose a place to rounding.
      let resized = length * extent * scales[index]
      guard (0..<1e9).contains(resized) else { throw node.failure("its scales do not fit") }
      return ResizeAxis(
        axis: axis, length: shape[axis], resized: Int((resized + 1e-6 * resized).rounded(.down)),
        scale: scales[index])
    }
  }

  /// The axes for given sizes.
  func sized(
    _ shape: [Int], to sizes: [Int], regions: [Double]?, _ node: NodeOperands
  ) throws -> [ResizeAxis] {
    let axes = try resolved(shape, node)
    guard sizes.count == axes.count, sizes.allSatisfy({ $0 >= 0 && $0 < 1 << 31 }) else {
      throw node.failure("a size for each of \(axes.count) axes was expected")
    }
    let scales = zip(axes, sizes).map { Double($1) / Double(max(1, shape[$0])) }
    let common: Double?
    switch keepsAspect {
    case .stretch: common = nil
    case .notLarger: common = scales.min()
    case .notSmaller: common = scales.max()
    }
    return try regionalized(axes, regions, node) { index, axis in
      ResizeAxis(
        axis: axis, length: shape[axis],
        resized: common.map { Int(($0 * Double(shape[axis]) + 0.5).rounded(.down)) }
          ?? sizes[index],
        scale: common ?? scales[index])
    }
  }

  private func regionalized(
    _ axes: [Int], _ regions: [Double]?, _ node: NodeOperands,
    _ make: (_ index: Int, _ axis: Int) throws -> ResizeAxis
  ) throws -> [ResizeAxis] {
    if let regions, regions.count != 2 * axes.count || !regions.allSatisfy({ abs($0) < 1e6 }) {
      throw node.failure("its roi must have a start and an end for each of \(axes.count) axes")
    }
    guard (coordinates == .cropAndResize) == (regions != nil) else {
      throw node.failure("crop and resize needs a roi")
    }
    return try axes.enumerated().map { index, axis in
      var result = try make(index, axis)
      if let regions { result.region = (regions[index], regions[index + axes.count]) }
      guard result.isIdentity || result.resized <= 1 << 20 else {
        throw node.failure(
          "an axis of \(result.resized) places is more than the 2^20 that are done")
      }
      return result
    }
  }

  private func resolved(_ shape: [Int], _ node: NodeOperands) throws -> [Int] {
    try axes?.map { try node.axis($0, rank: shape.count) } ?? Array(shape.indices)
  }

  /// The map along an axis, and which places of the result lie beyond the source.
  func weights(_ axis: ResizeAxis) -> (map: AxisWeights, outside: [Int]) {
    var (map, outside) = (AxisWeights(sourceLength: axis.length), [Int]())
    for place in 0..<axis.resized {
      let x = coordinates.source(of: place, axis)
      if coordinates == .cropAndResize, x < 0 || x > Double(axis.length - 1) {
        outside.append(place)
        map.append([])
      } else {
        map.append(terms(at: x, axis))
      }
    }
    return (map, outside)
  }

  private func terms(at x: Double, _ axis: ResizeAxis) -> [(place: Int, weight: Float)] {
    // The place on the left is left of the point, also where the point is a place.
    let left = Int(x.rounded(.up)) - 1
    let (weights, first) = kernel.weights(x - Double(left), scale: axis.scale)
    let places = weights.indices.map { left + first + $0 }
    let isInside = places.map { (0..<axis.length).contains($0) }
    let counted = zip(weights, isInside).map { $1 || !excludesOutside ? $0 : 0 }
    let sum = excludesOutside ? counted.reduce(0, +) : 1
    return zip(places, counted).map { place, weight in
      (place.clamped(to: 0...max(0, axis.length - 1)), Float(sum == 0 ? 0 : weight / sum))
    }
  }
}
