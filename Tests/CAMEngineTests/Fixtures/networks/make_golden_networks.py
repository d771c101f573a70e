#!/usr/bin/env python3
"""Writes two small random networks with the parts of real ones, and the maps of every method at their last
convolution, computed by PyTorch in double precision from the formulas.

usage: make_golden_networks.py          needs: pip install torch onnx numpy

residual.onnx   [N, 3, 28, 28]: Conv 3x3 stride 2 - BatchNormalization - Relu; a block of two convolutions with the
                identity beside it; one of stride 2 with a 1x1 convolution beside it; Relu (features, 16 x 7 x 7) -
                GlobalAveragePool - Flatten - Gemm (5 classes).
depthwise.onnx  [N, 3, 28, 36]: Conv 3x3 stride 2 - BatchNormalization - HardSwish - depthwise Conv 3x3 -
                BatchNormalization - Clip to 6 - squeeze and excitation (GlobalAveragePool - Conv - Relu - Conv -
                HardSigmoid - Mul) - Conv 1x1 to 12 - BatchNormalization - Conv 1x1 to 20 - BatchNormalization -
                HardSwish (features, 20 x 14 x 18, of both signs) - GlobalAveragePool - Flatten - Gemm (4 classes).
NAME.json       {"scores": [classes], "maps": {class: {map: [h * w]}}} for the input
                x[c, i, j] = sin(0.37 j + 0.9 c) + cos(0.23 i (c + 1)) + 0.3 sin(0.05 i j + c). Increment-CAM's phase1,
                phase2 and phase3 are those of image, increase, 0.25, sum, min-max; default-phase2 and default-phase3 those
                of image, probability, 0.25, weights, min-max.
"""
import json
import math
import pathlib

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

folder = pathlib.Path(__file__).parent
random = np.random.default_rng(20250317)
node = helper.make_node


def weight(*shape):
    scale = np.sqrt(3 / max(1, np.prod(shape[1:])))
    return (scale * random.uniform(-1, 1, shape)).astype(np.float32)


