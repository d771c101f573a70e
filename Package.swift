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
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
  ],
  targets: [
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "COneDNN", providers: [.apt(["libdnnl-dev"])]),
    .systemLibrary(
      name: "CImageCodecs",
      providers: [.apt(["libturbojpeg0-dev", "libpng-dev", "libwebp-dev"])]),

    .target(name: "POSIX"),
    .target(
      name: "ONNXProto",
      dependencies: [.product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["onnx.proto"]),
    .target(name: "CWinograd", exclude: ["kernel.h"]),
    .target(
      name: "Inference",
      dependencies: [
        "COneDNN", "CWinograd", "ONNXProto", "POSIX",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ]),
    .target(
      name: "CAMEngine", dependencies: ["Inference", "CImageCodecs", "POSIX"],
      resources: [.copy("Resources/everyday100.onnx")]),
    .target(name: "Terminal", dependencies: ["CNcurses", "POSIX"]),
    .target(
      name: "Evaluation",
      dependencies: ["CAMEngine", "CCrypto", .product(name: "GRDB", package: "GRDB.swift")]),
    .executableTarget(
      name: "camtui",
      dependencies: [
        "CAMEngine", "Evaluation", "POSIX", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    .target(name: "RandomTestSupport", path: "Tests/RandomTestSupport"),
    .target(
      name: "CVTerm", path: "Tests/CVTerm",
      linkerSettings: [.linkedLibrary("vterm"), .linkedLibrary("util")]),
    .executableTarget(name: "TerminalDemo", dependencies: ["Terminal"], path: "Tests/TerminalDemo"),
    .target(
      name: "TerminalTestSupport", dependencies: ["CVTerm", "Terminal"],
      path: "Tests/TerminalTestSupport", exclude: ["render_screen.py"]),
    .target(
      name: "ModelTestSupport",
      dependencies: [
        "ONNXProto", "RandomTestSupport",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      path: "Tests/ModelTestSupport"),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "camtui", "CAMEngine", "Inference", "ModelTestSupport", "ONNXProto", "RandomTestSupport",
        "TerminalTestSupport",
      ]),
    .testTarget(
      name: "TerminalTests",
      dependencies: ["RandomTestSupport", "Terminal", "TerminalDemo", "TerminalTestSupport"]),
    .testTarget(
      name: "ExplorerTests",
      dependencies: [
        "CAMEngine", "camtui", "RandomTestSupport", "Terminal", "TerminalTestSupport",
      ],
      exclude: ["Snapshots"]),
    .testTarget(
      name: "InferenceTests",
      dependencies: [
        "CWinograd", "Inference", "ModelTestSupport", "ONNXProto", "POSIX", "RandomTestSupport",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ]),
    .testTarget(
      name: "CAMEngineTests",
      dependencies: ["CAMEngine", "Inference", "ModelTestSupport", "RandomTestSupport"],
      exclude: ["Images/make_fixtures.py", "Preprocessing/make_preprocessing.py"],
      resources: [.copy("Fixtures")]),
    .testTarget(
      name: "EvaluationTests",
      dependencies: [
        "camtui", "CAMEngine", "Evaluation", "ModelTestSupport", "RandomTestSupport",
        "TerminalTestSupport",
      ]),
    .executableTarget(
      name: "ImageFuzz", dependencies: ["CAMEngine", "RandomTestSupport"],
      path: "Tests/Fuzz/ImageFuzz"),
    .executableTarget(
      name: "ModelFuzz",
      dependencies: [
        "Inference", "ModelTestSupport", "ONNXProto", "RandomTestSupport",
        .product(name: "SwiftProtobuf", package: "swift-protobuf"),
      ],
      path: "Tests/Fuzz/ModelFuzz"),
    .executableTarget(
      name: "PreprocessorFuzz", dependencies: ["CAMEngine", "RandomTestSupport"],
      path: "Tests/Fuzz/PreprocessorFuzz"),
    .executableTarget(
      name: "camtui-benchmark", dependencies: ["CAMEngine", "Inference"],
      path: "Tests/Benchmarks/CAMBenchmark"),
    .executableTarget(
      name: "camtui-frames",
      dependencies: ["CAMEngine", "CVTerm", "Terminal", "TerminalTestSupport"],
      path: "Tests/Benchmarks/Frames"),
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
