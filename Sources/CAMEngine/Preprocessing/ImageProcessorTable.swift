extension ImageProcessor {
  /// Every processor that is known, with the class's own defaults (transformers 5.24; the last two are of
  /// 4.57, which has them for models that were dropped).
  static let all: [ImageProcessor] = [
    ImageProcessor(
      name: "ViTImageProcessor",
      modelTypes: [
        "vit", "swin", "swinv2", "vit_mae", "vit_msn", "dinat", "nat", "ijepa", "swiftformer",
        "clipseg", "mgp-str", "trocr",
      ],
      geometry: .resizeThenCrop,
      defaults: usual(size: square(224), resample: 2, .standard)),
    ImageProcessor(
      name: "DeiTImageProcessor", modelTypes: ["deit"], geometry: .resizeThenCrop,
      defaults: usual(size: square(256), crop: 224, resample: 3, .standard)),
    ImageProcessor(
      name: "BeitImageProcessor", modelTypes: ["beit", "data2vec-vision"],
      geometry: .resizeThenCrop,
      defaults: usual(
        size: square(224), crop: 224, resample: 3, .standard,
        [
          "do_center_crop": false
        ])),
    ImageProcessor(
      name: "CLIPImageProcessor",
      modelTypes: [
        "clip", "clip_vision_model", "altclip", "groupvit", "metaclip_2", "mlcd", "aimv2",
        "aimv2_vision_model", "xclip", "git",
      ],
      geometry: .resizeThenCrop,
      defaults: usual(size: edge(224), crop: 224, resample: 3, .clip, ["default_to_square": false])
    ),
    ImageProcessor(
      name: "ChineseCLIPImageProcessor", modelTypes: ["chinese_clip"], geometry: .resizeThenCrop,
      defaults: usual(size: edge(224), crop: 224, resample: 3, .clip, ["default_to_square": false])
    ),
    ImageProcessor(
      name: "BitImageProcessor",
      modelTypes: ["bit", "dinov2", "dinov2_with_registers", "focalnet", "hiera", "pixio"],
      geometry: .resizeThenCrop,
      defaults: usual(size: edge(224), crop: 224, resample: 3, .clip, ["default_to_square": false])
    ),
    ImageProcessor(
      name: "ConvNextImageProcessor",
      modelTypes: ["convnext", "convnextv2", "resnet", "regnet", "cvt", "van"],
      geometry: .cropFraction,
      defaults: usual(
        size: edge(384), resample: 3, .standard,
        [
          "default_to_square": false, "crop_pct": 0.875,
        ]),
      ownKeys: ["crop_pct"]),
    ImageProcessor(
      name: "PoolFormerImageProcessor", modelTypes: ["poolformer"],
      geometry: .sizeOverCropFraction,
      defaults: usual(
        size: edge(224), crop: 224, resample: 3, .imageNet,
        [
          "default_to_square": false, "crop_pct": 0.9,
        ]),
      ownKeys: ["crop_pct"]),
    ImageProcessor(
      name: "EfficientNetImageProcessor", modelTypes: ["efficientnet", "align"],
      geometry: .resizeThenCrop,
      defaults: usual(
        size: square(346), crop: 289, resample: 3, .standard,
        [
          "do_center_crop": false, "rescale_offset": false, "include_top": true,
        ]),
      ownKeys: ["rescale_offset", "include_top"]),
    ImageProcessor(
      name: "MobileViTImageProcessor", modelTypes: ["mobilevit", "mobilevitv2"],
      geometry: .resizeThenCrop,
      defaults: usual(
        size: edge(224), crop: 256, resample: 3, nil,
        [
          "default_to_square": false, "do_flip_channel_order": true,
        ]),
      ownKeys: ["do_flip_channel_order"],
      unreadKeys: ["do_normalize", "image_mean", "image_std"]),
    ImageProcessor(
      name: "MobileNetV1ImageProcessor", modelTypes: ["mobilenet_v1"], geometry: .resizeThenCrop,
      defaults: usual(
        size: edge(256), crop: 224, resample: 2, .standard,
        [
          "default_to_square": false
        ])),
    ImageProcessor(
      name: "MobileNetV2ImageProcessor", modelTypes: ["mobilenet_v2"], geometry: .resizeThenCrop,
      defaults: usual(
        size: edge(256), crop: 224, resample: 2, .standard,
        [
          "default_to_square": false
        ])),
    ImageProcessor(
      name: "LevitImageProcessor", modelTypes: ["levit"], geometry: .enlargedEdge,
      defaults: usual(
        size: edge(224), crop: 224, resample: 3, .imageNet,
        [
          "default_to_square": false
        ])),
    ImageProcessor(
      name: "PerceiverImageProcessor", modelTypes: ["perceiver"], geometry: .cropThenResize,
      defaults: usual(size: square(224), crop: 256, resample: 3, .imageNet)),
    ImageProcessor(
      name: "PvtImageProcessor", modelTypes: ["pvt", "pvt_v2"], geometry: .resizeThenCrop,
      defaults: usual(size: square(224), resample: 3, .imageNet)),
    ImageProcessor(
      name: "SegformerImageProcessor", modelTypes: ["segformer"], geometry: .resizeOnly,
      defaults: usual(size: square(512), resample: 2, .imageNet),
      unreadKeys: ["do_center_crop", "crop_size"]),
    ImageProcessor(
      name: "SiglipImageProcessor", modelTypes: ["siglip", "siglip_vision_model"],
      geometry: .resizeThenCrop,
      defaults: usual(size: square(224), resample: 3, .standard, ["default_to_square": false])),
    ImageProcessor(
      name: "BlipImageProcessor", modelTypes: ["blip"], geometry: .resizeThenCrop,
      defaults: usual(size: square(384), resample: 3, .clip)),
    ImageProcessor(
      name: "DINOv3ViTImageProcessor", modelTypes: ["dinov3_vit", "dinov3_convnext"],
      geometry: .resizeThenCrop,
      defaults: usual(size: square(224), resample: 2, .imageNet)),
    ImageProcessor(
      name: "ViTHybridImageProcessor", modelTypes: ["vit-hybrid"], geometry: .resizeThenCrop,
      defaults: usual(size: edge(224), crop: 224, resample: 3, .clip, ["default_to_square": false])
    ),
    ImageProcessor(
      name: "EfficientFormerImageProcessor", modelTypes: ["efficientformer"],
      geometry: .resizeThenCrop,
      defaults: usual(size: square(224), crop: 224, resample: 3, .imageNet)),
  ]

  /// The means and deviations that transformers has names for.
  private struct Colors {
    let mean: JSONValue
    let deviation: JSONValue

    static let standard = Colors(mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5])
    static let imageNet = Colors(mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225])
    static let clip = Colors(
      mean: [0.48145466, 0.4578275, 0.40821073], deviation: [0.26862954, 0.26130258, 0.27577711])
  }

  /// What nearly all classes have: all steps are done, the crop where the class has a size for it.
  private static func usual(
    size: JSONValue, crop: Int? = nil, resample: Int, _ colors: Colors?, _ others: JSONValue = [:]
  ) -> JSONValue {
    let steps: JSONValue = [
      "do_resize": true, "size": size, "default_to_square": true,
      "resample": .number(Double(resample)), "do_rescale": true,
      "rescale_factor": .number(1.0 / 255), "do_normalize": .bool(colors != nil),
      "do_center_crop": .bool(crop != nil),
      "crop_size": crop.map { square($0) } ?? .null, "image_mean": colors?.mean ?? .null,
      "image_std": colors?.deviation ?? .null,
    ]
    return steps.overridden(by: others)
  }

  private static func square(_ side: Int) -> JSONValue {
    ["height": .number(Double(side)), "width": .number(Double(side))]
  }

  private static func edge(_ length: Int) -> JSONValue {
    ["shortest_edge": .number(Double(length))]
  }
}
