import CAMEngine
import Terminal

extension ExplorerView {
  /// The methods, with what they do in words.
  func drawMethods(_ row: Int, on screen: inout Screen) {
    let methods = state.model.methods
    let menu = Menu(
      title: "Method", hint: "Enter chooses",
      rows: methods.map {
        (MethodNote.of($0).title, $0 == state.method ? "shown" : "")
      }, selected: row, note: MethodNote.of(methods[row]).text, noteRows: 3)
    draw(menu, on: &screen)
  }
}
