"""Computes the figures of the model card from a written model, in ONNX Runtime.

    python measure.py --model FOLDER/NAME.onnx --data DATA [--photos FOLDER]

Prints top-1, top-5, cross entropy and expected calibration error on the validation photos, the
classes that it knows worst, and what it confuses most often. --photos names a folder of full-size
photos called WNID_anything.jpg; they are prepared as the model's metadata says.
"""
import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch
import torch.nn.functional as F
from PIL import Image

import dataset
from export import accuracy, calibration_error


class Shipped:
    """A written model with its own preprocessing."""

    def __init__(self, path):
        self.session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        metadata = self.session.get_modelmeta().custom_metadata_map
        self.settings = json.loads(metadata["preprocessor_config"])
        labels = [line.split(" ", 1) for line in json.loads(metadata["labels"])]
        self.wnids, self.names = zip(*labels)

    def prepared(self, photo):
        """Shortest edge, centre crop, normalised: 3 x size x size floats."""
        edge, resample = self.settings["size"]["shortest_edge"], self.settings["resample"]
        width, height = photo.size
        long = int(edge * max(width, height) / min(width, height))
        size = (edge, long) if width <= height else (long, edge)
        photo = photo.convert("RGB").resize(size, resample)
        wanted = self.settings["crop_size"]
        left = round((size[0] - wanted["width"]) / 2)
        top = round((size[1] - wanted["height"]) / 2)
        photo = photo.crop((left, top, left + wanted["width"], top + wanted["height"]))
        pixels = np.asarray(photo, np.float32) * np.float32(self.settings["rescale_factor"])
        pixels = (pixels - np.float32(self.settings["image_mean"])) / np.float32(
            self.settings["image_std"])
        return pixels.transpose(2, 0, 1)

    def logits(self, photos, batch=250):
        out = []
        for start in range(0, len(photos), batch):
            x = np.stack([self.prepared(photo) for photo in photos[start:start + batch]])
            out.append(self.session.run(None, {"image": x})[0])
        return torch.from_numpy(np.concatenate(out))


def report(title, logits, labels):
    print("%s: %d photos, top-1 %.2f top-5 %.2f cross entropy %.4f expected calibration error %.2f"
          % (title, len(labels), *accuracy(logits, labels), F.cross_entropy(logits, labels).item(),
             calibration_error(logits, labels)))


def confusions(logits, labels, names):
    """The classes with the lowest recall, and the most frequent mistakes."""
    count = len(names)
    table = torch.zeros(count, count, dtype=torch.long)
    table.index_put_((labels, logits.argmax(1)), torch.ones(len(labels), dtype=torch.long),
                     accumulate=True)
    recall = table.diag() / table.sum(1).clamp(min=1)
    short = [name.split(",")[0] for name in names]
    print("worst:", "; ".join(f"{short[i]} {100 * recall[i]:.0f} %" for i in recall.argsort()[:10]))
    print("best:", "; ".join(f"{short[i]} {100 * recall[i]:.0f} %"
                             for i in recall.argsort(descending=True)[:10]))
    table.fill_diagonal_(0)
    order = table.flatten().argsort(descending=True)[:12]
    print("taken for:", "; ".join(f"{short[i // count]} -> {short[i % count]} {table.flatten()[i]}"
                                  for i in order.tolist()))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--photos", help="a folder of full-size photos, WNID_anything.jpg")
    options = parser.parse_args()
    model = Shipped(options.model)
    assert list(model.wnids) == [wnid for wnid, _ in dataset.classes(options.data)]
    photos, labels = dataset.validation(options.data, list(model.wnids))
    logits, labels = model.logits([Image.fromarray(p) for p in photos]), torch.tensor(labels)
    report("validation", logits, labels)
    report("validation, every second one (not calibrated on)", logits[1::2], labels[1::2])
    confusions(logits, labels, model.names)
    if options.photos:
        paths = sorted(p for p in Path(options.photos).iterdir() if p.name[:9] in model.wnids)
        labels = torch.tensor([model.wnids.index(p.name[:9]) for p in paths])
        logits = model.logits([Image.open(p) for p in paths])
        report("full-size photos", logits, labels)
        wrong = [(p, i) for p, i, y in zip(paths, logits.argmax(1).tolist(), labels.tolist())
                 if i != y]
        print("not first:", "; ".join(f"{p.stem[10:]} -> {model.names[i].split(',')[0]}"
                                      for p, i in wrong))


if __name__ == "__main__":
    main()
