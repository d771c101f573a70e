#!/usr/bin/env python3
"""Writes two small random networks and, for the first, the maps of every method, computed by PyTorch from the formulas.

usage: make_networks.py          needs: pip install torch onnx numpy

tiny.onnx        [N, 3, 32, 32]: Conv 3x3 - Relu (early, 6 x 30 x 30) - MaxPool 2 - Conv 3x3 stride 2 - Relu (features,
                 36 x 7 x 7) - Conv 3x3 pad 1 - Relu (last, 6 x 7 x 7) - GlobalAveragePool - Flatten - Gemm (6 classes).
                 The head's weights of class 4 are all negative, those of class 5 all zero.
                 The smallest input that leaves something of every layer has 8 x 8 pixels.
fixed-head.onnx  [N, 3, 16, 16]: Conv 3x3 - Relu - Flatten - Gemm (4 classes): no other size fits.
tiny.json        {"scores": [6], "maps": {class: {method: [7 * 7]}}} at the layer features, for the input
                 x[c, i, j] = sin(0.37 j + 0.9 c) + cos(0.23 i (c + 1)) + 0.3 sin(0.05 i j + c).
"""
import json
import pathlib

import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper

folder = pathlib.Path(__file__).parent
random = np.random.default_rng(20240613)


def weight(*shape):
    scale = np.sqrt(2 / max(1, np.prod(shape[1:])))
    return (scale * random.uniform(-1, 1, shape)).astype(np.float32)


