/// What lies on top takes the commands that mean something there.
extension ExplorerState {
  mutating func open(_ command: ExplorerCommand) -> [ExplorerEffect] {
    switch command {
    case .search:
      dialog = .search(ClassSearch())
      return [.search("")]
    case .methods: dialog = .methods(row: model.methods.firstIndex(of: method) ?? 0)
    case .parameters: dialog = .parameters(row: 0)
    default: dialog = .help(firstLine: 0)
    }
    return []
  }

  /// Carries out a command in what lies on top; `false` where nothing does, or where the command
  /// is for what lies below.
  mutating func performInDialog(_ command: ExplorerCommand) -> Bool {
    guard let dialog else { return false }
    if command == .dismiss || command == dialog.opener {
      self.dialog = nil
      return true
    }
    switch dialog {
    case .help(let line):
      return scrollHelp(command, from: line)
    case .methods(let row):
      return performInMethods(command, row: row)
    case .parameters(let row):
      return performInParameters(command, row: row)
    case .search(let search):
      return performInSearch(command, search)
    }
  }

  private mutating func scrollHelp(_ command: ExplorerCommand, from line: Int) -> Bool {
    let last = keys.bindings.count - 1
    guard let next = command.row(from: line, last: last) else {
      dialog = nil
      return command == .confirm
    }
    dialog = .help(firstLine: next)
    return true
  }

  private mutating func performInMethods(_ command: ExplorerCommand, row: Int) -> Bool {
    if command == .confirm {
      method = model.methods[row]
      dialog = nil
      turnToPageOfStep()
      return true
    }
    guard let next = command.row(from: row, last: model.methods.count - 1) else { return false }
    dialog = .methods(row: next)
    return true
  }

  private mutating func performInParameters(_ command: ExplorerCommand, row: Int) -> Bool {
    switch command {
    case .confirm: dialog = nil
    case .previousStep: changeParameter(row, by: -1)
    case .nextStep: changeParameter(row, by: 1)
    default:
      guard let next = command.row(from: row, last: model.parameters.count - 1) else {
        return false
      }
      dialog = .parameters(row: next)
    }
    return true
  }

  /// The value before or after, in a circle.
  private mutating func changeParameter(_ row: Int, by distance: Int) {
    guard model.parameters.indices.contains(row) else { return }
    let parameter = model.parameters[row]
    let choices = parameter.choices
    let place = choices.firstIndex(of: value(of: parameter)) ?? 0
    let value = choices[(place + distance + choices.count) % choices.count]
    switch parameter.phase {
    case .two: scoringParameters[parameter.name] = value
    case .three: mergingParameters[parameter.name] = value
    }
  }

  func value(of parameter: Parameter) -> String {
    parameter.phase == .two ? scoringParameters[parameter.name] : mergingParameters[parameter.name]
  }
}

extension Dialog {
  /// The command that opens it, and closes it again.
  fileprivate var opener: ExplorerCommand {
    switch self {
    case .help: .help
    case .methods: .methods
    case .parameters: .parameters
    case .search: .search
    }
  }
}

extension ExplorerCommand {
  /// The line that a command leads to, between 0 and `last`; `nil` for other commands.
  func row(from row: Int, last: Int) -> Int? {
    switch self {
    case .previousRow: max(0, row - 1)
    case .nextRow: min(max(0, last), row + 1)
    case .firstRow: 0
    case .lastRow: max(0, last)
    default: nil
    }
  }
}
