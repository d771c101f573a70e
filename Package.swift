// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "camtui",
  products: [
    .executable(name: "camtui", targets: ["camtui"]),
    .library(name: "CAMEngine", targets: ["CAMEngine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(
      name: "CImageCodecs",
      providers: [.apt(["libturbojpeg0-dev", "libpng-dev", "libwebp-dev"])]),

    .target(
      name: "ONNXProto",
      dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["onnx.proto"]),
    .target(
      name: "Inference",
      dependencies: [
        "COneDNN", "ONNXProto", .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ]),
    .target(name: "CAMEngine", dependencies: ["Inference", "CImageCodecs"]),
    .target(name: "Terminal", dependencies: ["CNcurses"]),
    .executableTarget(
      name: "camtui",
      dependencies: [
        "CAMEngine", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .executableTarget(
      name: "camtui-benchmark", dependencies: ["Inference"],
      path: "Tests/Benchmarks/CAMBenchmark"),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
  ]
}
