"""Compares figures of `camtui evaluate` with figures computed here from the same map.

usage: metrics_parity.py CAMTUI MODEL.onnx PHOTO...

The photos are cut to 224 x 224 beforehand and the network is told not to resize, so that what is compared
is the metrics alone. The map is the one that `camtui explain --output` writes; everything else (enlarging,
masking, blurring, ranking, running the network, areas) is done with NumPy, PyTorch, SciPy and ONNX Runtime
and shares no code with camtui. Needs numpy, torch, scipy, onnxruntime and pillow. Exits with 1 when a
figure differs by more than 1e-4.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import torch.nn.functional as F
from PIL import Image
from scipy.ndimage import gaussian_filter

SIZE = 224
MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
TOLERANCE = 1e-4
METRICS = ["average-drop", "increase-in-confidence", "average-gain", "insertion", "deletion",
           "complexity", "sparseness"]


def write_inputs(folder, photos):
    """The photos at the network's size, and a preprocessing that only normalises."""
    (folder / "photos").mkdir()
    for photo in photos:
        picture = Image.open(photo).convert("RGB")
        side = min(picture.size)
        left, top = (picture.width - side) // 2, (picture.height - side) // 2
        square = picture.crop((left, top, left + side, top + side)).resize((SIZE, SIZE))
        square.save(folder / "photos" / (Path(photo).stem + ".png"))
    config = dict(do_resize=False, do_center_crop=True, crop_size=dict(height=SIZE, width=SIZE),
                  do_rescale=True, rescale_factor=1 / 255, do_normalize=True, image_mean=MEAN,
                  image_std=STD)
    (folder / "preprocessor_config.json").write_text(json.dumps(config))


def run(*arguments):
    subprocess.run([str(a) for a in arguments], check=True, stdout=subprocess.DEVNULL)


class Network:
    """Probabilities of one class by ONNX Runtime."""

    def __init__(self, model):
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(str(model), options,
                                                    providers=["CPUExecutionProvider"])
        self.name = self.session.get_inputs()[0].name

    def probabilities(self, inputs):
        out = []
        for one in inputs:
            scores = self.session.run(None, {self.name: one[None].astype(np.float32)})[0].ravel()
            is_softmax = abs(scores.sum() - 1) < 1e-3 and scores.min() >= 0
            out.append(scores if is_softmax else torch.softmax(torch.tensor(scores), 0).numpy())
        return np.stack(out)


def area(curve):
    return (curve.sum() - curve[0] / 2 - curve[-1] / 2) / (len(curve) - 1)


def blurred(x):
    kernel = np.zeros((11, 11), np.float64)
    kernel[5, 5] = 1
    kernel = torch.tensor(gaussian_filter(kernel, 5)).float().expand(3, 1, 11, 11)
    return F.conv2d(torch.tensor(x)[None], kernel, padding=5, groups=3)[0].numpy()


def walk(start, finish, order, step):
    images, image = [start.copy()], start.reshape(3, -1).copy()
    for first in range(0, len(order), step):
        image[:, order[first:first + step]] = finish.reshape(3, -1)[:, order[first:first + step]]
        images.append(image.reshape(start.shape).copy())
    return images


def figures(network, x, small, target):
    enlarged = F.interpolate(torch.tensor(small)[None, None], (SIZE, SIZE), mode="bilinear",
                             align_corners=False)[0, 0].numpy()
    y, o = network.probabilities([x, x * enlarged])[:, target].astype(np.float64)
    order = np.argsort(-enlarged.ravel(), kind="stable")
    insertion = walk(blurred(x), x, order, SIZE)
    deletion = walk(x, np.zeros_like(x), order, SIZE)
    gini = np.sort(enlarged.ravel().astype(np.float64))
    ranks = 2 * np.arange(1, gini.size + 1) - gini.size - 1
    return {
        "average-drop": max(0, y - o) / y,
        "increase-in-confidence": float(y < o),
        "average-gain": max(0, o - y) / (1 - y),
        "insertion": area(network.probabilities(insertion)[:, target].astype(np.float64)),
        "deletion": area(network.probabilities(deletion)[:, target].astype(np.float64)),
        "complexity": np.abs(enlarged.astype(np.float64)).mean(),
        "sparseness": (ranks * gini).sum() / (gini.size * gini.sum()),
    }


def prepared(path):
    pixels = np.asarray(Image.open(path), np.float32) / 255
    x = (pixels - np.array(MEAN, np.float32)) / np.array(STD, np.float32)
    return np.ascontiguousarray(x.transpose(2, 0, 1)).astype(np.float32)


def main():
    camtui, model, photos = sys.argv[1], Path(sys.argv[2]), sys.argv[3:]
    worst = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_inputs(folder, photos)
        common = ["--model", model, "--preprocessor", folder / "preprocessor_config.json"]
        run(camtui, "evaluate", folder / "photos", *common, "--methods", "grad-cam", "--metrics",
            ",".join(METRICS), "--results", folder / "results.sqlite")
        database = sqlite3.connect(folder / "results.sqlite")
        network = Network(model)
        for photo in sorted((folder / "photos").iterdir()):
            run(camtui, "explain", photo, *common, "--output", folder / "out")
            target = json.loads((folder / "out/manifest.json").read_text())["class"]["index"]
            small = np.load(folder / "out/grad-cam.npy")
            expected = figures(network, prepared(photo), small, target)
            for metric in METRICS:
                (value,) = database.execute(
                    "SELECT value FROM result WHERE unit = ? AND metric = ?",
                    (photo.name, metric)).fetchone()
                difference = abs(value - expected[metric])
                worst = max(worst, difference)
                print(f"{photo.stem:24} {metric:24} {value:.6f} {expected[metric]:.6f} "
                      f"{difference:.1e}")
    print(f"largest difference {worst:.1e}, at most {TOLERANCE:.0e} is allowed")
    sys.exit(worst > TOLERANCE)


main()
