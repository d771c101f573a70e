/// What is known of the channels of a layer.
enum ChannelRanking: Equatable, Sendable {
  /// Those that add something to the Grad-CAM map, the largest contribution first.
  case ranked([RankedChannel])
  /// The sentence says why.
  case failed(String)
}

/// A channel with what Phase 1 says of it.
struct RankedChannel: Equatable, Sendable {
  /// The number of the channel in its layer.
  var index: Int
  /// alpha_k.
  var weight: Float
  /// The sum of `G_k = ReLU(alpha_k A_k)` over all places.
  var contribution: Float
  /// `N(A_k)`: what the channel sees, and its mask in Phase 2.
  var activation: ActivationMap
}

/// What is chosen in the channels view.
struct ChannelChoice: Equatable, Sendable {
  /// The class and layer whose channels these are; for others it begins at the first channel.
  var request: MapRequest?
  /// The place in the ranking.
  var row = 0
  /// Whether the photo is seen through the channel's mask.
  var isMaskShown = false
}

extension ExplorerState {
  /// The channels of the chosen layer for the chosen class; `nil` until they are ranked.
  var channelRanking: ChannelRanking? {
    request.flatMap { results.result(of: $0.phaseOne)?.ranking }
  }

  /// The ranked channels; empty until they are known.
  var rankedChannels: [RankedChannel] {
    guard case .ranked(let channels)? = channelRanking else { return [] }
    return channels
  }

  /// The place of the chosen channel in the ranking.
  var channelRow: Int {
    guard channelChoice.request == request?.phaseOne else { return 0 }
    return max(0, min(channelChoice.row, rankedChannels.count - 1))
  }

  /// The chosen channel.
  var selectedChannel: RankedChannel? {
    let channels = rankedChannels
    return channels.isEmpty ? nil : channels[channelRow]
  }

  /// S of a channel, once Phase 2 has scored it.
  func score(ofChannel index: Int) -> Float? {
    guard let request = request(by: MapRequest.incrementCAM),
      let scoring = results.result(of: request)?.scoring,
      scoring.order.prefix(scoring.scoredCount).contains(index)
    else { return nil }
    return scoring.scores[index]
  }

  /// What the channels view lacks; the Phase 2 of the chosen step goes on.
  var missingChannelsJob: Job? {
    guard let first = request?.phaseOne else { return nil }
    if isMissing(first) { return .explain(first) }
    if let result = results.result(of: first), result.ranking == nil {
      return .rankChannels(first)
    }
    return isIncrementCAM ? missingJob(for: requests(for: [step])) : nil
  }

  /// Takes the ranking, which is kept with the map that the channels add up to.
  mutating func note(_ ranking: ChannelRanking, of request: MapRequest) {
    guard var result = results.result(of: request) else { return }
    result.ranking = ranking
    results.store(.ready(result), for: request)
  }

  /// Carries out a command in the list of channels; `false` for other commands.
  mutating func performInChannels(_ command: ExplorerCommand) -> Bool {
    switch command {
    case .confirm:
      channelChoice.isMaskShown.toggle()
      return true
    case .dismiss where channelChoice.isMaskShown:
      channelChoice.isMaskShown = false
      return true
    default:
      guard isViewFocused,
        let row = command.row(from: channelRow, last: rankedChannels.count - 1)
      else { return false }
      (channelChoice.request, channelChoice.row) = (request?.phaseOne, row)
      return true
    }
  }
}
