import Terminal

extension ViewDefinition {
  /// A box hides a part of the image; bars show what the model says without it.
  static let probe = ViewDefinition(
    mode: .probe, title: "probe",
    missingJob: { $0.missingProbeJob },
    draw: { $0.drawProbe(on: &$1) },
    pictures: { [$0.probePicture] },
    perform: { $1.performInProbe($0) },
    arrows: "↑↓←→ box", hint: "< > size")
}

extension ExplorerView {
  fileprivate func drawProbe(on screen: inout Screen) {
    guard let image = state.image.opened else { return }
    let area = layout.picture
    let picture = probePicture
    let bars = Rectangle(
      x: area.x, y: area.y + picture.height, width: area.width,
      height: area.height - picture.height)
    drawZoomed(probedPicture(of: image), in: picture, on: &screen)
    drawProbeBars(in: bars, on: &screen)
    writeCaption(probeCaption, on: &screen)
  }

  /// Where the picture lies, above the bars.
  fileprivate var probePicture: Rectangle {
    let area = layout.picture
    let barRows = layout.kind == .full ? (area.height >= 30 ? 7 : 5) : 1
    return Rectangle(x: area.x, y: area.y, width: area.width, height: area.height - barRows)
  }

  /// What the model sees, with the box.
  private func probedPicture(of image: OpenedImage) -> PictureComposition {
    var step = state.step
    if step != .input, state.map(at: step) == nil, state.isIncrementCAM { step = .phaseOne }
    var result = composition(image, at: step).cropped
    let (seen, box, probe) = (image.seenRegion, state.probe.box, state.probe)
    let across = seen.width / Double(probe.inputWidth)
    let down = seen.height / Double(probe.inputHeight)
    result.hidden = PictureRegion(
      x: seen.x + Double(box.left) * across, y: seen.y + Double(box.top) * down,
      width: Double(box.width) * across, height: Double(box.height) * down)
    return result
  }

  private var probeCaption: (String, TextStyle) {
    if let answer = state.probe.answer, !state.isProbing, case .failed(let reason) = answer.result {
      return ("the model has no answer: \(reason)", theme.warning)
    }
    let box = state.probe.box
    let hidden =
      "\(box.width) × \(box.height) of \(state.probe.inputWidth) × "
      + "\(state.probe.inputHeight) pixels are hidden"
    return ((state.isProbing ? spinner + " " : "") + hidden, theme.plain)
  }
}
