import Terminal

extension ViewDefinition {
  /// The channels of the layer, the largest contribution first, and what the chosen one sees.
  static let channels = ViewDefinition(
    mode: .channels, title: "channels",
    missingJob: { $0.missingChannelsJob },
    draw: { $0.drawChannels(on: &$1) },
    pictures: { [$0.channelPicture] },
    perform: { $1.performInChannels($0) },
    arrows: "↑↓ channel", hint: "Enter mask")
}

extension ExplorerView {
  fileprivate func drawChannels(on screen: inout Screen) {
    guard let image = state.image.opened else { return }
    guard let channel = state.selectedChannel else {
      draw(PictureComposition(image: image, layer: .photo), in: layout.picture, on: &screen)
      return writeCaption(channelsCaption, on: &screen)
    }
    if state.channelChoice.isMaskShown {
      let masked = PictureComposition(image: image, layer: .masked(channel.activation))
      drawZoomed(masked.cropped, in: channelPicture, on: &screen)
    } else {
      drawChannelList(image, in: channelParts.list, on: &screen)
      drawZoomed(
        composition(image, channel.activation, isSigned: false).cropped, in: channelPicture,
        on: &screen)
    }
    writeCaption(channelsCaption, on: &screen)
  }

  /// Where the large picture lies.
  fileprivate var channelPicture: Rectangle {
    state.channelChoice.isMaskShown ? layout.picture : channelParts.picture
  }

  /// The list at the left, the chosen channel's picture at the right.
  private var channelParts: (list: Rectangle, picture: Rectangle) {
    let area = layout.picture
    let width =
      layout.kind == .full ? min(36, max(min(26, area.width / 2), area.width * 2 / 5)) : 18
    let left = layout.kind == .full ? 1 : 0
    let list = Rectangle(x: area.x + left, y: area.y, width: width, height: area.height)
    let start = area.x + left + width + 1
    return (
      list,
      Rectangle(x: start, y: area.y, width: area.x + area.width - start, height: area.height)
    )
  }

  private var channelsCaption: (String, TextStyle) {
    let name = state.selectedClass?.shortLabel ?? ""
    if let failure = state.failure(at: .phaseOne) ?? rankingFailure {
      return ("the channels cannot be ranked: \(failure)", theme.warning)
    }
    guard state.channelRanking != nil else {
      return ("\(spinner) ranking the channels", theme.muted)
    }
    guard let channel = state.selectedChannel else {
      return ("no channel of this layer speaks for \(name)", theme.warning)
    }
    guard state.channelChoice.isMaskShown else {
      return ("where channel \(channel.index) is bright\(channelTerms)", theme.plain)
    }
    let score =
      state.score(ofChannel: channel.index).map {
        ", S = \(Formatting.decimal(Double($0))) for \(name)"
      } ?? ""
    return ("the photo through channel \(channel.index)\(score) (Enter: back)", theme.plain)
  }

  /// What the letters of the list mean, where there is room for it.
  private var channelTerms: String {
    let notation = Notation(encoding: state.terminal.encoding)
    let contribution = notation("ΣG", "sum G")
    let terms =
      "; \(contribution): what it adds to the map, \(notation("α", "a")): its weight, S: its score"
    return (layout.caption.width >= 110 ? terms : "") + " (Enter: its mask)"
  }

  private var rankingFailure: String? {
    guard case .failed(let reason)? = state.channelRanking else { return nil }
    return reason
  }
}
