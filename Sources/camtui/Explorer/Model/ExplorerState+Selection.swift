import CAMEngine

/// What is chosen, and what is known of it.
extension ExplorerState {
  var isIncrementCAM: Bool { method == MapRequest.incrementCAM }

  /// The steps of the chosen method.
  var steps: [Step] { Step.steps(isIncrementCAM: isIncrementCAM) }

  /// The step on the screen.
  var step: Step {
    if steps.contains(chosenStep) { return chosenStep }
    return isIncrementCAM ? .phaseThree : .map
  }

  /// A target, as the model scores it for the image on the screen.
  func scored(_ target: Target) -> ClassScore? {
    let index = target.classIndex
    guard let scores = image.scores, scores.scores.indices.contains(index) else { return nil }
    let name = model.labels.indices.contains(index) ? model.labels[index] : "class \(index)"
    let direction = scores.probabilities == nil ? (target.isLess ? "less " : "more ") : ""
    return ClassScore(
      target: target, label: direction + name,
      probability: scores.probabilities.map { Double($0[index]) },
      score: Double(scores.scores[index]))
  }

  /// The chosen class.
  var selectedClass: ClassScore? { image.selectedTarget.flatMap { scored($0) } }

  /// The chosen layer.
  var selectedLayer: LayerFacts { model.layers[layer] }

  /// What is asked for: the chosen image, layer, class and method; `nil` before there are classes.
  var request: MapRequest? {
    guard image.opened != nil, let target = image.selectedTarget else { return nil }
    return MapRequest(
      image: currentImage, layer: layer, target: target, method: method,
      parameters: isIncrementCAM ? scoringParameters : ParameterValues())
  }

  /// The request for what a step shows.
  func request(at step: Step) -> MapRequest? {
    step == .phaseOne ? request?.phaseOne : step == .input ? nil : request
  }

  /// The finished map of a step, or what there is of it.
  func map(at step: Step) -> ActivationMap? {
    request(at: step).flatMap { map(of: $0, at: step) }
  }

  /// The map of a request, as a step shows it.
  func map(of request: MapRequest, at step: Step) -> ActivationMap? {
    let wanted = step == .phaseOne ? request.phaseOne : request
    guard let result = results.result(of: wanted) else { return nil }
    if isSignedMap(at: step) { return result.signed.centered }
    // Before the first channel is scored there is nothing to see.
    if step.needsScoring, let scoring = result.scoring, scoring.scoredCount == 0,
      !scoring.isComplete
    {
      return nil
    }
    return result.map(at: step, merging: mergingParameters)
  }

  /// The time that a step's map took, with the phases that it is made of.
  func seconds(at step: Step) -> Double? {
    guard let map = map(at: step) else { return nil }
    guard step == .phaseThree, let request, let result = results.result(of: request),
      let scoring = result.scoring
    else { return map.seconds }
    return result.map.seconds + scoring.seconds + map.seconds
  }

  /// Whether the step's picture is a map with positive and negative values.
  func isSignedMap(at step: Step) -> Bool {
    isSigned && (step == .phaseOne || step == .map)
  }

  /// Phase 2 of what is chosen, complete or not.
  var scoring: ChannelScoring? { request.flatMap { results.result(of: $0)?.scoring } }

  /// Whether Phase 2 of what is chosen is being computed.
  var isScoring: Bool {
    guard isIncrementCAM, let request, job == .explain(request) else { return false }
    return !isCancelling
  }

  /// Whether Phase 2 was stopped before its end.
  var isPartial: Bool { scoring.map { !$0.isComplete } ?? false }

  /// Why there is no map at a step; `nil` where nothing failed.
  func failure(at step: Step) -> String? {
    guard let request = request(at: step), case .failed(let reason)? = results[request] else {
      return nil
    }
    return reason
  }
}
