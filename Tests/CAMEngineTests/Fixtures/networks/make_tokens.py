#!/usr/bin/env python3
"""Writes a small random transformer and maps of it, computed by PyTorch from the formulas.

usage: make_tokens.py            needs: pip install torch onnx numpy

tokens.onnx   [1, 3, 24, 32]: Conv 8x8 stride 8 (a grid of 3 x 4, 8 channels) - class token before it - positions - two blocks of
              LayerNormalization (norm1_1, norm2_1), attention with 2 heads (attention_1, attention_2), sum, LayerNormalization,
              MatMul - Relu - MatMul, sum - LayerNormalization (final) - the class token - Gemm (5 classes).
tokens.json   {"scores": [5], "maps": {class: {method: [3 * 4]}}} at the layer norm2_1, for the input
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
random = np.random.default_rng(20240721)
K, HEADS, BLOCKS = 8, 2, 2


def weight(*shape, scale=1.0):
    return (scale * random.uniform(-1, 1, shape)).astype(np.float32)


t = {"patch": weight(K, 3, 8, 8, scale=0.15), "class": weight(1, 1, K), "positions": weight(1, 13, K, scale=0.5)}
for b in range(1, BLOCKS + 1):
    for name in ("q", "k", "v", "out"): t[f"{name}{b}"] = weight(K, K, scale=0.8)
    t[f"up{b}"], t[f"down{b}"] = weight(K, 2 * K, scale=0.6), weight(2 * K, K, scale=0.6)
    for name in (f"norm{b}_1", f"norm{b}_2"): t[name + "_scale"], t[name + "_shift"] = 1 + weight(K, scale=0.3), weight(K, scale=0.3)
t["final_scale"], t["final_shift"] = 1 + weight(K, scale=0.3), weight(K, scale=0.3)
t["head"], t["bias"] = weight(5, K), weight(5)
integers = {"columns_shape": [1, K, 12], "heads_shape": [1, 13, HEADS, K // HEADS], "joined_shape": [1, 13, K], "first": 0}

nodes = []
node = lambda kind, inputs, output, **attributes: nodes.append(helper.make_node(kind, inputs, [output], **attributes))
norm = lambda x, y: node("LayerNormalization", [x, y + "_scale", y + "_shift"], y, axis=-1, epsilon=1e-5)
node("Conv", ["image", "patch"], "embedded", kernel_shape=[8, 8], strides=[8, 8])
node("Reshape", ["embedded", "columns_shape"], "columns")
node("Transpose", ["columns"], "patches", perm=[0, 2, 1])
node("Concat", ["class", "patches"], "joined", axis=1)
node("Add", ["joined", "positions"], "sum0")
for b in range(1, BLOCKS + 1):
    norm(f"sum{b - 1}", f"norm{b}_1")
    for name, perm in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])):
        node("MatMul", [f"norm{b}_1", f"{name}{b}"], f"{name}_flat{b}")
        node("Reshape", [f"{name}_flat{b}", "heads_shape"], f"{name}_heads{b}")
        node("Transpose", [f"{name}_heads{b}"], f"{name}_sorted{b}", perm=perm)
    node("MatMul", [f"q_sorted{b}", f"k_sorted{b}"], f"product{b}")
    node("Mul", [f"product{b}", "factor"], f"likeness{b}")
    node("Softmax", [f"likeness{b}"], f"attention_{b}", axis=-1)
    node("MatMul", [f"attention_{b}", f"v_sorted{b}"], f"taken{b}")
    node("Transpose", [f"taken{b}"], f"taken_back{b}", perm=[0, 2, 1, 3])
    node("Reshape", [f"taken_back{b}", "joined_shape"], f"taken_flat{b}")
    node("MatMul", [f"taken_flat{b}", f"out{b}"], f"attended{b}")
    node("Add", [f"sum{b - 1}", f"attended{b}"], f"half{b}")
    norm(f"half{b}", f"norm{b}_2")
    node("MatMul", [f"norm{b}_2", f"up{b}"], f"wide{b}")
    node("Relu", [f"wide{b}"], f"rectified{b}")
    node("MatMul", [f"rectified{b}", f"down{b}"], f"narrow{b}")
    node("Add", [f"half{b}", f"narrow{b}"], f"sum{b}")
norm(f"sum{BLOCKS}", "final")
node("Gather", ["final", "first"], "token", axis=1)
node("Gemm", ["token", "head", "bias"], "scores", transB=1)
tensors = t | {"factor": np.float32((K // HEADS) ** -0.5).reshape(())}
graph = helper.make_graph(
    nodes, "tokens", [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, 24, 32])],
    [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 5])],
    [numpy_helper.from_array(np.asarray(v), k) for k, v in tensors.items()]
    + [numpy_helper.from_array(np.array(v, np.int64), k) for k, v in integers.items()])
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, folder / "tokens.onnx")

p = {key: torch.from_numpy(np.asarray(value)) for key, value in t.items()}
norm = lambda x, name: F.layer_norm(x, (K,), p[name + "_scale"], p[name + "_shift"])


def attend(x, b, kept):
    split = lambda name: (x @ p[f"{name}{b}"]).reshape(-1, 13, HEADS, K // HEADS).transpose(1, 2)
    a = F.softmax(split("q") @ split("k").transpose(2, 3) * (K // HEADS) ** -0.5, -1)
    if a.requires_grad: a.retain_grad()
    kept.append(a)
    return (a @ split("v")).transpose(1, 2).reshape(-1, 13, K) @ p[f"out{b}"]


def rest(s, normed, b, kept):
    """Block b from its input and that input's first normalisation, and everything behind it."""
    s = s + attend(normed, b, kept)
    s = s + F.relu(norm(s, f"norm{b}_2") @ p[f"up{b}"]) @ p[f"down{b}"]
    if b < BLOCKS: return rest(s, norm(s, f"norm{b + 1}_1"), b + 1, kept)
    return norm(s, "final")[:, 0] @ p["head"].T + p["bias"]


