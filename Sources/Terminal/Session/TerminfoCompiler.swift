import Glibc

/// Compiles a terminfo entry into a private directory that lives only as long as it is needed.
enum TerminfoCompiler {
  /// Runs `body` while ncurses can find the entry by its name.
  ///
  /// The entry is compiled by `tic` (package ncurses-bin) into a new directory that only this user
  /// can read, named in `TERMINFO_DIRS` meanwhile; both are undone before returning.
  /// Cost: about 10 ms.
  ///
  /// - Parameters:
  ///   - entry: The entry.
  ///   - body: What to do.
  /// - Returns: What `body` returns, or `nil` when the entry cannot be compiled.
  static func withCompiled<Result>(_ entry: TerminfoEntry, _ body: () -> Result?) -> Result? {
    guard let directory = makeDirectory() else { return nil }
    defer { remove(directory, entry) }
    let source = directory + "/source"
    guard write(entry.source, to: source), runTic(source, into: directory) else { return nil }
    let former = getenv("TERMINFO_DIRS").map { String(cString: $0) }
    // The empty part after the colon stands for the places that are searched anyway.
    setenv("TERMINFO_DIRS", directory + ":" + (former ?? ""), 1)
    defer {
      if let former { setenv("TERMINFO_DIRS", former, 1) } else { unsetenv("TERMINFO_DIRS") }
    }
    return body()
  }

  private static func makeDirectory() -> String? {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/camtui-terminfo-XXXXXX".utf8CString)
    return template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
  }

  private static func write(_ text: String, to path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return Descriptor.write(Array(text.utf8), to: descriptor)
  }

  private static func runTic(_ source: String, into directory: String) -> Bool {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in Int32(0)...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    let words = ["tic", "-x", "-o", directory, source]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { word in strdup(word) } + [nil]
    defer { arguments.forEach { free($0) } }
    var process = pid_t()
    guard posix_spawnp(&process, "tic", &actions, nil, &arguments, environ) == 0 else {
      return false
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return false }
    }
    return status == 0
  }

  /// `tic` files an entry under its first letter, or under the letter's hexadecimal code where
  /// file names ignore case.
  private static func remove(_ directory: String, _ entry: TerminfoEntry) {
    unlink(directory + "/source")
    for folder in ["c", "63"] {
      unlink("\(directory)/\(folder)/\(entry.name)")
      rmdir("\(directory)/\(folder)")
    }
    rmdir(directory)
  }
}
