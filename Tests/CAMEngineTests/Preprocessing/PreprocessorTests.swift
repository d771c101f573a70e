import RandomTestSupport
import CAMEngine
import Testing

@Suite struct PreprocessorTests {
  @Test(arguments: [(224, 256), (160, 183), (64, 73)])
  func imageNetResizesToEightSevenths(side: Int, edge: Int) {
    let settings = Preprocessor.imageNet(width: side, height: side)
    #expect(settings.isAssumed)
    #expect(settings.resize == .shortestEdge(edge))
    #expect(settings.crop == Preprocessor.Size(width: side, height: side))
  }

  @Test func smallInputsTakeTheWholePhoto() {
    let settings = Preprocessor.imageNet(width: 32, height: 28)
    #expect(settings.resize == .exact(width: 32, height: 28) && settings.crop == nil)
  }

  /// Numbers of torchvision's Resize(256), CenterCrop(224): the other side is cut off to a whole number,
  /// and offsets that end in a half go to the even neighbour.
  @Test(arguments: [
    (500, 375, 341, 256, 58, 16), (375, 500, 256, 341, 16, 58), (640, 427, 383, 256, 80, 16),
    (300, 300, 256, 256, 16, 16), (333, 1000, 256, 768, 16, 272), (1000, 577, 443, 256, 110, 16),
  ])
  func geometryIsTorchvisions(
    width: Int, height: Int, resizedWidth: Int, resizedHeight: Int, left: Int, top: Int
  ) {
    let geometry = Preprocessor.imageNet(width: 224, height: 224)
      .geometry(width: width, height: height)
    #expect(geometry.resizedWidth == resizedWidth && geometry.resizedHeight == resizedHeight)
    #expect(geometry.crop == PixelRectangle(left: left, top: top, width: 224, height: 224))
  }

  @Test func largerCropsArePaddedWithBlack() throws {
    var settings = Preprocessor(resize: nil, crop: Preprocessor.Size(width: 5, height: 4))
    settings.normalization = nil
    let input = try settings.prepare(Image(width: 2, height: 2, color: .white))
    #expect(input.geometry.crop == PixelRectangle(left: -1, top: -1, width: 5, height: 4))
    let plane: [Float] = [0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0]
    #expect(input.values == plane + plane + plane)
  }

  @Test func valuesAreNormalisedInTheModelsOrder() throws {
    var settings = Preprocessor(resize: nil, crop: nil)
    settings.rescaleFactor = 0.5
    settings.normalization = Preprocessor.Normalization(mean: [1, 2, 3], deviation: [1, 2, 4])
    let photo = Image(width: 1, height: 1, color: RGB(10, 20, 30))
    #expect(try settings.prepare(photo).values == [4, 4, 3])
    settings.channelOrder = .bgr
    #expect(try settings.prepare(photo).values == [14, 4, 0.5])
    settings.normalization = nil
    settings.rescaleFactor = nil
    #expect(try settings.prepare(photo).values == [30, 20, 10])
  }

  @Test func sizesAreChecked() throws {
    let settings = Preprocessor.imageNet(width: 224, height: 224)
    try settings.check(width: 224, height: 224)
    let error = #expect(throws: PreprocessorError.self) {
      try settings.check(width: 160, height: 224)
    }
    #expect(error?.description.contains("224 x 224 pixels; expected") == true)
    let input = try settings.prepare(Image(width: 9, height: 5, color: .white))
    try input.check(width: 224, height: 224, name: settings.name)
    #expect(throws: PreprocessorError.self) { try input.check(width: 1, height: 1, name: "x") }
  }

  @Test func pointsMapToThePhotoAndBack() {
    let geometry = Preprocessor.imageNet(width: 224, height: 224).geometry(width: 1000, height: 500)
    #expect(geometry.resizedWidth == 512)
    let crop = geometry.cropInPhoto
    #expect(abs(crop.x - 144 * 1000.0 / 512) < 1e-9 && abs(crop.width - 437.5) < 1e-9)
    let corner = geometry.photoPoint(ofInput: CropGeometry.Point(x: 0, y: 224))
    #expect(abs(corner.x - crop.x) < 1e-9 && abs(corner.y - crop.y - crop.height) < 1e-9)
    let back = geometry.inputPoint(ofPhoto: corner)
    #expect(abs(back.x) < 1e-9 && abs(back.y - 224) < 1e-9)
  }

  /// The crop alone is resized; it must be the crop of the whole resized photo.
  @Test(arguments: Resampling.allCases)
  func theCropIsThatOfTheResizedPhoto(filter: Resampling) throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededNumbers(seed: seed)
    for _ in 0..<20 {
      let photo = Image.noise(
        width: .random(in: 1...60, using: &random), height: .random(in: 1...60, using: &random),
        using: &random)
      var settings = Preprocessor(
        resize: .shortestEdge(.random(in: 1...40, using: &random)),
        crop: Preprocessor.Size(
          width: .random(in: 1...50, using: &random), height: .random(in: 1...50, using: &random)))
      settings.resampling = filter
      let input = try settings.prepare(photo)
      let geometry = input.geometry
      let whole = photo.resized(
        width: geometry.resizedWidth, height: geometry.resizedHeight, resampling: filter)
      #expect(input.image == whole.cropped(to: geometry.crop), "seed \(seed)")
    }
  }

  @Test func veryLongPhotosNeedNoMoreMemoryThanTheirCrop() throws {
    let photo = Image(width: 1_000_000, height: 1, color: RGB(9, 9, 9))
    var settings = Preprocessor.imageNet(width: 224, height: 224)
    let input = try settings.prepare(photo)
    #expect(input.geometry.resizedWidth == 256_000_000)
    #expect(input.image == Image(width: 224, height: 224, color: RGB(9, 9, 9)))
    settings.crop = nil
    #expect(
      throws: PreprocessorError.tooLarge(
        name: "ImageNet defaults", width: 256_000_000, height: 256)
    ) { try settings.prepare(photo) }
  }
}
