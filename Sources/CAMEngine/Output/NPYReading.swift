extension NPY {
  /// Reads an array file.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``OutputError`` when it is missing, unreadable, no array file, or of another type or order.
  public init(contentsOfFile path: String) throws(OutputError) {
    let bytes: [UInt8]
    do {
      bytes = try FileBytes.read(path)
    } catch {
      throw .notRead(name: path, reason: error.reason)
    }
    try self.init(bytes, name: path)
  }

  /// Reads the bytes of an array file.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: What errors call it.
  /// - Throws: ``OutputError`` when this is no array file, or one of another type or order.
  public init(_ bytes: [UInt8], name: String) throws(OutputError) {
    let header = try NPYHeader(bytes, name: name)
    let data = bytes[header.end...]
    let (count, overflow) = header.shape.reduce((1, false)) { product, length in
      let (next, overflow) = product.0.multipliedReportingOverflow(by: length)
      return (next, product.1 || overflow)
    }
    let size = header.type == "<f4" ? 4 : 8
    guard !overflow, count <= data.count / size else {
      throw .notRead(name: name, reason: "it ends before its \(header.shape) values do")
    }
    switch header.type {
    case "<f4":
      let patterns: [UInt32] = data.littleEndian(count: count)
      self.init(shape: header.shape, values: .float32(patterns.map { Float(bitPattern: $0) }))
    case "<i8":
      self.init(shape: header.shape, values: .int64(data.littleEndian(count: count)))
    default:
      throw .notRead(name: name, reason: "its type is \(header.type)")
    }
  }
}

/// The dictionary at the start of an array file.
private struct NPYHeader {
  var type: String
  var shape: [Int]
  /// Where the elements start.
  var end: Int

  init(_ bytes: [UInt8], name: String) throws(OutputError) {
    guard bytes.count >= 12, bytes.starts(with: NPY.magic) else {
      throw .notRead(name: name, reason: "it does not begin as an array file does")
    }
    // Version 1 has two bytes of length, later ones four.
    let start = bytes[6] == 1 ? 10 : 12
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    end = start + length
    guard end <= bytes.count else {
      throw .notRead(name: name, reason: "it ends within its header")
    }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    guard let type = Self.value("descr", in: text, from: "'", to: "'"),
      let order = Self.value("fortran_order", in: text, from: " ", to: ","),
      let shape = Self.value("shape", in: text, from: "(", to: ")"),
      let lengths = Self.lengths(shape)
    else { throw .notRead(name: name, reason: "its header is damaged") }
    guard order == "False" else {
      throw .notRead(name: name, reason: "it is in Fortran order")
    }
    self.type = type
    self.shape = lengths
  }

  /// What stands between two delimiters after a key.
  private static func value(
    _ key: String, in text: String, from open: Character, to close: Character
  ) -> String? {
    guard let found = text.firstRange(of: "'\(key)':") else { return nil }
    guard let start = text[found.upperBound...].firstIndex(of: open) else { return nil }
    return String(text[text.index(after: start)...].prefix { $0 != close })
  }

  private static func lengths(_ text: String) -> [Int]? {
    let parts = text.split { $0 == "," || $0 == " " }
    let lengths = parts.compactMap { Int($0) }.filter { $0 >= 0 }
    return lengths.count == parts.count ? lengths : nil
  }
}

extension ArraySlice<UInt8> {
  /// The first little-endian numbers.
  fileprivate func littleEndian<Number: FixedWidthInteger>(count: Int) -> [Number] {
    let size = MemoryLayout<Number>.size
    return withUnsafeBytes { bytes in
      (0..<count).map {
        Number(littleEndian: bytes.loadUnaligned(fromByteOffset: size * $0, as: Number.self))
      }
    }
  }
}
