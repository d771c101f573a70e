import Foundation
import ModelTestSupport
import ONNXProto
import TerminalTestSupport
import Testing

/// What files and arguments bring along never steers the terminal, and images that are not there are told
/// before the screen opens.
@Suite struct TerminalSafetyTests {
  private static let hostile = "a\u{1B}]0;owned\u{7}\u{9B}31m\r\u{202E}b"
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  private func expectFit(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    let obeyed = text.unicodeScalars.filter { scalar in
      (scalar.value < 0x20 && scalar != "\n") || (0x7F..<0xA0).contains(scalar.value)
        || (0x202A...0x202E).contains(scalar.value)
    }
    #expect(obeyed.isEmpty, "\(obeyed.map(\.value)) in \(text)", sourceLocation: sourceLocation)
  }

  @Test func labelsPathsAndLayersAreFit() async throws {
    var tiny = workspace.tiny
    for node in tiny.proto.graph.node.indices {
      tiny.proto.graph.node[node].input = tiny.proto.graph.node[node].input.map {
        $0 == "features" ? Self.hostile : $0
      }
      tiny.proto.graph.node[node].output = tiny.proto.graph.node[node].output.map {
        $0 == "features" ? Self.hostile : $0
      }
    }
    let model = try workspace.write(try tiny.encoded(), "m\(Self.hostile).onnx")
    let photo = try workspace.write(
      Array(try Data(contentsOf: URL(fileURLWithPath: workspace.photo))), "p\(Self.hostile).png")
    let labels = try workspace.write(
      Workspace.labels.map { "\($0)\u{1B}[31m" }.joined(separator: "\n"), "l\(Self.hostile).txt")
    let run = try await workspace.run(
      "explain", photo, "--model", model, "--labels", labels, "--output", workspace.output)
    #expect(run.exitCode == 0, "\(run.errors)")
    expectFit(run.output + run.errors)
    expectFit(try String(contentsOfFile: workspace.output + "/manifest.json", encoding: .utf8))
    let inspected = try await workspace.run("inspect", model)
    #expect(inspected.exitCode == 0, "\(inspected.errors)")
    expectFit(inspected.output)
    expectFit(try await workspace.run("inspect", model, "--json").output)
  }

  @Test func messagesAreFit() async throws {
    for arguments in [
      ["explain", "/no/\(Self.hostile).png"],
      ["explain", workspace.photo, "--\(Self.hostile)", "1"],
      ["explain", workspace.photo, "--model", "/no/\(Self.hostile)"],
      ["explain", workspace.photo, "--class", Self.hostile], [Self.hostile],
      ["explain", workspace.photo, "--top", Self.hostile],
      ["inspect", try workspace.write("{", "m\(Self.hostile).onnx")],
    ] {
      let run = try await workspace.run(arguments)
      #expect(run.exitCode != 0)
      #expect(!run.errors.isEmpty)
      expectFit(run.errors + run.output)
    }
  }

  @Test func wideAndCombiningLabelsStandInLine() async throws {
    let labels = try workspace.write("金床\nはしけ\ndôme\ne\u{301}asel\nferry", "wide.txt")
    let run = try await workspace.explain("--labels", labels)
    let rows = run.output.split(separator: "\n").filter { $0.contains(" %") }
    let widths = rows.compactMap { row in
      row.range(of: " %").map { end in
        row[..<end.lowerBound].unicodeScalars.reduce(0) {
          $0 + ($1.value == 0x301 ? 0 : $1.value > 0x3000 ? 2 : 1)
        }
      }
    }
    #expect(rows.count == 5 && Set(widths).count == 1, "\(run.output)")
  }

  @Test func missingImagesAreToldBeforeTheScreenOpens() async throws {
    for path in ["/no/photo.png", workspace.folder.path] {
      let run = try await workspace.run(path, "--model", workspace.model)
      #expect(run.exitCode == 66)
      #expect(run.errors.contains(path) && run.output.isEmpty)
    }
    let text = try workspace.write("nothing", "text.png")
    #expect(try await workspace.run(text, "--model", workspace.model).exitCode == 65)
  }

  @Test func amongOthersAMissingImageIsReported() throws {
    let terminal = try #require(
      VirtualTerminal(
        path: workspace.program,
        arguments: ["/no/photo.png", workspace.photo, "--model", workspace.model],
        environment: [:], columns: 100, rows: 30))
    #expect(terminal.waitForFirstMap(), "\(terminal.text)")
    terminal.type("q")
    #expect(terminal.waitForExit() == .code(0))
    #expect(
      String(decoding: terminal.output, as: UTF8.self).contains("There is no file /no/photo.png"))
  }

  @Test func namesThatAreNotUTF8Open() throws {
    let script =
      "name=$(printf 'caf\\351.png') && cp photo.png \"$name\""
      + " && exec \"$0\" explain \"$name\" --model \"$1\""
    let terminal = try #require(
      VirtualTerminal(
        path: "/bin/sh",
        arguments: [
          "-c", "cd \"$2\" && " + script, workspace.program, workspace.model, workspace.folder.path,
        ], environment: [:], columns: 100, rows: 30))
    #expect(terminal.waitForExit() == .code(0), "\(terminal.text)")
    #expect(terminal.text.contains("caf?.png  50 x 40"), "\(terminal.text)")
  }
}
