import Foundation
import ONNXProto
import SwiftProtobuf
import Testing

@testable import Inference

/// Initialisers: every element type in every form, and those that are wrong.
@Suite struct TensorReadingTests {
  /// The element type, and the numbers 1, 0 and -2 (2 where it has no sign, 1 where it is Boolean) as
  /// little-endian bytes and in the field that the specification names.
  struct Form: Sendable, CustomTestStringConvertible {
    let type: ElementType
    let bytes: [UInt8]
    let typed: @Sendable (inout Onnx_TensorProto) -> Void
    let last: Float

    var testDescription: String { "\(type)" }
  }

  static let forms: [Form] = [
    Form(
      type: .float, bytes: [0, 0, 0x80, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0],
      typed: { $0.floatData = [1, 0, -2] }, last: -2),
    Form(
      type: .double,
      bytes: [0, 0, 0, 0, 0, 0, 0xF0, 0x3F] + Array(repeating: 0, count: 8)
        + [0, 0, 0, 0, 0, 0, 0, 0xC0],
      typed: { $0.doubleData = [1, 0, -2] }, last: -2),
    Form(
      type: .float16, bytes: [0, 0x3C, 0, 0, 0, 0xC0],
      typed: { $0.int32Data = [0x3C00, 0, 0xC000] }, last: -2),
    Form(
      type: .bfloat16, bytes: [0x80, 0x3F, 0, 0, 0, 0xC0],
      typed: { $0.int32Data = [0x3F80, 0, 0xC000] }, last: -2),
    Form(
      type: .uint8, bytes: [1, 0, 2], typed: { $0.int32Data = [1, 0, 2] }, last: 2),
    Form(
      type: .int8, bytes: [1, 0, 0xFE], typed: { $0.int32Data = [1, 0, -2] }, last: -2),
    Form(
      type: .uint16, bytes: [1, 0, 0, 0, 2, 0], typed: { $0.int32Data = [1, 0, 2] }, last: 2),
    Form(
      type: .int16, bytes: [1, 0, 0, 0, 0xFE, 0xFF], typed: { $0.int32Data = [1, 0, -2] },
      last: -2),
    Form(
      type: .int32, bytes: [1, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF],
      typed: { $0.int32Data = [1, 0, -2] }, last: -2),
    Form(
      type: .int64,
      bytes: [1, 0, 0, 0, 0, 0, 0, 0] + Array(repeating: 0, count: 8) + [0xFE]
        + Array(repeating: 0xFF, count: 7),
      typed: { $0.int64Data = [1, 0, -2] }, last: -2),
    Form(type: .bool, bytes: [1, 0, 1], typed: { $0.int32Data = [1, 0, 1] }, last: 1),
  ]

  @Test(arguments: forms)
  func rawAndTypedDataAreRead(form: Form) throws {
    var raw = Onnx_TensorProto()
    raw.dims = [3]
    raw.dataType = form.type.rawValue
    var typed = raw
    raw.rawData = Data(form.bytes)
    form.typed(&typed)
    for proto in [raw, typed] {
      let tensor = try Self.read(proto)
      #expect(tensor.shape == [3])
      #expect(tensor.floats == [1, 0, form.last])
      #expect(tensor.isInteger == !form.type.isReal)
    }
  }

  @Test func unsignedRawDataIsRead() throws {
    let proto = Onnx_TensorProto.with {
      $0.dims = [2]
      $0.dataType = ElementType.uint32.rawValue
      $0.rawData = Data([7, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])
    }
    #expect(try Self.read(proto).integers == [7, 4_294_967_295])
  }

  /// Elements of 4 bits, two in a byte, the first in the lower half; the last byte is not full.
  @Test(
    arguments: [(.uint4, [1, 15, 8]), (.int4, [1, -1, -8])] as [(ElementType, [Int64])])
  func halfBytesAreRead(type: ElementType, values: [Int64]) throws {
    var raw = Onnx_TensorProto()
    raw.dims = [3]
    raw.dataType = type.rawValue
    var typed = raw
    raw.rawData = Data([0xF1, 0x08])
    typed.int32Data = [0xF1, 0x08]
    #expect(try Self.read(raw).integers == values)
    #expect(try Self.read(typed).integers == values)
  }

