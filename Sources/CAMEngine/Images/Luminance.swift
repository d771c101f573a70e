extension Image {
  /// The picture in grey, three equal values a pixel: ITU-R 601's luma as Pillow's `convert("L")` rounds
  /// it, `(19595 R + 38470 G + 7471 B + 2^15) / 2^16`.
  var luminance: Image {
    var gray = pixels
    for start in stride(from: 0, to: gray.count, by: 3) {
      let sum =
        19595 * UInt32(gray[start]) + 38470 * UInt32(gray[start + 1])
        + 7471 * UInt32(gray[start + 2])
      let luma = UInt8(truncatingIfNeeded: (sum + 0x8000) >> 16)
      (gray[start], gray[start + 1], gray[start + 2]) = (luma, luma, luma)
    }
    return Image(width: width, height: height, pixels: gray)
  }
}
