import CAMEngine
import Terminal

extension ViewDefinition {
  /// Up to six maps side by side, of different methods, layers or classes.
  static let compare = ViewDefinition(
    mode: .compare, title: "compare",
    missingJob: { $0.missingComparisonJob },
    draw: { $0.drawCompare(on: &$1) },
    pictures: { $0.compareGrid?.pictures ?? [] },
    perform: { command, state in
      switch command {
      case .nextComparison: state.comparison = Comparison(axis: state.comparison.axis.next)
      case .confirm: state.wantSlowMethod(true)
      case .dismiss where state.comparison.isSlowWanted: state.wantSlowMethod(false)
      default: return false
      }
      return true
    },
    hint: "d compare")
}

extension ExplorerView {
  /// From so many lines on, name and value have a line each.
  private static let rowsForTwoTitles = 18

  fileprivate func drawCompare(on screen: inout Screen) {
    guard let image = state.image.opened else { return }
    let compared = state.comparedMaps
    guard let grid = compareGrid else {
      draw(PictureComposition(image: image, layer: .photo), in: layout.picture, on: &screen)
      return drawCaption(on: &screen)
    }
    for (place, item) in compared.enumerated() {
      let map = state.map(of: item.request, at: item.step)
      drawZoomed(
        composition(image, map, isSigned: state.isSignedMap(at: item.step)).cropped,
        in: grid.pictures[place], on: &screen)
      drawTitle(of: item, in: grid.titles[place], on: &screen)
    }
    writeCaption((comparisonCaption, theme.plain), on: &screen)
  }

  /// `nil` while there is nothing to compare.
  fileprivate var compareGrid: PictureGrid? {
    let count = state.comparedMaps.count
    guard let image = state.image.opened, count > 0 else { return nil }
    return PictureGrid(
      area: layout.picture, count: count, aspect: cellAspect(of: image),
      titleRows: layout.picture.height >= Self.rowsForTwoTitles ? 2 : 1)
  }

  private func drawTitle(of item: ComparedMap, in area: Rectangle, on screen: inout Screen) {
    let name = item.isChosen ? "[\(item.name)]" : item.name
    let style = item.isChosen ? theme.title : theme.plain
    let (value, valueStyle) = value(of: item)
    guard area.height < 2 else {
      writeCentered(name, in: area, style: style, on: &screen)
      let line = Rectangle(x: area.x, y: area.y + 1, width: area.width, height: 1)
      return writeCentered(value, in: line, style: valueStyle, on: &screen)
    }
    let both = "\(name) \(value)"
    let fits = DisplayWidth.columns(of: both) <= area.width
    writeCentered(fits ? both : name, in: area, style: style, on: &screen)
  }

  /// What is said of a map beside its name.
  private func value(of item: ComparedMap) -> (String, TextStyle) {
    if case .failed? = state.results[item.request] { return ("failed", theme.warning) }
    let result = state.results.result(of: item.request)
    if let result, result.isComplete {
      return result.isEmpty ? ("empty", theme.warning) : (value(of: item, result), theme.muted)
    }
    if let scoring = result?.scoring, scoring.scoredCount > 0 {
      return ("\(scoring.scoredCount) of \(scoring.order.count) channels", theme.muted)
    }
    if state.job == .explain(item.request) { return ("\(spinner) computing", theme.muted) }
    return (state.isMissing(item.request) ? "waiting" : "stopped", theme.muted)
  }

  private func value(of item: ComparedMap, _ result: MapResult) -> String {
    switch state.comparison.axis {
    case .methods: Formatting.duration(result.map.seconds + (result.scoring?.seconds ?? 0))
    case .layers: state.model.layers[item.request.layer].shape
    case .classes:
      state.scored(item.request.target)?.figure ?? ""
    }
  }

  private var comparisonCaption: String {
    let name = state.selectedClass?.shortLabel ?? ""
    let method = MethodNote.of(state.comparedMethod).title
    let slow = MethodNote.of(state.slowMethod).title
    let next = "d: by \(state.comparison.axis.next.rawValue)"
    let isSlowShown = state.comparedMaps.contains { $0.request.method == state.slowMethod }
    let more = isSlowShown ? next : "\(next), Enter: \(slow)"
    switch state.comparison.axis {
    case .methods: return "methods for \(name) (\(more))"
    case .layers: return "layers by \(method) for \(name) (\(more))"
    case .classes: return "classes by \(method) at \(state.selectedLayer.name) (\(more))"
    }
  }
}
