/// A map that is measured: the key under which its numbers are kept.
struct MeasuredMap: Hashable, Sendable {
  var request: MapRequest
  /// Phase 2, Phase 3, or the map of a method; Phase 1 is the map of Grad-CAM.
  var step: Step
  /// The parameters of Phase 3; empty for the others.
  var merging = ParameterValues()
}

/// Some numbers of a map, to be computed.
struct Measurement: Equatable, Sendable {
  let map: MeasuredMap
  let part: MeasurementPart
  /// The map itself.
  let values: ActivationMap
}

/// What is known of a map.
struct MeasuredNumbers: Equatable, Sendable {
  var numbers = MapNumbers()
  /// What was measured, or failed.
  var done: [MeasurementPart] = []
  /// Why something could not be measured.
  var failure: String?
}

/// How far something is, in passes.
struct PassCount: Equatable, Sendable {
  var done: Int
  var total: Int
}

/// What is chosen in the numbers view.
struct NumbersChoice: Equatable, Sendable {
  /// The place of the number that is explained.
  var row = 0
  /// What the user stopped the measuring of.
  var stopped: MapRequest?
  /// How far the running measurement is.
  var count: PassCount?
}

extension ExplorerState {
  /// The step whose numbers are shown.
  var numbersStep: Step { step == .input ? steps[1] : step }

  /// The steps whose numbers are compared.
  var measuredSteps: [Step] { steps.filter { $0 != .input } }

  /// The key of a step's map.
  func measuredMap(at step: Step) -> MeasuredMap? {
    switch step {
    case .input: nil
    case .phaseOne: request.map { MeasuredMap(request: $0.phaseOne, step: .map) }
    case .phaseThree:
      request.map { MeasuredMap(request: $0, step: step, merging: mergingParameters) }
    default: request.map { MeasuredMap(request: $0, step: step) }
    }
  }

  /// What is known of a step's map.
  func measured(at step: Step) -> MeasuredNumbers? {
    measuredMap(at: step).flatMap { measurements[$0] }
  }

  /// The numbers in the table: those that need boxes only where there are any.
  var shownNumbers: [MapNumber] {
    let known = measuredSteps.compactMap { measured(at: $0)?.numbers.values }
    return MapNumber.allCases.filter { number in
      !number.needsBoxes || known.contains { $0[number] != nil }
    }
  }

  /// Whether numbers of boxes are in the table.
  var hasBoxNumbers: Bool { shownNumbers.contains(where: \.needsBoxes) }

  /// Whether it is known that there are no boxes: what the model was asked once for lacks them.
  var lacksBoxes: Bool {
    !hasBoxNumbers
      && measuredSteps.contains {
        guard let known = measured(at: $0) else { return false }
        return known.done.contains(.masked) && !known.numbers.values.isEmpty
      }
  }

  /// The number that is explained.
  var selectedNumber: MapNumber {
    let shown = shownNumbers
    return shown[max(0, min(numbers.row, shown.count - 1))]
  }

  /// What the numbers view lacks: the map on the screen, what one pass says of each map that is there,
  /// the other numbers of the map on the screen, then those of the other phases.
  var missingNumbersJob: Job? {
    if let job = missingJob(for: requests(for: [numbersStep])) { return job }
    for step in [numbersStep] + measuredSteps {
      if let job = missingMeasurement(at: step, [.masked]) { return job }
    }
    if let job = missingMeasurement(at: numbersStep) { return job }
    if let job = missingJob(for: requests(for: steps)) { return job }
    for step in measuredSteps {
      if let job = missingMeasurement(at: step) { return job }
    }
    return nil
  }

  private func missingMeasurement(
    at step: Step, _ wanted: [MeasurementPart] = MeasurementPart.allCases
  ) -> Job? {
    guard let key = measuredMap(at: step), numbers.stopped != request,
      let values = completeMap(of: key)
    else { return nil }
    let done = measurements[key]?.done ?? []
    return parts(of: key).first { wanted.contains($0) && !done.contains($0) }.map {
      .measure(Measurement(map: key, part: $0, values: values))
    }
  }

  /// What takes few passes comes first: another map takes few where the method does.
  private func parts(of map: MeasuredMap) -> [MeasurementPart] {
    isFast(map.request.method)
      ? [.masked, .again, .insertion, .deletion] : [.masked, .insertion, .deletion, .again]
  }

  /// A map as it was made, never the signed one; `nil` while it is not complete.
  private func completeMap(of key: MeasuredMap) -> ActivationMap? {
    guard let result = results.result(of: key.request), result.isComplete else { return nil }
    return result.map(at: key.step, merging: key.merging)
  }

  /// Takes the numbers that a job found, or why there are none.
  mutating func note(_ outcome: JobOutcome, of measurement: Measurement) {
    var known = measurements[measurement.map] ?? MeasuredNumbers()
    switch outcome {
    case .measured(let more): known.numbers.merge(more)
    case .failed(let reason): known.failure = reason
    default: return
    }
    known.done.append(measurement.part)
    measurements[measurement.map] = known
  }

  /// Takes how far the running measurement is.
  mutating func note(_ running: Job, _ count: PassCount) {
    if job == running { numbers.count = count }
  }

  /// Carries out a command in the numbers view; `false` for other commands.
  mutating func performInNumbers(_ command: ExplorerCommand) -> Bool {
    switch command {
    case .dismiss:
      guard case .measure? = job else { return false }
      numbers.stopped = request
    case .confirm:
      numbers.stopped = nil
      return false
    case .showStep(let number) where steps.indices.contains(number - 1) && number > 1:
      showNumbers(ofStep: number - 1)
    case .previousStep: moveNumbers(by: -1)
    case .nextStep: moveNumbers(by: 1)
    default:
      guard isViewFocused,
        let row = command.row(from: numbers.row, last: shownNumbers.count - 1)
      else { return false }
      numbers.row = row
    }
    return true
  }

  private mutating func moveNumbers(by distance: Int) {
    let place = (steps.firstIndex(of: numbersStep) ?? 1) + distance
    showNumbers(ofStep: min(max(1, place), steps.count - 1))
  }

  private mutating func showNumbers(ofStep place: Int) {
    chosenStep = steps[place]
    turnToPageOfStep()
  }
}
