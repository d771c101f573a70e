import Inference

/// The files that are taken for pictures, and the way from each to one that is read.
enum ForeignPictures {
  /// What a file is, and what to do, where it is known and not read.
  ///
  /// - Parameter bytes: The file, or its beginning.
  /// - Returns: A clause for people.
  static func words(for bytes: [UInt8]) -> String? {
    FileSignature.of(bytes, in: table + FileSignature.general + models)?.words
  }

  private static let convert = "convert it to PNG or JPEG first"

  private static let table: [FileSignature] = [
    FileSignature(
      "a HEIC (HEIF) picture",
      "convert it first, for example by `heif-convert photo.heic photo.jpg`"
    ) {
      $0.isMedia(["heic", "heix", "hevc", "hevx", "heim", "heis", "hevm", "hevs"])
        || ($0.isMedia(["mif1", "msf1"]) && !$0.isMedia(["avif", "avis"]))
    },
    FileSignature(
      "an AVIF picture", "convert it first, for example by `avifdec picture.avif picture.png`"
    ) { $0.isMedia(["avif", "avis"]) },
    FileSignature("a raw photo (Canon CR3)", developed) { $0.isMedia(["crx "]) },
    FileSignature(
      "a video",
      "take a picture out of it first, for example by `ffmpeg -i FILE -frames:v 1 picture.png`"
    ) {
      $0.has("ftyp", at: 4) || $0.has([0x1A, 0x45, 0xDF, 0xA3])
        || ($0.has("RIFF") && $0.has("AVI ", at: 8))
    },
    FileSignature("a GIF picture", convert) { $0.has("GIF87a") || $0.has("GIF89a") },
    FileSignature("an SVG drawing", "draw it as PNG first, for example by `rsvg-convert`") {
      $0.opens(with: "<svg") || ($0.opens(with: "<") && $0.opensWithin("<svg"))
    },
    FileSignature("a raw photo (Canon CR2)", developed) {
      isTIFF($0) && $0.has("CR", at: 8)
    },
    FileSignature("a TIFF picture or a raw photo in TIFF's form (DNG, NEF, ARW)", convert, isTIFF),
    FileSignature("a raw photo", developed) {
      $0.has("FUJIFILMCCD-RAW") || $0.has("IIRO") || $0.has("IIRS") || $0.has("IIU\0")
        || $0.has("FOVb") || $0.has("\0MRM")
    },
    FileSignature("a JPEG 2000 picture", convert) {
      $0.has([0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20]) || $0.has([0xFF, 0x4F, 0xFF, 0x51])
    },
    FileSignature(
      "a JPEG XL picture", "convert it first, for example by `djxl picture.jxl picture.png`"
    ) { $0.has([0xFF, 0x0A]) || $0.has([0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20]) },
    FileSignature("a JPEG XR picture", convert) { $0.has([0x49, 0x49, 0xBC]) },
    FileSignature("an icon (ICO)", convert) { $0.has([0, 0, 1, 0]) },
    FileSignature("a Photoshop document (PSD)", convert) { $0.has("8BPS") },
    FileSignature("a GIMP picture (XCF)", convert) { $0.has("gimp xcf") },
    FileSignature("a BMP picture", convert) { $0.has("BM") && $0.has([0, 0], at: 6) },
    FileSignature("an OpenEXR picture", convert) { $0.has([0x76, 0x2F, 0x31, 0x01]) },
    FileSignature("a Radiance HDR picture", convert) { $0.has("#?RADIANCE") || $0.has("#?RGBE") },
    FileSignature("a DDS texture", convert) { $0.has("DDS ") },
    FileSignature("a QOI picture", convert) { $0.has("qoif") },
    FileSignature("a PNM picture (PBM, PGM, PPM)", convert) { file in
      ["P1", "P2", "P3", "P4", "P5", "P6", "P7", "PF", "Pf"].contains { magic in
        file.has(magic) && ["\n", " ", "\r", "\t"].contains { file.has($0, at: 2) }
      }
    },
    FileSignature("a DICOM picture", convert) { $0.has("DICM", at: 128) },
    FileSignature("a FITS picture", convert) { $0.has("SIMPLE  =") },
    FileSignature("a PostScript drawing", convert) { $0.has("%!PS") },
    FileSignature("a PDF document", "convert a page first, for example by `pdftoppm -png`") {
      $0.has("%PDF")
    },
  ]

  /// What is given in the picture's place by mistake.
  private static let models: [FileSignature] = [
    FileSignature("a ZIP archive", "unpack it first") { $0.has([0x50, 0x4B, 0x03, 0x04]) },
    FileSignature("a NumPy array", convert) { $0.has([0x93] + Array("NUMPY".utf8)) },
    FileSignature("an ONNX model", "expected the picture; a model is given by --model") {
      $0.has([0x08]) && ($0.has([0x12], at: 2) || $0.has([0x3A], at: 2)) && !$0.isText
    },
  ]

  private static let developed = "develop it to JPEG or PNG first"

  @Sendable private static func isTIFF(_ file: FileBeginning) -> Bool {
    file.has([0x49, 0x49, 0x2A, 0x00]) || file.has([0x4D, 0x4D, 0x00, 0x2A])
      || file.has([0x49, 0x49, 0x2B, 0x00]) || file.has([0x4D, 0x4D, 0x00, 0x2B])
  }
}
