/// Makes keys and pasted text of what ncurses reads.
struct KeyDecoder {
  /// The codes that ncurses is told to report around a paste; above its own.
  static let pasteStart: Int32 = 0x1001
  static let pasteEnd: Int32 = 0x1002
  /// The code for the answer to ``FrameAnswers/question``.
  static let statusReport: Int32 = 0x1003

  /// One result of `get_wch`.
  enum Input: Equatable {
    /// A function key, by its code in ncurses.
    case code(Int32)
    /// A character.
    case scalar(Unicode.Scalar)
  }

  private enum State: Equatable {
    case ground
    case escape
    /// Inside a control sequence that ncurses does not know: dropped to its final byte.
    case sequence
    case paste
  }

  private var state = State.ground
  /// What the sequence or the paste has so far. Apart from the state, so that it grows where it is.
  private var text: [Unicode.Scalar] = []
  /// Whether the sequence goes on in another piece of input, if it is the beginning of a paste.
  private var isHeld = false

  /// The brackets around a paste, where they come so slowly that ncurses takes them for single keys.
  private static let pasteStartSequence = Array("\u{1B}[200~".unicodeScalars)
  private static let pasteEndSequence = Array("\u{1B}[201~".unicodeScalars)

  /// Takes the next input and returns the events that it completes.
  mutating func decode(_ input: Input) -> [TerminalEvent] {
    switch (state, input) {
    case (.paste, _):
      return continuePaste(input)
    case (_, .code(Self.pasteStart)):
      beginPaste()
      return []
    case (.sequence, .scalar(let scalar)):
      text.append(scalar)
      if isHeld, !isBeginningOfPaste {
        state = .ground
        return decode(input)
      }
      guard (0x40...0x7E).contains(scalar.value) else { return [] }
      state = .ground
      if text == Self.pasteStartSequence { beginPaste() }
      return []
    case (.escape, .scalar("[")), (.escape, .scalar("O")):
      state = .sequence
      text = input == .scalar("[") ? ["\u{1B}", "["] : []
      isHeld = false
      return []
    case (.escape, _):
      state = .ground
      return [.key(.escape)] + decode(input)
    case (_, .scalar("\u{1B}")):
      state = .escape
      return []
    case (_, .scalar(let scalar)):
      return [.key(Self.key(for: scalar))]
    case (_, .code(let code)):
      return Self.key(forCode: code).map { [.key($0)] } ?? []
    }
  }

  /// Ends a run of input that came in one piece: a lone escape is the Escape key. The beginning of a
  /// paste may go on in the next piece.
  mutating func finish() -> [TerminalEvent] {
    defer {
      isHeld = state == .sequence && !text.isEmpty && isBeginningOfPaste
      if state == .escape || state == .sequence && !isHeld { state = .ground }
    }
    return state == .escape ? [.key(.escape)] : []
  }

  private var isBeginningOfPaste: Bool {
    Self.pasteStartSequence.prefix(text.count).elementsEqual(text)
  }

  private mutating func beginPaste() {
    state = .paste
    text = []
  }

  private mutating func continuePaste(_ input: Input) -> [TerminalEvent] {
    switch input {
    case .code(Self.pasteEnd):
      return endPaste()
    case .scalar(let scalar):
      text.append(scalar)
      guard scalar == "~", text.suffix(Self.pasteEndSequence.count) == Self.pasteEndSequence[...]
      else { return [] }
      text.removeLast(Self.pasteEndSequence.count)
      return endPaste()
    case .code:
      return []
    }
  }

  private mutating func endPaste() -> [TerminalEvent] {
    defer { text = [] }
    state = .ground
    return [.paste(String(String.UnicodeScalarView(text)))]
  }

  private static func key(for scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 0x0A, 0x0D: .enter
    case 0x09: .tab
    case 0x08, 0x7F: .backspace
    case 0x01...0x1A: .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x60))))
    case 0x00...0x1F: .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x40))))
    default: .character(Character(scalar))
    }
  }
}
