import Terminal

extension ViewDefinition {
  /// One large picture of the chosen step.
  static let single = ViewDefinition(
    mode: .single, title: "one picture",
    missingJob: { $0.missingJob(for: $0.requests(for: [$0.step])) },
    draw: { $0.drawSingle(on: &$1) },
    pictures: { [$0.layout.picture] },
    perform: { $1.performWithCursor($0) })
}

extension ExplorerState {
  /// What must be computed for some steps, in the order of the computation. Phase 1 always is: it
  /// costs little, and then it is there.
  func requests(for steps: [Step]) -> [MapRequest] {
    guard let request else { return [] }
    guard isIncrementCAM else { return [request] }
    return [request.phaseOne] + (steps.contains(where: \.needsScoring) ? [request] : [])
  }
}

extension ExplorerView {
  fileprivate func drawSingle(on screen: inout Screen) {
    guard let image = state.image.opened else { return }
    drawZoomed(largePicture(of: image), in: layout.picture, on: &screen)
    drawCursor(on: &screen)
    drawCaption(on: &screen)
  }

  private func largePicture(of image: OpenedImage) -> PictureComposition {
    guard state.step != .input, let shown = shownMap else {
      return PictureComposition(image: image, layer: .photo)
    }
    return composition(
      image, state.map(of: shown.request, at: shown.step),
      isSigned: state.isSignedMap(at: shown.step))
  }
}