def embed(x):
    patches = F.conv2d(x, p["patch"], stride=8).flatten(2).transpose(1, 2)
    return torch.cat([p["class"].expand(len(x), -1, -1), patches], 1) + p["positions"]


def scores(x, kept=None):
    s = embed(x)
    return rest(s, norm(s, "norm1_1"), 1, [] if kept is None else kept)


def finished(a):
    a = F.relu(a)
    return (a - a.min()) / (a.max() - a.min()) if a.max() > a.min() else a * 0


def maps(x, c):
    s0 = embed(x)
    s1 = s0 + attend(norm(s0, "norm1_1"), 1, [])
    s1 = (s1 + F.relu(norm(s1, "norm1_2") @ p["up1"]) @ p["down1"]).detach()
    layer = norm(s1, "norm2_1").detach().requires_grad_()
    y = rest(s1, layer, 2, [])
    y[0, c].backward()
    grid = lambda v: v[0, 1:].T.reshape(K, 3, 4)
    a, g, y = grid(layer.detach()), grid(layer.grad), y.detach()

    def tail(changed):
        """The scores for other maps: the class token and what bypasses the layer stay."""
        tokens = torch.cat([layer.detach()[:, :1].expand(len(changed), -1, -1), changed.flatten(2).transpose(1, 2)], 1)
        return rest(s1.expand(len(changed), -1, -1), tokens, 2, []).detach()[:, c]

    weighted = lambda w: (w[:, None, None] * a).sum(0)
    without = a[None].repeat(K, 1, 1, 1)
    for k in range(K): without[k, k] = 0
    alone = torch.zeros(12, K, 3, 4)
    for i in range(12): alone[i, :, i // 4, i % 4] = a[:, i // 4, i % 4]
    large = F.interpolate(a[:, None], size=(24, 32), mode="bilinear", align_corners=False)
    low, high = large.amin((2, 3), keepdim=True), large.amax((2, 3), keepdim=True)
    masked = torch.cat([scores(x * m[None]) for m in (large - low) / (high - low)]).detach()

    kept, rows = [], torch.eye(13)
    x = x.clone().requires_grad_()
    scores(x, kept)[0, c].backward()
    for matrix in kept: rows = (matrix.detach()[0].mean(0) + torch.eye(13)) / 2 @ rows
    relevance = torch.eye(13)
    for matrix in kept: relevance = relevance + F.relu(matrix.grad * matrix.detach())[0].mean(0) @ relevance
    result = {
        "grad-cam": weighted(g.mean((1, 2))), "hires-cam": (g * a).sum(0), "layer-cam": (F.relu(g) * a).sum(0),
        "xgrad-cam": weighted((g * a).sum((1, 2)) / (a.sum((1, 2)) + 1e-7)),
        "ablation-cam": weighted((y[0, c] - tail(without)) / y[0, c]), "recipro-cam": tail(alone).reshape(3, 4),
        "score-cam": weighted(F.softmax(masked[:, c], 0)), "attention-rollout": rows[0, 1:].reshape(3, 4),
        "generic-attention": relevance[0, 1:].reshape(3, 4)}
    return {name: finished(values) for name, values in result.items()}


c, i, j = np.meshgrid(range(3), range(24), range(32), indexing="ij")
image = np.sin(0.37 * j + 0.9 * c) + np.cos(0.23 * i * (c + 1)) + 0.3 * np.sin(0.05 * i * j + c)
image = torch.from_numpy(image.astype(np.float32))[None]
numbers = lambda v: [round(float(n), 6) for n in v.flatten()]
golden = {"scores": numbers(scores(image).detach()), "maps": {
    str(target): {name: numbers(values) for name, values in maps(image, target).items()} for target in range(3)}}
(folder / "tokens.json").write_text(json.dumps(golden, indent=0).replace(",\n", ", ").replace("[\n", "[").replace("\n]", "]") + "\n")
