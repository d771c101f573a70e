import CAMEngine

extension MethodNote {
  /// The formula with characters of ASCII only.
  var asciiFormula: String {
    let names: [(String, String)] = [
      ("Σ", "sum"), ("α", "alpha"), ("∂", "d"), ("·", "*"), ("²", "^2"), ("³", "^3"),
      ("−", "-"), ("ᵀ", "^T"),
    ]
    return names.reduce(formula) {
      $0.split(separator: $1.0, omittingEmptySubsequences: false)
        .joined(separator: $1.1)
    }
  }

  /// The note of a method, by its name on the command line; a method without one has its name.
  static func of(_ method: String) -> MethodNote {
    (try? Method(named: method).note) ?? MethodNote(method, "", "")
  }
}
