/// The library that computes.
package enum ComputeLibrary {
  /// Its version and the instructions in use, e.g. `oneDNN 2.6.3, AVX-512`.
  package static var description: String { OneDNNEngine.description }
}
