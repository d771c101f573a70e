/// A key of the keyboard, as a terminal tells it.
public enum Key: Hashable, Sendable {
  /// A character, Shift included.
  case character(Character)
  /// Control with a letter, in lower case.
  case control(Character)
  /// F1 and following.
  case function(Int)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
}

/// A button, the wheel or a movement of the mouse.
public struct MouseEvent: Hashable, Sendable {
  /// What happened.
  public enum Action: Hashable, Sendable {
    /// A button went down; 1 is the left one, 2 the middle one, 3 the right one.
    case press(Int)
    /// A button went up.
    case release(Int)
    /// The mouse moved with a button held.
    case drag
    /// The wheel turned away from the user.
    case wheelUp
    /// The wheel turned towards the user.
    case wheelDown
  }

  /// What happened.
  public var action: Action
  /// The column of the cell under the pointer.
  public var x: Int
  /// Its row.
  public var y: Int

  /// An event at a cell.
  public init(_ action: Action, x: Int, y: Int) {
    self.action = action
    self.x = x
    self.y = y
  }
}

/// A signal that asks the program to end.
public struct TerminationSignal: Hashable, Sendable {
  /// The number of the signal, such as `SIGINT`.
  public let number: Int32

  init(number: Int32) {
    self.number = number
  }
}

/// What ``TerminalSession/nextEvent(timeout:)`` reports.
public enum TerminalEvent: Equatable, Sendable {
  /// A key was pressed.
  case key(Key)
  /// The mouse was used.
  case mouse(MouseEvent)
  /// Text was pasted, in one piece.
  case paste(String)
  /// The terminal has a new size, or its picture was lost: draw again.
  case resize(columns: Int, rows: Int)
  /// ``TerminalWaker/wake()`` was called, once or more often.
  case wake
  /// The user, the system or a closed window ends the program: close the session, then call
  /// ``TerminationSignal/reraise()``.
  case terminate(TerminationSignal)
}
