import ArgumentParser
import CAMEngine
import Evaluation
import Foundation
import Terminal

/// Runs a command; what goes wrong is printed as one sentence on standard error and becomes the
/// documented exit code.
func reportingFailure(_ body: () async throws -> Void) async throws {
  do {
    try await body()
  } catch let error where !isCommandLineError(error) {
    StandardError.write("camtui: " + "\(error)".printable + "\n")
    throw exitCode(of: error)
  }
}

/// Whether the argument parser knows what to do with an error.
private func isCommandLineError(_ error: any Error) -> Bool {
  error is ExitCode || error is ValidationError || error is CleanExit
}

/// The exit codes of `sysexits.h` that are documented.
private func exitCode(of error: any Error) -> ExitCode {
  switch error {
  case let error as ImageError: code(of: error)
  case let error as LabelsError: code(of: error)
  case let error as PreprocessorError: code(of: error)
  case let error as ModelError: code(of: error.kind)
  case let error as EvaluationError: code(of: error.kind)
  case is ConfigurationError: .badInput
  case OutputError.notWritten: .usage
  case is TerminalError: .usage
  default: .internalError
  }
}

private func code(of error: ImageError) -> ExitCode {
  switch error {
  case .notFound, .unreadable: .noInput
  default: .badInput
  }
}

private func code(of error: LabelsError) -> ExitCode {
  switch error {
  case .notFound, .unreadable: .noInput
  case .noSuchClass: .usage
  default: .badInput
  }
}

private func code(of error: PreprocessorError) -> ExitCode {
  switch error {
  case .notFound, .unreadable: .noInput
  default: .badInput
  }
}

private func code(of kind: ModelError.Kind) -> ExitCode {
  switch kind {
  case .missing: .noInput
  case .malformed: .badInput
  case .request: .usage
  case .machine: .internalError
  }
}

extension ExitCode {
  fileprivate static let usage = ExitCode(64)
  fileprivate static let badInput = ExitCode(65)
  fileprivate static let noInput = ExitCode(66)
  fileprivate static let internalError = ExitCode(70)
}
