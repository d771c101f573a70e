/// A place on the photo, as shares of its width and height: 0 to 1 on both axes.
struct PhotoPoint: Equatable, Sendable {
  var x: Double
  var y: Double
}
