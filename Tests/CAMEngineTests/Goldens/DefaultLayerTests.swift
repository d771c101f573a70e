import Testing

@testable import CAMEngine

/// The layer that is explained when none is named: the last that carries features, neither a
/// classifier's maps nor pooled ones.
@Suite(.enabled(if: Golden.hasModels, "needs ../shared/models beside the repository"))
struct DefaultLayerTests {
  @Test(arguments: [
    ("squeezenet1_0_dc", "fire9/concat"),
    ("squeezenet1_1_caffe2_op7", "fire9/concat_1"),
    ("mobilenetv1_050_160", "conv26_relu6"),
    ("mobilenetv2_tf2_224", "conv51_relu6"),
    ("resnet20_cifar10", "layer3.2.out"),
    ("resnet20_cifar10_slicepad", "layer3.2.out"),
    ("tinyvgg_tinyimagenet10", "conv_2_2_relu"),
  ])
  func isTheLastThatCarriesFeatures(model: String, layer: String) throws {
    let model = try Model(contentsOfFile: "\(Golden.folder)/models/\(model).onnx")
    let found = try #require(model.defaultLayer)
    #expect(found.name == layer)
    #expect(found.isCandidate)
  }

  /// FLOAT16 weights and input.
  @Test func aHalfPrecisionModelIsRead() throws {
    let path = "\(Golden.folder)/models/squeezenet1_1_winml_fp16_original.onnx"
    let model = try Model(contentsOfFile: path)
    #expect(model.classCount == 1000)
    #expect(model.defaultLayer?.channels == 512)
  }
}