  @Test func typedUnsignedDataIsRead() throws {
    let proto = Onnx_TensorProto.with {
      $0.dims = [2]
      $0.dataType = ElementType.uint64.rawValue
      $0.uint64Data = [7, 1 << 40]
    }
    #expect(try Self.read(proto).integers == [7, 1 << 40])
  }

  /// 1, the largest number, the smallest one and minus one of every format of 8 bits.
  @Test(
    arguments: [
      (ElementType.float8E4M3FN, [0x38, 0x7E, 0x01, 0xB8], [1, 448, 0.001953125, -1]),
      (.float8E5M2, [0x3C, 0x7B, 0x01, 0xBC], [1, 57344, 1.52587890625e-05, -1]),
      (.float8E4M3FNUZ, [0x40, 0x7F, 0x01, 0xC0], [1, 240, 0.0009765625, -1]),
      (.float8E5M2FNUZ, [0x40, 0x7F, 0x01, 0xC0], [1, 57344, 7.62939453125e-06, -1]),
    ] as [(ElementType, [UInt8], [Float])])
  func numbersOf8BitsAreReadAndRounded(type: ElementType, bytes: [UInt8], values: [Float]) throws {
    let proto = Onnx_TensorProto.with {
      $0.dims = [4]
      $0.dataType = type.rawValue
      $0.rawData = Data(bytes)
    }
    #expect(try Self.read(proto).floats == values)
    #expect(values.map(type.rounded) == values)
    #expect(type.rounded(1e9) == values[1])
    #expect(type.rounded(1.01) == 1)
  }

  @Test func aScalarAndAnEmptyTensorAreRead() throws {
    #expect(try Self.read(ONNXModel.tensor("s", [], [2.5])).floats == [2.5])
    #expect(try Self.read(ONNXModel.tensor("e", [0, 3], [])).count == 0)
  }

  @Test func halfPrecisionWeightsGiveTheSameScores() throws {
    var model = ONNXModel.sound
    model.proto.graph.initializer[0] = Onnx_TensorProto.with {
      $0.name = "w"
      $0.dims = [4, 3]
      $0.dataType = ElementType.float16.rawValue
      let halves = (0..<12).map { Float16($0).bitPattern.littleEndian }
      $0.rawData = halves.withUnsafeBytes { Data($0) }
    }
    let found = try PlannedNetwork(model, inputShape: [1, 4]).run([1, 0, 0, 1], results: ["y"])[0]
    #expect(found.floats == [9, 11, 13])
  }

  /// Each damages the weights of a sound model, and says what the error names.
  static let damages: [Damage] = [
    Damage("malformed", "44 bytes", "48 were expected") { $0.rawData.removeLast(4) },
    Damage("malformed", "49 bytes") { $0.rawData.append(0) },
    Damage("unsupported", "element type 14") { $0.dataType = 14 },
    Damage("malformed", "strings") { $0.dataType = 8 },
    Damage("unsupported", "element type 99") { $0.dataType = 99 },
    Damage("malformed", "impossible shape") { $0.dims = [-4, -3] },
    Damage("malformed", "impossible shape") { $0.dims = [1 << 40, 1 << 40] },
    Damage("malformed", "impossible shape") { $0.dims = [0, 1 << 62, 1 << 62] },
    Damage("malformed", "12 values") {
      $0.rawData = Data()
      $0.floatData = [1, 2, 3]
    },
    Damage("malformed", "values") {
      $0.rawData = Data()
      $0.dims = [0]
      $0.dataType = 7
      $0.int64Data = [1]
    },
  ]

  struct Damage: Sendable {
    let kind: String
    let words: [String]
    let apply: @Sendable (inout Onnx_TensorProto) -> Void

    init(
      _ kind: String, _ words: String...,
      apply: @escaping @Sendable (inout Onnx_TensorProto) -> Void
    ) {
      (self.kind, self.words, self.apply) = (kind, words, apply)
    }
  }

  @Test(arguments: damages.indices)
  func damagedTensorsAreRefused(index: Int) {
    let damage = Self.damages[index]
    var model = ONNXModel.sound
    damage.apply(&model.proto.graph.initializer[0])
    for word in ["tensor w"] + damage.words {
      expectRefusal(damage.kind, word) { _ = try model.graph() }
    }
  }

  private static func read(_ proto: Onnx_TensorProto) throws -> Tensor {
    try ModelFiles.withFile(Data([0])) { path in
      var reader = TensorReader(file: try MappedFile(path: path))
      return try reader.tensor(proto, rawData: nil)
    }
  }
}
