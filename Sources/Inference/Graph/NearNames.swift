/// Finds names that somebody may have meant.
package enum NearNames {
  /// Up to three names at a small edit distance, or that contain the text, nearest first.
  ///
  /// - Parameters:
  ///   - text: what was asked for.
  ///   - names: what there is.
  /// - Returns: at most three of the names.
  package static func of(_ text: String, among names: [String]) -> [String] {
    let wanted = Array(text.lowercased().utf8)
    let ranked = names.map { name -> (name: String, distance: Int) in
      let lower = name.lowercased()
      let distance = EditDistance.between(wanted, Array(lower.utf8))
      return (name, lower.contains(text.lowercased()) ? min(distance, 1) : distance)
    }
    return ranked.filter { $0.distance <= max(2, wanted.count / 3) }
      .sorted { $0.distance < $1.distance }.prefix(3).map(\.name)
  }
}
