/// Levenshtein's distance (1966): the fewest letters to insert, remove or replace.
package enum EditDistance {
  /// The distance between two words, row by row of the table of their prefixes.
  ///
  /// - Parameters:
  ///   - first: A word.
  ///   - second: Another.
  ///   - limit: The largest distance of interest; nil for any.
  /// - Returns: The distance; more than `limit` when it is larger.
  package static func between<Letter: Equatable>(
    _ first: [Letter], _ second: [Letter], limit: Int? = nil
  ) -> Int {
    let least = abs(first.count - second.count)
    if let limit, least > limit { return least }
    var row = Array(0...second.count)
    for (i, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in second.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[second.count]
  }
}