def save(name, size, classes, nodes, tensors):
    graph = helper.make_graph(
        nodes, name, [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", 3, size, size])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["N", classes])],
        [numpy_helper.from_array(value, key) for key, value in tensors.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, folder / f"{name}.onnx")


tiny = {"w1": weight(6, 3, 3, 3), "b1": weight(6), "w2": weight(36, 6, 3, 3), "b2": weight(36) * 0.2,
        "w3": weight(6, 36, 3, 3), "b3": weight(6) * 0.2, "w4": weight(6, 6) * 3, "b4": weight(6)}
tiny["w4"][4], tiny["w4"][5] = -np.abs(tiny["w4"][4]), 0
node = helper.make_node
save("tiny", 32, 6, [
    node("Conv", ["image", "w1", "b1"], ["conv1"], kernel_shape=[3, 3]), node("Relu", ["conv1"], ["early"]),
    node("MaxPool", ["early"], ["pooled"], kernel_shape=[2, 2], strides=[2, 2]),
    node("Conv", ["pooled", "w2", "b2"], ["conv2"], kernel_shape=[3, 3], strides=[2, 2]),
    node("Relu", ["conv2"], ["features"]),
    node("Conv", ["features", "w3", "b3"], ["conv3"], kernel_shape=[3, 3], pads=[1] * 4),
    node("Relu", ["conv3"], ["last"]), node("GlobalAveragePool", ["last"], ["averaged"]),
    node("Flatten", ["averaged"], ["flat"]), node("Gemm", ["flat", "w4", "b4"], ["scores"], transB=1)], tiny)
save("fixed-head", 16, 4, [
    node("Conv", ["image", "w1", "b1"], ["conv1"], kernel_shape=[3, 3], pads=[1] * 4),
    node("Relu", ["conv1"], ["features"]), node("Flatten", ["features"], ["flat"]),
    node("Gemm", ["flat", "w4", "b4"], ["scores"], transB=1)],
    {"w1": weight(4, 3, 3, 3), "b1": weight(4), "w4": weight(4, 4 * 16 * 16), "b4": weight(4)})

p = {key: torch.from_numpy(value) for key, value in tiny.items()}


def head(x):
    x = F.max_pool2d(F.relu(F.conv2d(x, p["w1"], p["b1"])), 2)
    return F.relu(F.conv2d(x, p["w2"], p["b2"], 2))


def tail(a):
    return F.relu(F.conv2d(a, p["w3"], p["b3"], padding=1)).mean((2, 3)) @ p["w4"].T + p["b4"]


def scores(x):
    return tail(head(x))


def scaled(a):
    """Min-max over the last two axes; zero where flat."""
    low, high = a.amin((-1, -2), keepdim=True), a.amax((-1, -2), keepdim=True)
    return torch.where(high > low, (a - low) / torch.where(high > low, high - low, torch.ones_like(low)), 0.0)


def finished(a):
    return scaled(F.relu(a))


def enlarged(a):
    return F.interpolate(a[:, None], size=(32, 32), mode="bilinear", align_corners=False)


def blurred(x):
    line = torch.exp(-torch.arange(-25.0, 26.0) ** 2 / (2 * 50.0 ** 2))
    kernel = (line[:, None] * line[None]) / (line[:, None] * line[None]).sum()
    return F.conv2d(F.pad(x, [25] * 4, mode="reflect"), kernel.expand(3, 1, 51, 51), groups=3)


def group_cam(x, a, alpha, c):
    """Zhang, Rao and Yang 2021: 18 groups of two channels, since 36 channels cut into at most 32 groups are pairs."""
    base, total = F.softmax(scores(blurred(x)), 1)[0, c], torch.zeros(7, 7)
    for group in (alpha[:, None, None] * a).chunk(32, 0):
        mask = F.relu(group.sum(0))
        mask = torch.where(mask > np.percentile(mask.numpy(), 70), mask, 0.0)
        large = enlarged(mask[None])
        low, high = large.min(), large.max()
        if low == high: continue
        large = (large - low) / (high - low)
        rise = F.softmax(scores(x * large + blurred(x) * (1 - large)), 1)[0, c] - base
        total = total + rise * (mask - low) / (high - low)
    return total


def plus_plus(a, g):
    total = 0
    for k in range(36):
        bottom = 2 * g[k] ** 2 + g[k] ** 3 * a[k].sum()
        share = g[k] ** 2 / torch.where(bottom == 0, torch.ones_like(bottom), bottom)
        share = torch.where(g[k] > 0, share, 0.0)
        whole = share.sum()
        total = total + (F.relu(g[k]) * share).sum() / (whole if whole != 0 else 1) * a[k]
    return total


def eigen(a):
    places = a.reshape(36, 49).T.double()
    places = places - places.mean(0)
    projection = places @ torch.linalg.svd(places, full_matrices=False)[2][0]
    return (projection if projection.max() >= -projection.min() else -projection).reshape(7, 7).float()


def increment(x, a, alpha, c):
    """Image, increase, a quarter of the channels, sum, min-max."""
    g = F.relu(alpha[:, None, None] * a)
    order = [k for k in g.sum((1, 2)).argsort(descending=True).tolist() if g[k].sum() > 0][:9]
    empty, two = scores(torch.zeros(1, 3, 32, 32))[0, c], torch.zeros(7, 7)
    for k in order:
        z = x * enlarged(scaled(a[k])[None])
        two = two + max(0.0, scores(z)[0, c] - empty) * g[k]
    one, two = finished((alpha[:, None, None] * a).sum(0)), finished(two)
    return one, two, scaled(one + two)


def maps(x, c):
    a = head(x).detach().requires_grad_()
    y = tail(a)
    y[0, c].backward()
    g, a, y = a.grad[0], a.detach()[0], y.detach()
    alpha = g.mean((1, 2))
    masks = scaled(enlarged(a)[:, 0])[:, None]
    live = [k for k in range(36) if a[k].max() > a[k].min()]
    masked = scores(x * masks)
    softmaxed, probability = torch.zeros(36), F.softmax(masked, 1)[:, c] * torch.tensor([float(k in live) for k in range(36)])
    softmaxed[live] = F.softmax(masked[live, c], 0)
    without = a[None].repeat(36, 1, 1, 1)
    for k in range(36): without[k, k] = 0
    alone = torch.zeros(49, 36, 7, 7)
    for i in range(49): alone[i, :, i // 7, i % 7] = a[:, i // 7, i % 7]
    weighted = lambda w: (w[:, None, None] * a).sum(0)
    one, two, three = increment(x, a, alpha, c)
    result = {
        "grad-cam": weighted(alpha), "grad-cam-plus-plus": plus_plus(a, g), "hires-cam": (g * a).sum(0),
        "xgrad-cam": weighted((g * a).sum((1, 2)) / (a.sum((1, 2)) + 1e-7)), "layer-cam": (F.relu(g) * a).sum(0),
        "eigen-cam": eigen(a), "score-cam": weighted(softmaxed), "score-cam-probability": weighted(probability),
        "ablation-cam": weighted((y[0, c] - tail(without)[:, c]) / y[0, c]), "recipro-cam": tail(alone)[:, c].reshape(7, 7),
        "group-cam": group_cam(x, a, alpha, c)}
    result = {name: finished(values) for name, values in result.items()}
    return result | {"phase1": one, "phase2": two, "phase3": three}


c, i, j = np.meshgrid(range(3), range(32), range(32), indexing="ij")
image = np.sin(0.37 * j + 0.9 * c) + np.cos(0.23 * i * (c + 1)) + 0.3 * np.sin(0.05 * i * j + c)
image = torch.from_numpy(image.astype(np.float32))[None]
numbers = lambda t: [round(float(v), 6) for v in t.flatten()]
golden = {"scores": numbers(scores(image)), "maps": {
    str(target): {name: numbers(values) for name, values in maps(image, target).items()} for target in (0, 1, 2)}}
(folder / "tiny.json").write_text(json.dumps(golden, indent=0).replace(",\n", ", ").replace("[\n", "[").replace("\n]", "]") + "\n")
