import CAMEngine
import Foundation
import Terminal
import TerminalTestSupport
import Testing

@testable import camtui

private func configuration(_ text: String) throws -> Configuration {
  try Configuration(
    try ConfigurationFile(text, path: "/etc/xdg/camtui/config"), home: "/home/student")
}

private func problem(_ text: String) -> String {
  do {
    _ = try configuration(text)
    return "nothing is wrong"
  } catch {
    return String(describing: error)
  }
}

@Suite struct ConfigurationTests {
  @Test func everySettingIsRead() throws {
    let read = try configuration(
      """
      # defaults for the lecture
      model = ~/models/net.onnx
      labels=labels.txt
      preprocessor = /opt/config.json
      method = grad-cam
        colormap = inferno

      opacity = 60
      color = 256
      cell-aspect = 2.2
      mouse = off
      bandwidth = low
      lesson = on
      """)
    var expected = Configuration()
    expected.model = "/home/student/models/net.onnx"
    expected.labels = "/etc/xdg/camtui/labels.txt"
    expected.preprocessor = "/opt/config.json"
    expected.method = "grad-cam"
    expected.colormap = .inferno
    expected.opacity = 60
    expected.color = .fixed(.indexed256)
    expected.cellAspect = 2.2
    expected.mouse = false
    expected.bandwidth = .low
    expected.lesson = true
    #expect(read == expected)
  }

  @Test(arguments: [
    ("opactiy = 3", "line 1: 'opactiy' is no setting; expected one of model, "),
    ("\n\nopacity = 101", "line 3: opacity = 101: a number from 0 to 100 was expected."),
    ("opacity = half", "a number from 0 to 100 was expected."),
    ("colormap = rainbow", "colormap = rainbow: one of viridis, "),
    ("method = magic", "method = magic: one of grad-cam, "),
    ("mouse = yes", "mouse = yes: on or off was expected."),
    ("cell-aspect = nan", "a number from 0.5 to 5.0 was expected."),
    ("mouse", "'mouse' is no setting; 'name = value' was expected."),
    ("mouse =", "'name = value' was expected."),
    ("mouse = on\nmouse = off", "line 2: 'mouse' is set a second time; once was expected."),
    ("key.fly = x", "'fly' is no command; expected one of "),
    ("key.next-view = xx", "'xx' is no key to choose; expected one such as x, "),
    ("key.next-view = ctrl-c", "'ctrl-c' is no key to choose"),
    ("key.next-view = x\nkey.next-image = y x", "line 2: the key 'x' has a command already"),
  ])
  func mistakesAreNamedWithTheirLine(text: String, reason: String) {
    let problem = problem(text)
    #expect(problem.hasPrefix("/etc/xdg/camtui/config, line "), "\(problem)")
    #expect(problem.contains(reason), "\(problem)")
    #expect(problem.hasSuffix("."), "\(problem)")
  }

  @Test func keysAreGivenToCommands() throws {
    let keys = try configuration("key.next-view = w f5\nkey.show-step-2 = q").keys
    #expect(keys.command(for: .character("w")) == .nextView)
    #expect(keys.command(for: .function(5)) == .nextView)
    #expect(keys.command(for: .character("q")) == .showStep(2))
    #expect(keys.command(for: .character("v")) == KeyTable.command(for: .character("v")))
    #expect(keys.command(for: .control("c")) == .quit)
  }

  @Test func everyCommandOfTheTableHasANameOfItsOwn() {
    let names = KeyBindings.commands.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.wholeMatch(of: /[a-z]+(-[a-z]+|-[0-9]+)*/) != nil, "\(name)")
    }
    #expect(names.contains("next-view") && names.contains("show-step-1"))
  }

  @Test(
    arguments: [
      (["XDG_CONFIG_HOME": "/x", "HOME": "/h"], "/x/camtui/config"),
      (["XDG_CONFIG_HOME": "", "HOME": "/h"], "/h/.config/camtui/config"),
      (["XDG_CONFIG_HOME": "relative", "HOME": "/h"], "/h/.config/camtui/config"),
      (["HOME": "/h"], "/h/.config/camtui/config"), ([:], nil),
    ] as [([String: String], String?)])
  func theFileIsWhereXDGSays(environment: [String: String], path: String?) {
    #expect(ConfigurationFile.path(in: environment) == path)
  }

  @Test func withoutAFileNothingIsSet() throws {
    #expect(try Configuration.ofUser(environment: ["HOME": "/nonexistent"]) == Configuration())
  }
}

/// The configuration file and the program.
@Suite(.serialized) struct ConfigurationCommandTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private func write(_ text: String) throws -> [String: String] {
    let folder = workspace.folder.appending(path: "xdg/camtui")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: folder.appending(path: "config"))
    return ["XDG_CONFIG_HOME": workspace.folder.appending(path: "xdg").path]
  }

  @Test func theExplorerFollowsItAndTheCommandLineWins() throws {
    let environment = try write("color = 256\nopacity = 70\nmouse = off\nkey.more-opaque = w\n")
    let terminal = try workspace.explorer(environment: environment, columns: 160)
    #expect(terminal.waitForFirstMap(), "\(terminal.text)")
    #expect(terminal.text.contains("70 %"), "\(terminal.text)")
    #expect(!String(decoding: terminal.output, as: UTF8.self).contains("38;2;"))
    #expect(!terminal.isMouseOn)
    terminal.type("w")
    #expect(terminal.wait(for: "80 %"), "\(terminal.text)")
    let other = try workspace.explorer(
      "--color", "truecolor", "--opacity", "30", "--mouse", environment: environment, columns: 160)
    #expect(other.waitForFirstMap(), "\(other.text)")
    #expect(other.text.contains("truecolor") && other.text.contains("30 %"), "\(other.text)")
    #expect(other.isMouseOn)
  }

  /// The method, the opacity and the colours are those of the file where the command line says nothing.
  @Test func explainFollowsIt() async throws {
    func explain(_ text: String, _ more: String...) async throws -> (Manifest, Data) {
      let arguments =
        ["explain", workspace.photo, "--model", workspace.model, "--output", workspace.output]
      let run = try await workspace.run(arguments + more, environment: try write(text))
      try #require(run.exitCode == 0, "\(run.errors)")
      let folder = URL(fileURLWithPath: workspace.output)
      let manifest = try JSONDecoder().decode(
        Manifest.self, from: try Data(contentsOf: folder.appending(path: "manifest.json")))
      let overlay = try #require(manifest.maps.values.map(\.overlay).first)
      return (manifest, try Data(contentsOf: folder.appending(path: overlay)))
    }
    let usual = try await explain("mouse = off\n")
    #expect(usual.0.method == "grad-cam")
    #expect(try await explain("opacity = 50\n").1 == usual.1)
    #expect(try await explain("opacity = 10\n").1 != usual.1)
    #expect(try await explain("method = layer-cam\n").0.method == "layer-cam")
    #expect(
      try await explain("method = layer-cam\n", "--method", "hires-cam").0.method == "hires-cam")
  }

  @Test func aMistakeIsOneSentenceAndExitCode65() throws {
    let terminal = try workspace.explorer(
      environment: try write("mouse = on\nopacity = lots\n"), columns: 250)
    #expect(terminal.waitForExit() == .code(65))
    #expect(terminal.text.contains("config, line 2: opacity = lots: a number from 0 to 100"))
    #expect(!terminal.output.contains(0x1B))
  }
}
