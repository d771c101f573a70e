import CAMEngine

/// What the compare view puts side by side.
struct Comparison: Equatable, Sendable {
  /// In what the maps differ.
  enum Axis: String, CaseIterable, Equatable, Sendable {
    case methods, layers, classes

    /// The one that the key leads to.
    var next: Axis {
      let all = Self.allCases
      return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
  }

  /// More maps would be too small.
  static let largestCount = 6
  /// So many slow methods take part at most, that there is room for fast ones.
  static let largestSlowCount = 3

  var axis = Axis.methods
  /// Whether the slow method was asked for, anew along every axis; one that is computed already takes part anyway.
  var isSlowWanted = false
}

/// One of the maps side by side.
struct ComparedMap: Equatable {
  var request: MapRequest
  var name: String
  /// Whether it is what is chosen in the lists and menus.
  var isChosen: Bool

  /// The step of its method that is shown.
  var step: Step { request.isIncrementCAM ? .phaseThree : .map }
}

extension ExplorerState {
  /// The maps side by side; empty before there are classes.
  var comparedMaps: [ComparedMap] {
    switch comparison.axis {
    case .methods: comparedMethods
    case .layers: comparedLayers
    case .classes: comparedClasses
    }
  }

  /// What the compare view lacks: fast methods first.
  var missingComparisonJob: Job? {
    let requests = comparedMaps.map(\.request)
    return missingJob(
      for: requests.filter { isFast($0.method) } + requests.filter { !isFast($0.method) })
  }

  /// The slow method that Enter adds: the chosen one, or else Increment-CAM.
  var slowMethod: String { isFast(method) ? MapRequest.incrementCAM : method }

  /// The method by which layers and classes are compared.
  var comparedMethod: String {
    isFast(method) || comparison.isSlowWanted ? method : MapRequest.gradCAM
  }

  /// What is chosen, by another method.
  func request(by method: String) -> MapRequest? {
    guard var request else { return nil }
    request.method = method
    request.parameters = request.isIncrementCAM ? scoringParameters : ParameterValues()
    return request
  }

  /// Adds the slow method, or leaves it out again.
  mutating func wantSlowMethod(_ isWanted: Bool) {
    comparison.isSlowWanted = isWanted
    if isWanted {
      stopped.subtract(comparedMaps.map(\.request))
    } else if case .explain(let running)? = job, !isFast(running.method) {
      stopped.insert(running)
    }
  }

  /// Whether a method needs one forward and one backward pass at most.
  func isFast(_ method: String) -> Bool { model.fastMethods.contains(method) }

  private var comparedMethods: [ComparedMap] {
    let fast = model.fastMethods
    let slow = model.methods.filter { !isFast($0) && takesPart($0) }
      .prefix(Comparison.largestSlowCount)
    return (fast.prefix(Comparison.largestCount - slow.count) + slow).compactMap { name in
      request(by: name).map {
        ComparedMap(
          request: $0, name: MethodNote.of(name).title, isChosen: name == method)
      }
    }
  }

  private func takesPart(_ slow: String) -> Bool {
    if comparison.isSlowWanted, slow == slowMethod { return true }
    return request(by: slow).flatMap { results.result(of: $0)?.isComplete } ?? false
  }

  /// The last layer of each size of map, and the chosen one.
  private var comparedLayers: [ComparedMap] {
    let layers = model.layers
    let all = layers.indices.filter { place in
      place == layer || place + 1 == layers.count
        || layers[place + 1].width != layers[place].width
        || layers[place + 1].height != layers[place].height
    }
    var places = Array(all.suffix(Comparison.largestCount))
    if !places.contains(layer) { places[0] = layer }
    return places.compactMap { place in
      request(by: comparedMethod).map {
        var compared = $0
        compared.layer = place
        return ComparedMap(
          request: compared, name: layers[place].name, isChosen: place == layer)
      }
    }
  }

  /// The first classes of the list, and the chosen one.
  private var comparedClasses: [ComparedMap] {
    var rows = Array(image.listedTargets.indices.prefix(Comparison.largestCount))
    if !rows.contains(image.selectedRow), !rows.isEmpty { rows[rows.count - 1] = image.selectedRow }
    return rows.compactMap { row in
      let target = image.listedTargets[row]
      guard var compared = request(by: comparedMethod), let scored = scored(target) else {
        return nil
      }
      compared.target = target
      return ComparedMap(
        request: compared, name: scored.shortLabel, isChosen: row == image.selectedRow)
    }
  }
}
