import Terminal

/// What keys do: the user's wishes, then ``KeyTable``.
struct KeyBindings: Equatable, Sendable {
  /// A line of the user's file.
  struct Override: Equatable, Sendable {
    var command: ExplorerCommand
    var keys: [Key]
  }

  private(set) var overrides: [Override] = []

  /// What a key does, or `nil`.
  func command(for key: Key) -> ExplorerCommand? {
    overrides.first { $0.keys.contains(key) }?.command ?? KeyTable.command(for: key)
  }

  /// The lines of the help: the table, then the user's own.
  var bindings: [KeyBinding] {
    KeyTable.bindings
      + overrides.map { override in
        let name = KeyTable.bindings.first { binding in
          binding.commands.contains { $0.command == override.command }
        }?.meaning
        return KeyBinding(
          override.keys.map(\.name).joined(separator: " "), name ?? override.command.name,
          override.keys.map { ($0, override.command) })
      }
  }

  /// Gives a command more keys; what they did before they do no more.
  ///
  /// - Parameters:
  ///   - command: The name of the command, as in ``commands``.
  ///   - text: The names of keys with spaces between them.
  /// - Returns: What is wrong with either, for people; `nil` when nothing is.
  mutating func bind(command: String, toKeys text: String) -> String? {
    guard let known = Self.commands.first(where: { $0.name == command }) else {
      let names = Self.commands.map(\.name).joined(separator: ", ")
      return "'\(command)' is no command; expected one of \(names)."
    }
    var keys: [Key] = []
    for name in text.split(separator: " ").map(String.init) {
      guard let key = Key(name: name), key != .control("c") else {
        return "'\(name)' is no key to choose; expected one such as x, ctrl-x, f5, space or up."
      }
      if overrides.contains(where: { $0.keys.contains(key) }) {
        return "the key '\(name)' has a command already; one was expected."
      }
      keys.append(key)
    }
    overrides.append(Override(command: known.command, keys: keys))
    return nil
  }

  /// Every command that has a key, by its name.
  static let commands: [(name: String, command: ExplorerCommand)] = {
    var known: [(name: String, command: ExplorerCommand)] = []
    for (_, command) in KeyTable.bindings.flatMap(\.commands)
    where !known.contains(where: { $0.command == command }) {
      known.append((command.name, command))
    }
    return known
  }()
}

extension ExplorerCommand {
  /// The name in the configuration file: that of the case in lower case with hyphens, then its
  /// number, as in `next-class` and `show-step-1`.
  var name: String {
    var name = ""
    for character in String(describing: self) {
      if character.isUppercase {
        name += "-" + character.lowercased()
      } else if character.isLetter {
        name.append(character)
      } else if character.isNumber {
        name += (name.last?.isNumber ?? false) ? String(character) : "-\(character)"
      }
    }
    return name
  }
}
