#!/usr/bin/env python3
"""Writes the networks of the benchmark as ONNX with seeded random weights: speed does not depend on what they say.

usage: make_models.py FOLDER [NAME...]     NAME: resnet18 resnet50 vgg16 mobilenet_v2      needs: pip install onnx

ResNets: He et al. 2015, "Deep Residual Learning", table 1, with the stride in the 3x3 convolution. VGG16: Simonyan and
Zisserman 2014, table 1, configuration D. MobileNetV2: Sandler et al. 2018, table 2. Weights are normal with the
variance of He et al. 2015, "Delving Deep into Rectifiers", eq. 10. Weights carry the names of torchvision's modules,
so that the peer computes with the same numbers; an activation is named after the module that makes it.
Beside the models: input.npy, sixteen seeded images [16, 3, 224, 224], and preprocessor_config.json (ImageNet's).
"""
import json
import pathlib
import sys

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

SIZE, CLASSES, BATCH = 224, 1000, 16


class Network:
    """An ONNX graph that grows layer by layer; every method returns the name of the value it adds."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.nodes, self.weights = [], []

    def weight(self, name, array):
        self.weights.append(numpy_helper.from_array(array.astype(np.float32, copy=False), name))
        return name

    def node(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def normal(self, shape, variance):
        return self.random.standard_normal(shape, dtype=np.float32) * np.float32(np.sqrt(variance))

    def convolution(self, x, module, inputs, outputs, kernel, stride=1, groups=1, gain=2.0, bias=False, value=None):
        fan = inputs // groups * kernel * kernel
        kernels = self.normal((outputs, inputs // groups, kernel, kernel), gain / fan)
        names = [x, self.weight(module + ".weight", kernels)]
        if bias:
            names.append(self.weight(module + ".bias", self.normal(outputs, 0.01)))
        return self.node("Conv", names, value or module, kernel_shape=[kernel] * 2, strides=[stride] * 2,
                         pads=[kernel // 2] * 4, group=groups)

    def normalization(self, x, module, channels, scale=1.0, value=None):
        uniform = lambda low, high: self.random.uniform(low, high, channels)
        parts = {"weight": scale * uniform(0.8, 1.2), "bias": uniform(-0.1, 0.1),
                 "running_mean": uniform(-0.1, 0.1), "running_var": uniform(0.8, 1.2)}
        names = [self.weight(f"{module}.{part}", array) for part, array in parts.items()]
        return self.node("BatchNormalization", [x, *names], value or module, epsilon=1e-5)

    def relu(self, x, value):
        return self.node("Relu", [x], value)

    def linear(self, x, module, inputs, outputs):
        names = [x, self.weight(module + ".weight", self.normal((outputs, inputs), 2 / inputs)),
                 self.weight(module + ".bias", self.normal(outputs, 0.01))]
        return self.node("Gemm", names, module, transB=1)

    def pooled(self, x):
        return self.node("Flatten", [self.node("GlobalAveragePool", [x], "avgpool")], "flatten", axis=1)

    def write(self, scores, path):
        image = helper.make_tensor_value_info("input", TensorProto.FLOAT, ["batch", 3, SIZE, SIZE])
        output = helper.make_tensor_value_info(scores, TensorProto.FLOAT, ["batch", CLASSES])
        graph = helper.make_graph(self.nodes, path.stem, [image], [output], self.weights)
        partial = path.with_suffix(".partial")
        save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), partial)
        partial.rename(path)


def basic_block(network, x, module, inputs, width, stride):
    y = network.convolution(x, module + ".conv1", inputs, width, 3, stride)
    y = network.relu(network.normalization(y, module + ".bn1", width), module + ".relu1")
    y = network.convolution(y, module + ".conv2", width, width, 3)
    return network.normalization(y, module + ".bn2", width, 0.3), width


def bottleneck(network, x, module, inputs, width, stride):
    y = network.convolution(x, module + ".conv1", inputs, width, 1)
    y = network.relu(network.normalization(y, module + ".bn1", width), module + ".relu1")
    y = network.convolution(y, module + ".conv2", width, width, 3, stride)
    y = network.relu(network.normalization(y, module + ".bn2", width), module + ".relu2")
    y = network.convolution(y, module + ".conv3", width, 4 * width, 1)
    return network.normalization(y, module + ".bn3", 4 * width, 0.3), 4 * width


def resnet(network, block, depths):
    x = network.convolution("input", "conv1", 3, 64, 7, 2)
    x = network.relu(network.normalization(x, "bn1", 64), "relu")
    x = network.node("MaxPool", [x], "maxpool", kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    channels = 64
    for stage, depth in enumerate(depths, 1):
        for index in range(depth):
            module, stride = f"layer{stage}.{index}", 2 if stage > 1 and index == 0 else 1
            y, outputs = block(network, x, module, channels, 32 << stage, stride)
            if stride != 1 or channels != outputs:
                x = network.convolution(x, module + ".downsample.0", channels, outputs, 1, stride, gain=1.0)
                x = network.normalization(x, module + ".downsample.1", outputs)
            # The block's own name, as its output in torchvision.
            x, channels = network.relu(network.node("Add", [y, x], module + ".add"), module), outputs
    return network.linear(network.pooled(x), "fc", channels, CLASSES)


def vgg16(network):
    x, channels, index = "input", 3, 0
    for width, depth in (64, 2), (128, 2), (256, 3), (512, 3), (512, 3):
        for _ in range(depth):
            x = network.convolution(x, f"features.{index}", channels, width, 3, bias=True)
            x = network.relu(x, f"features.{index + 1}")
            channels, index = width, index + 2
        x = network.node("MaxPool", [x], f"features.{index}", kernel_shape=[2, 2], strides=[2, 2])
        index += 1
    x = network.node("Flatten", [x], "flatten", axis=1)
    x = network.relu(network.linear(x, "classifier.0", 512 * 7 * 7, 4096), "classifier.1")
    x = network.relu(network.linear(x, "classifier.3", 4096, 4096), "classifier.4")
    return network.linear(x, "classifier.6", 4096, CLASSES)


def mobilenet_v2(network):
    limits = [network.weight("relu6.minimum", np.array(0)), network.weight("relu6.maximum", np.array(6))]

    def unit(x, module, inputs, outputs, kernel, stride=1, groups=1):
        x = network.convolution(x, module + ".0", inputs, outputs, kernel, stride, groups)
        x = network.normalization(x, module + ".1", outputs)
        return network.node("Clip", [x, *limits], module)

    x, channels, index = unit("input", "features.0", 3, 32, 3, 2), 32, 1
    for expansion, width, depth, first in ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2),
                                           (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
        for step in range(depth):
            module, stride, hidden = f"features.{index}", first if step == 0 else 1, channels * expansion
            y = unit(x, f"{module}.conv.0", channels, hidden, 1) if expansion != 1 else x
            part = 1 if expansion != 1 else 0
            y = unit(y, f"{module}.conv.{part}", hidden, hidden, 3, stride, hidden)
            y = network.convolution(y, f"{module}.conv.{part + 1}", hidden, width, 1, gain=1.0)
            y = network.normalization(y, f"{module}.conv.{part + 2}", width)
            x = network.node("Add", [x, y], module) if stride == 1 and channels == width else y
            channels, index = width, index + 1
    x = unit(x, f"features.{index}", channels, 1280, 1)
    return network.linear(network.pooled(x), "classifier.1", 1280, CLASSES)


NETWORKS = {
    "resnet18": lambda network: resnet(network, basic_block, (2, 2, 2, 2)),
    "resnet50": lambda network: resnet(network, bottleneck, (3, 4, 6, 3)),
    "vgg16": vgg16,
    "mobilenet_v2": mobilenet_v2,
}
PREPROCESSING = {
    "do_resize": True, "size": {"shortest_edge": 256}, "resample": 2,
    "do_center_crop": True, "crop_size": {"height": SIZE, "width": SIZE},
    "do_rescale": True, "rescale_factor": 1 / 255,
    "do_normalize": True, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225],
}


def main():
    if len(sys.argv) < 2 or not set(sys.argv[2:]) <= set(NETWORKS):
        sys.exit(__doc__.split("\n\n")[1])
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "preprocessor_config.json").write_text(json.dumps(PREPROCESSING, indent=1))
    images = np.random.default_rng(7).standard_normal((BATCH, 3, SIZE // 8, SIZE // 8), dtype=np.float32)
    np.save(folder / "input.npy", images.repeat(8, 2).repeat(8, 3))
    for seed, (name, make) in enumerate(NETWORKS.items()):
        path = folder / f"{name}.onnx"
        if name in (sys.argv[2:] or NETWORKS) and not path.exists():
            network = Network(seed)
            network.write(make(network), path)


if __name__ == "__main__":
    main()
