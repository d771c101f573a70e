extension HeatMap {
  /// The map over the photo, at the photo's size and aspect.
  ///
  /// Within the crop that the network saw, a pixel is `(1 - opacity) photo + opacity colour`. Outside of
  /// it the photo is half as bright and without colour, since the network did not see it.
  ///
  /// - Parameters:
  ///   - photo: The photo, of the size in `geometry`.
  ///   - geometry: Where the network's input lies on the photo.
  ///   - colorMap: The colours; the map's values are not scaled.
  ///   - opacity: 0 shows the photo, 1 the map.
  /// - Returns: A picture of the photo's size. A 12-megapixel photo takes about a tenth of a second.
  public func overlaid(
    on photo: Image, geometry: CropGeometry, colorMap: ColorMap = .viridis, opacity: Float = 0.5
  ) -> Image {
    let crop = geometry.cropInPhoto
    let columns = PhotoSpan(start: crop.x, length: crop.width, photo: photo.width)
    let rows = PhotoSpan(start: crop.y, length: crop.height, photo: photo.height)
    let sampler = BilinearSampler(
      map: self, columns: columns.taps(of: width), rows: rows.taps(of: height))
    let blender = PhotoBlender(colorMap: colorMap, opacity: opacity)
    var pixels = photo.pixels
    pixels.withUnsafeMutableBufferPointer { pixels in
      let rowLength = 3 * photo.width
      let seen = 3 * columns.inside.lowerBound..<3 * columns.inside.upperBound
      PhotoDimmer.dim(pixels[..<(rowLength * rows.inside.lowerBound)])
      sampler.forEachRow { index, samples in
        let row = pixels.row(rows.inside.lowerBound + index, of: rowLength)
        PhotoDimmer.dim(row[..<seen.lowerBound])
        blender.blend(samples, into: UnsafeMutableBufferPointer(rebasing: row[seen]))
        PhotoDimmer.dim(row[seen.upperBound...])
      }
      PhotoDimmer.dim(pixels[(rowLength * rows.inside.upperBound)...])
    }
    return Image(width: photo.width, height: photo.height, pixels: pixels)
  }
}

/// The part of a photo's side that the crop covers.
private struct PhotoSpan {
  let start: Double
  let length: Double
  /// The pixels whose centres are in the crop.
  let inside: Range<Int>

  init(start: Double, length: Double, photo: Int) {
    self.start = start
    self.length = length
    let first = min(photo, max(0, Int((start - 0.5).rounded(.up))))
    let end = min(photo, max(first, Int((start + length - 0.5).rounded(.up))))
    inside = first..<end
  }

  /// Where each pixel of ``inside`` lies on a map of `count` places over the crop.
  func taps(of count: Int) -> [BilinearTap] {
    inside.map { pixel in
      let position = (Double(pixel) + 0.5 - start) / length * Double(count)
      return BilinearTap(position: Float(position), count: count)
    }
  }
}

/// Mixes colours of a map into pixels with 8-bit fixed-point weights.
private struct PhotoBlender {
  /// The colours times the opacity, and half a unit for rounding; three a colour.
  private var shares: [UInt32] = []
  private let photoWeight: UInt32

  init(colorMap: ColorMap, opacity: Float) {
    let weight = UInt32((min(1, max(0, opacity)) * 256).rounded())
    photoWeight = 256 - weight
    for color in colorMap.colors {
      for channel in [color.red, color.green, color.blue] {
        shares.append(UInt32(channel) * weight + 128)
      }
    }
  }

  func blend(
    _ samples: UnsafeBufferPointer<Float>, into pixels: UnsafeMutableBufferPointer<UInt8>
  ) {
    shares.withUnsafeBufferPointer { shares in
      var pixel = 0
      for sample in samples {
        let color = 3 &* ColorMap.index(of: sample)
        pixels[pixel] = mix(pixels[pixel], shares[color])
        pixels[pixel &+ 1] = mix(pixels[pixel &+ 1], shares[color &+ 1])
        pixels[pixel &+ 2] = mix(pixels[pixel &+ 2], shares[color &+ 2])
        pixel &+= 3
      }
    }
  }

  /// At most 255 * 256 + 128, so nothing overflows.
  @inline(__always)
  private func mix(_ photo: UInt8, _ share: UInt32) -> UInt8 {
    UInt8(truncatingIfNeeded: (UInt32(photo) &* photoWeight &+ share) &>> 8)
  }
}

/// Takes colour and half of the brightness from pixels.
private enum PhotoDimmer {
  static func dim(_ part: Slice<UnsafeMutableBufferPointer<UInt8>>) {
    let pixels = UnsafeMutableBufferPointer(rebasing: part)
    var start = 0
    while start < pixels.count {
      let (red, green, blue) = (pixels[start], pixels[start &+ 1], pixels[start &+ 2])
      // Rec. 601 luma, halved: weights 77, 150, 29 of 256, which never overflow.
      let luma = 77 &* UInt32(red) &+ 150 &* UInt32(green) &+ 29 &* UInt32(blue)
      let dimmed = UInt8(truncatingIfNeeded: luma &>> 9)
      pixels[start] = dimmed
      pixels[start &+ 1] = dimmed
      pixels[start &+ 2] = dimmed
      start &+= 3
    }
  }
}
