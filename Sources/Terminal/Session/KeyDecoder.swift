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
    case paste(String)
  }

  private var state = State.ground

  /// Takes the next input and returns the events that it completes.
  mutating func decode(_ input: Input) -> [TerminalEvent] {
    switch (state, input) {
    case (.paste(let text), _):
      return continuePaste(text, input)
    case (_, .code(Self.pasteStart)):
      state = .paste("")
      return []
    case (.sequence, .scalar(let scalar)):
      if (0x40...0x7E).contains(scalar.value) { state = .ground }
      return []
    case (.escape, .scalar("[")), (.escape, .scalar("O")):
      state = .sequence
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

  /// Ends a run of input that came in one piece: a lone escape is the Escape key.
  mutating func finish() -> [TerminalEvent] {
    defer { if state == .escape || state == .sequence { state = .ground } }
    return state == .escape ? [.key(.escape)] : []
  }

  private mutating func continuePaste(_ text: String, _ input: Input) -> [TerminalEvent] {
    switch input {
    case .code(Self.pasteEnd):
      state = .ground
      return [.paste(text)]
    case .scalar(let scalar):
      state = .paste(text + String(Character(scalar)))
      return []
    case .code:
      return []
    }
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
