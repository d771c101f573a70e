import CAMEngine
import Testing

@Suite struct OverlayTests {
  /// 40 x 20, of which the network sees the middle 20 x 20.
  private let geometry = CropGeometry(
    photoWidth: 40, photoHeight: 20, resizedWidth: 20, resizedHeight: 10,
    crop: PixelRectangle(left: 5, top: 0, width: 10, height: 10))
  private let photo = Image(width: 40, height: 20, color: RGB(200, 100, 0))

  @Test func hasThePhotosSize() {
    let image = HeatMap(width: 2, height: 2, values: [0, 1, 0, 1])
      .overlaid(on: photo, geometry: geometry)
    #expect(image.width == 40 && image.height == 20)
  }

  @Test func opacityMixesPhotoAndColour() {
    let map = HeatMap(width: 1, height: 1, values: [1])
    let colors = [Float(0), 0.5, 1].map {
      map.overlaid(on: photo, geometry: geometry, colorMap: .grey, opacity: $0)[20, 10]
    }
    #expect(colors == [RGB(200, 100, 0), RGB(228, 178, 128), .white])
  }

  @Test func outsideOfTheCropIsDimmed() {
    let image = HeatMap(width: 1, height: 1, values: [1])
      .overlaid(on: photo, geometry: geometry, colorMap: .grey, opacity: 0)
    for y in [0, 19] {
      #expect(image[10, y] == photo[10, y] && image[29, y] == photo[29, y])
      // Rec. 601: 0.299 * 200 + 0.587 * 100 = 118.5, halved.
      #expect(image[9, y] == RGB(59, 59, 59) && image[30, y] == RGB(59, 59, 59))
    }
  }

  @Test func placesLieWhereTheNetworkSawThem() {
    let image = HeatMap(width: 2, height: 2, values: [0, 1, 0, 1])
      .overlaid(on: photo, geometry: geometry, colorMap: .grey, opacity: 1)
    #expect(image[10, 5] == .black && image[14, 5] == .black)
    #expect(image[25, 5] == .white && image[29, 5] == .white)
    // Its centre is 10.5 of 20 columns in, at 1.05 of 2 places: 0.55 between the two centres.
    #expect(image[20, 5].red == 140)
  }

  @Test func paddedCropsReachBeyondThePhoto() {
    let padded = CropGeometry(
      photoWidth: 40, photoHeight: 20, resizedWidth: 40, resizedHeight: 20,
      crop: PixelRectangle(left: -4, top: -14, width: 48, height: 48))
    let image = HeatMap(width: 1, height: 1, values: [1])
      .overlaid(on: photo, geometry: padded, colorMap: .grey, opacity: 1)
    #expect(image == Image(width: 40, height: 20, color: .white))
  }
}