class Network:
    """Nodes of an ONNX graph beside what PyTorch makes of them: `run` computes both the same way."""

    def __init__(self, name, height, width):
        self.name, self.size, self.nodes, self.tensors, self.steps = name, (height, width), [], {}, []

    def add(self, kind, inputs, output, function, tensors=(), **attributes):
        names = [f"{output}_{index}" for index in range(len(tensors))]
        self.tensors.update(zip(names, tensors))
        self.nodes.append(node(kind, inputs + names, [output], name=output, **attributes))
        constants = [torch.from_numpy(t).double() if t.dtype == np.float32 else t for t in tensors]
        self.steps.append((inputs, output, lambda *values: function(*values, *constants)))
        return output

    def conv(self, x, output, inputs, outputs, kernel=3, stride=1, group=1, bias=False):
        pad = kernel // 2
        tensors = [weight(outputs, inputs // group, kernel, kernel)] + ([weight(outputs) * 0.3] if bias else [])
        return self.add("Conv", [x], output, lambda v, w, b=None: F.conv2d(v, w, b, stride, pad, groups=group), tensors,
                        kernel_shape=[kernel] * 2, strides=[stride] * 2, pads=[pad] * 4, group=group)

    def norm(self, x, output, channels):
        tensors = [random.uniform(0.6, 1.4, channels).astype(np.float32), weight(channels) * 0.3,
                   weight(channels) * 0.2, random.uniform(0.4, 1.2, channels).astype(np.float32)]
        return self.add("BatchNormalization", [x], output,
                        lambda v, s, b, m, q: F.batch_norm(v, m, q, s, b, eps=1e-5), tensors, epsilon=1e-5)

    def relu(self, x, output):
        return self.add("Relu", [x], output, F.relu)

    def finish(self, channels, classes):
        self.channels, self.classes = channels, classes
        self.add("GlobalAveragePool", ["features"], "averaged", lambda v: v.mean((2, 3), keepdim=True))
        self.add("Flatten", ["averaged"], "flat", lambda v: v.flatten(1))
        self.add("Gemm", ["flat"], "scores", lambda v, w, b: v @ w.T + b,
                 [weight(classes, channels) * 3, weight(classes)], transB=1)
        graph = helper.make_graph(
            self.nodes, self.name, [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 3, *self.size])],
            [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", classes])],
            [numpy_helper.from_array(value, key) for key, value in self.tensors.items()])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.checker.check_model(model)
        onnx.save(model, folder / f"{self.name}.onnx")

    def run(self, values, until="scores"):
        values = dict(values)
        for inputs, output, function in self.steps:
            if output not in values and all(name in values for name in inputs):
                values[output] = function(*(values[name] for name in inputs))
        return values[until]

    def scores(self, x): return self.run({"image": x})
    def head(self, x): return self.run({"image": x}, "features")
    def tail(self, a): return self.run({"features": a})


def residual():
    n = Network("residual", 28, 28)
    x = n.relu(n.norm(n.conv("image", "stem", 3, 8, stride=2), "stem_norm", 8), "stem_relu")
    y = n.relu(n.norm(n.conv(x, "first_a", 8, 8), "first_a_norm", 8), "first_a_relu")
    y = n.norm(n.conv(y, "first_b", 8, 8), "first_b_norm", 8)
    x = n.relu(n.add("Add", [y, x], "first_sum", torch.add), "first_relu")
    y = n.relu(n.norm(n.conv(x, "second_a", 8, 16, stride=2), "second_a_norm", 16), "second_a_relu")
    y = n.norm(n.conv(y, "second_b", 16, 16), "second_b_norm", 16)
    z = n.norm(n.conv(x, "second_side", 8, 16, kernel=1, stride=2), "second_side_norm", 16)
    n.relu(n.add("Add", [y, z], "second_sum", torch.add), "features")
    n.finish(16, 5)
    return n


def depthwise():
    n = Network("depthwise", 28, 36)
    x = n.norm(n.conv("image", "stem", 3, 8, stride=2), "stem_norm", 8)
    x = n.add("HardSwish", [x], "stem_swish", F.hardswish)
    x = n.norm(n.conv(x, "depth", 8, 8, group=8), "depth_norm", 8)
    x = n.add("Clip", [x], "depth_clip", lambda v, low, high: v.clamp(0, 6),
              [np.array(0, np.float32), np.array(6, np.float32)])
    s = n.add("GlobalAveragePool", [x], "squeezed", lambda v: v.mean((2, 3), keepdim=True))
    s = n.relu(n.conv(s, "squeeze", 8, 2, kernel=1, bias=True), "squeeze_relu")
    s = n.add("HardSigmoid", [n.conv(s, "excite", 2, 8, kernel=1, bias=True)], "excited", F.hardsigmoid,
              alpha=1 / 6, beta=0.5)
    x = n.add("Mul", [x, s], "gated", torch.mul)
    x = n.norm(n.conv(x, "project", 8, 12, kernel=1), "project_norm", 12)
    x = n.norm(n.conv(x, "expand", 12, 20, kernel=1), "expand_norm", 20)
    n.add("HardSwish", [x], "features", F.hardswish)
    n.finish(20, 4)
    return n


def scaled(a):
    """Min-max over the last two axes; zero where flat."""
    low, high = a.amin((-1, -2), keepdim=True), a.amax((-1, -2), keepdim=True)
    return torch.where(high > low, (a - low) / torch.where(high > low, high - low, torch.ones_like(low)), 0.0)


def finished(a):
    return scaled(F.relu(a))


def enlarged(a, n):
    return F.interpolate(a[:, None], size=n.size, mode="bilinear", align_corners=False)


def blurred(x):
    line = torch.exp(-torch.arange(-25.0, 26.0).double() ** 2 / (2 * 50.0 ** 2))
    kernel = (line[:, None] * line[None]) / (line[:, None] * line[None]).sum()
    return F.conv2d(F.pad(x, [25] * 4, mode="reflect"), kernel.expand(3, 1, 51, 51), groups=3)


def group_cam(n, x, a, alpha, c):
    base, total = F.softmax(n.scores(blurred(x)), 1)[0, c], torch.zeros(a.shape[1:]).double()
    for group in (alpha[:, None, None] * a).chunk(32, 0):
        mask = F.relu(group.sum(0))
        mask = torch.where(mask > np.percentile(mask.numpy(), 70), mask, 0.0)
        large = enlarged(mask[None], n)
        low, high = large.min(), large.max()
        if low == high: continue
        large = (large - low) / (high - low)
        rise = F.softmax(n.scores(x * large + blurred(x) * (1 - large)), 1)[0, c] - base
        total = total + rise * (mask - low) / (high - low)
    return total


def plus_plus(a, g):
    total = 0
    for k in range(len(a)):
        bottom = 2 * g[k] ** 2 + g[k] ** 3 * a[k].sum()
        share = g[k] ** 2 / torch.where(bottom == 0, torch.ones_like(bottom), bottom)
        share = torch.where(g[k] > 0, share, 0.0)
        whole = share.sum()
        total = total + (F.relu(g[k]) * share).sum() / (whole if whole != 0 else 1) * a[k]
    return total


def eigen(a):
    places = a.flatten(1).T
    places = places - places.mean(0)
    projection = places @ torch.linalg.svd(places, full_matrices=False)[2][0]
    return (projection if projection.max() >= -projection.min() else -projection).reshape(a.shape[1:])


def increment(n, x, a, alpha, c):
    g = F.relu(alpha[:, None, None] * a)
    order = [k for k in g.sum((1, 2)).argsort(descending=True).tolist() if g[k].sum() > 0]
    order = order[:math.ceil(0.25 * len(a))]
    seen = {k: n.scores(x * enlarged(scaled(a[k])[None], n))[0] for k in order}
    empty = n.scores(torch.zeros_like(x))[0, c]
    one = finished((alpha[:, None, None] * a).sum(0))
    rise = finished(sum(max(0.0, seen[k][c] - empty) * g[k] for k in order))
    sure = {k: F.softmax(seen[k], 0)[c] for k in order}
    score = torch.zeros(len(a)).double()
    for k in order: score[k] = sure[k]
    both = alpha / alpha.abs().max() + score / score.max()
    return {"phase1": one, "phase2": rise, "phase3": scaled(one + rise),
            "default-phase2": finished(sum(sure[k] * g[k] for k in order)),
            "default-phase3": finished((both[:, None, None] * a).sum(0))}


def maps(n, x, c):
    a = n.head(x).detach().requires_grad_()
    y = n.tail(a)
    y[0, c].backward()
    g, a, y = a.grad[0], a.detach()[0], y.detach()
    count, (h, w) = len(a), a.shape[1:]
    alpha = g.mean((1, 2))
    live = [k for k in range(count) if a[k].max() > a[k].min()]
    masked = n.scores(x * scaled(enlarged(a, n)[:, 0])[:, None])
    softmaxed = torch.zeros(count).double()
    softmaxed[live] = F.softmax(masked[live, c], 0)
    probability = F.softmax(masked, 1)[:, c] * torch.tensor([float(k in live) for k in range(count)])
    without = a[None].repeat(count, 1, 1, 1)
    for k in range(count): without[k, k] = 0
    alone = torch.zeros(h * w, count, h, w).double()
    for i in range(h * w): alone[i, :, i // w, i % w] = a[:, i // w, i % w]
    weighted = lambda v: (v[:, None, None] * a).sum(0)
    result = {
        "grad-cam": weighted(alpha), "grad-cam-plus-plus": plus_plus(a, g), "hires-cam": (g * a).sum(0),
        "xgrad-cam": weighted((g * a).sum((1, 2)) / (a.sum((1, 2)) + 1e-7)), "layer-cam": (F.relu(g) * a).sum(0),
        "eigen-cam": eigen(a), "score-cam": weighted(softmaxed), "score-cam-probability": weighted(probability),
        "ablation-cam": weighted((y[0, c] - n.tail(without)[:, c]) / y[0, c]),
        "recipro-cam": n.tail(alone)[:, c].reshape(h, w), "group-cam": group_cam(n, x, a, alpha, c)}
    return {name: finished(values) for name, values in result.items()} | increment(n, x, a, alpha, c)


def numbers(values): return [round(float(v), 5) for v in values.flatten()]


for network in (residual(), depthwise()):
    c, i, j = np.meshgrid(range(3), range(network.size[0]), range(network.size[1]), indexing="ij")
    picture = np.sin(0.37 * j + 0.9 * c) + np.cos(0.23 * i * (c + 1)) + 0.3 * np.sin(0.05 * i * j + c)
    picture = torch.from_numpy(picture.astype(np.float32)).double()[None]
    first = network.scores(picture)[0].argsort(descending=True).tolist()
    golden = {"scores": numbers(network.scores(picture)), "maps": {
        str(target): {name: numbers(values) for name, values in maps(network, picture, target).items()}
        for target in first[:2]}}
    text = json.dumps(golden, indent=0).replace(",\n", ", ").replace("[\n", "[").replace("\n]", "]")
    (folder / f"{network.name}.json").write_text(text + "\n")
    print(network.name, golden["scores"], {t: [m for m, v in g.items() if max(v) == 0] for t, g in golden["maps"].items()})
    a = network.head(picture)[0]
    print("  smallest sum of a channel", float(a.sum((1, 2)).abs().min()))
