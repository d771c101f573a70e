import Foundation
import ONNXProto
import SwiftProtobuf

/// An ONNX file taken apart on the wire level: the model without the raw bytes of its
/// initialisers, and where those bytes are.
///
/// swift-protobuf copies every `bytes` field. For VGG16 that is half a gigabyte that nobody needs:
/// weights are packed straight from the mapped file.
struct ModelBytes {
  /// The model; its initialisers have no `raw_data`.
  let model: Onnx_ModelProto
  /// For each initialiser, in order, the range of its `raw_data` in the file.
  let rawData: [Range<Int>?]

  /// - Throws: ``InferenceError/malformed(file:problem:)``.
  init(_ file: MappedFile) throws {
    do {
      var rawData: [Range<Int>?] = []
      let skeleton = try Self.skeleton(file.bytes, &rawData)
      var options = BinaryDecodingOptions()
      options.messageDepthLimit = 64
      model = try Onnx_ModelProto(serializedBytes: skeleton, options: options)
      self.rawData = rawData
    } catch {
      throw InferenceError.malformed(
        file: file.path,
        problem: ForeignModels.signature(of: file)?.words ?? Self.problem(file.bytes, error))
    }
  }

  /// What is wrong with a file that is in no other known format. An ONNX model begins with its IR version,
  /// and is cut short where a field should reach beyond the file's end.
  private static func problem(_ bytes: UnsafeRawBufferPointer, _ error: any Error) -> String {
    if let missing = (error as? WireReader.EndsEarly)?.missing, bytes[0] == 8, bytes[1] < 0x40 {
      return
        "the file is cut short, at least \(missing) bytes are missing: copy or download it again"
    }
    return "the file is damaged, cut off or in another format"
  }

  private static func skeleton(
    _ bytes: UnsafeRawBufferPointer, _ rawData: inout [Range<Int>?]
  ) throws -> Data {
    try rewritten(bytes, 0..<bytes.count, replacing: Field.graph) { graph in
      try rewritten(bytes, graph, replacing: Field.initializer) { tensor in
        var found: Range<Int>?
        let stripped = try rewritten(bytes, tensor, replacing: Field.rawData) {
          found = $0
          return nil
        }
        rawData.append(found)
        return stripped
      }
    }
  }

  /// Copies the message in `range`, with every occurrence of one length-delimited field replaced by
  /// what `transform` makes of it (left out for nil).
  private static func rewritten(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, replacing field: UInt64,
    _ transform: (Range<Int>) throws -> Data?
  ) throws -> Data {
    var output = Data()
    var copied = range.lowerBound
    var reader = WireReader(bytes: bytes, range: range)
    while let entry = try reader.next() {
      guard entry.number == field, let payload = entry.payload else { continue }
      output.append(contentsOf: bytes[copied..<entry.start])
      copied = payload.upperBound
      guard let replacement = try transform(payload) else { continue }
      output.appendVarint(field << 3 | 2)
      output.appendVarint(UInt64(replacement.count))
      output.append(replacement)
    }
    output.append(contentsOf: bytes[copied..<range.upperBound])
    return output
  }

  private enum Field {
    static let graph: UInt64 = 7
    static let initializer: UInt64 = 5
    static let rawData: UInt64 = 9
  }
}

/// Walks the fields of one protocol buffer message (encoding specification, "Message structure").
private struct WireReader {
  struct Entry {
    var number: UInt64
    /// Where the field's tag begins.
    var start: Int
    /// The bytes of a length-delimited field.
    var payload: Range<Int>?
  }

  struct Malformed: Error {}

  /// The message should have more bytes than the file has left.
  struct EndsEarly: Error {
    var missing: Int
  }

  private let bytes: UnsafeRawBufferPointer
  private let end: Int
  private var position: Int

  init(bytes: UnsafeRawBufferPointer, range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  mutating func next() throws -> Entry? {
    guard position < end else { return nil }
    let start = position
    let tag = try varint()
    var payload: Range<Int>?
    switch tag & 7 {
    case 0: _ = try varint()
    case 1: try skip(8)
    case 5: try skip(4)
    case 2:
      guard let length = Int(exactly: try varint()) else { throw Malformed() }
      let begin = position
      try skip(length)
      payload = begin..<position
    default: throw Malformed()
    }
    return Entry(number: tag >> 3, start: start, payload: payload)
  }

  private mutating func skip(_ count: Int) throws {
    guard count >= 0 else { throw Malformed() }
    guard count <= end - position else {
      if end == bytes.count { throw EndsEarly(missing: count - (end - position)) }
      throw Malformed()
    }
    position += count
  }

  private mutating func varint() throws -> UInt64 {
    var result: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard position < end else { throw Malformed() }
      let byte = bytes[position]
      position += 1
      result |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return result }
    }
    throw Malformed()
  }
}

extension Data {
  fileprivate mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }
}
