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
      let distance = editDistance(wanted, Array(lower.utf8))
      return (name, lower.contains(text.lowercased()) ? min(distance, 1) : distance)
    }
    return ranked.filter { $0.distance <= max(2, wanted.count / 3) }
      .sorted { $0.distance < $1.distance }.prefix(3).map(\.name)
  }

  /// The number of insertions, deletions and substitutions (Levenshtein 1966).
  private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (a == b ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[right.count]
  }
}
