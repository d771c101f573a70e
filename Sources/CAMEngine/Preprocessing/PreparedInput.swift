/// A photo as a network takes it, and where on the photo it is from.
public struct PreparedInput: Sendable, Equatable {
  /// Normalised values, `[channels, height, width]` in C order, three channels or one, planes in the network's channel order.
  public let values: [Float]
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Which part of the photo this is.
  public let geometry: CropGeometry
  /// The resized and cropped picture before normalisation, in RGB, grey for one channel: what the network
  /// sees.
  public let image: Image
  /// The model that it was prepared for; nil where no model had a part in it.
  var model: ModelIdentity?

  /// Refuses an input of another size than a model takes.
  ///
  /// - Parameters:
  ///   - width: The model's input width.
  ///   - height: The model's input height.
  ///   - name: What the error calls the settings.
  /// - Throws: ``PreprocessorError/sizeMismatch(name:width:height:modelWidth:modelHeight:)``.
  public func check(width: Int, height: Int, name: String) throws(PreprocessorError) {
    guard width != self.width || height != self.height else { return }
    throw .sizeMismatch(
      name: name, width: self.width, height: self.height, modelWidth: width, modelHeight: height)
  }
}

extension Preprocessor {
  /// Resizes, crops and normalises a photo.
  ///
  /// - Parameter photo: The upright photo.
  /// - Returns: The network's input. Values are `(byte * rescaleFactor + offset - mean) / deviation`.
  /// - Throws: ``PreprocessorError/tooLarge(name:width:height:)`` when the settings ask for more than
  ///   ``Image/pixelLimit`` pixels, as they can for a very long photo without a crop.
  public func prepare(_ photo: Image) throws(PreprocessorError) -> PreparedInput {
    let geometry = geometry(width: photo.width, height: photo.height)
    try checkMemory(of: geometry.source)
    try checkMemory(of: geometry.crop)
    let source = part == nil ? photo : photo.cropped(to: geometry.source)
    let color = resizedCrop(of: source, geometry)
    let image = isGray ? color.luminance : color
    return PreparedInput(
      values: values(of: image), width: image.width, height: image.height, geometry: geometry,
      image: image)
  }

  private func checkMemory(of rectangle: PixelRectangle) throws(PreprocessorError) {
    let (count, overflow) = rectangle.width.multipliedReportingOverflow(by: rectangle.height)
    guard !overflow, count <= Image.pixelLimit else {
      throw .tooLarge(name: name, width: rectangle.width, height: rectangle.height)
    }
  }

  /// Resizes only what the crop shows; the rest of it is padding.
  private func resizedCrop(of source: Image, _ geometry: CropGeometry) -> Image {
    let crop = geometry.crop
    let (left, top) = (max(0, crop.left), max(0, crop.top))
    let part = source.resized(
      width: geometry.resizedWidth, height: geometry.resizedHeight,
      columns: left..<min(geometry.resizedWidth, crop.right),
      rows: top..<min(geometry.resizedHeight, crop.bottom), resampling: resampling)
    return part.cropped(
      to: PixelRectangle(
        left: crop.left - left, top: crop.top - top, width: crop.width, height: crop.height),
      fill: fill)
  }

  /// Looks every byte up in a table of its channel: there are only 256 different results in each.
  private func values(of image: Image) -> [Float] {
    let count = image.width * image.height
    let channels = isGray ? 1 : 3
    return [Float](unsafeUninitializedCapacity: channels * count) { values, initialized in
      image.pixels.withUnsafeBufferPointer { pixels in
        for channel in 0..<channels {
          let table = table(channel: channel)
          let source = channelOrder == .rgb || isGray ? channel : 2 - channel
          table.withUnsafeBufferPointer { table in
            for pixel in 0..<count {
              values[channel * count + pixel] = table[Int(pixels[3 * pixel + source])]
            }
          }
        }
      }
      initialized = channels * count
    }
  }

  /// The result for each byte; the product is rounded to single precision as NumPy rounds it.
  private func table(channel: Int) -> [Float] {
    (0..<256).map { byte in
      let scaled = (rescaleFactor.map { Float(byte) * Float($0) } ?? Float(byte)) + Float(offset)
      guard let normalization else { return scaled }
      return Float(
        (Double(scaled) - normalization.mean[channel]) / normalization.deviation[channel])
    }
  }
}
