/// Why a method can say nothing at a layer or of a network. Of several methods the others go on.
struct MethodRefusal: Error {
  /// One sentence: what, where, expected.
  let description: String

  init(_ description: String) { self.description = description }
}
