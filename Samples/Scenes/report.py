"""What the shipped model says of the samples, as tables in Markdown.

    python report.py --camtui .build/release/camtui

Runs `camtui explain` on every sample, by Grad-CAM and without any option that a user would not
give. Prints the three most probable classes and, for each object whose class the model knows, the
share of the map's sum that lies inside the object's box when the map is made for that class.
Needs NumPy.
"""
import argparse
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

SAMPLES = Path(__file__).resolve().parent.parent


def explain(camtui, image, wanted=None, top=3):
    """The manifest of one run, and its map."""
    with tempfile.TemporaryDirectory() as folder:
        command = [camtui, "explain", str(image), "--output", folder, "--method", "grad-cam",
                   "--top", str(top)]
        if wanted is not None:
            command += ["--class", wanted]
        subprocess.run(command, check=True, capture_output=True, text=True)
        manifest = json.loads((Path(folder) / "manifest.json").read_text())
        return manifest, np.load(Path(folder) / manifest["maps"]["grad-cam"]["values"])


def share_inside(values, box, width, height):
    """The share of the map inside a box; the map covers the centre square of the picture."""
    edge = min(width, height)
    left, top = (width - edge) / 2, (height - edge) / 2
    rows, columns = values.shape
    x = overlaps(columns, (box[0] - left) / edge, (box[2] - left) / edge)
    y = overlaps(rows, (box[1] - top) / edge, (box[3] - top) / edge)
    return float(y @ values @ x / values.sum())


def overlaps(count, low, high):
    """For each of `count` equal cells of 0...1: how much of it lies in low...high."""
    edges = np.clip(np.linspace(0, 1, count + 1), low, high)
    return np.diff(edges) * count


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--camtui", required=True)
    options = parser.parse_args()
    samples = [json.loads(p.read_text()) for p in sorted(SAMPLES.glob("*.json"))]
    print("| sample | the model's first three | class | in the box | the box covers |")
    print("|---|---|---|---|---|")
    for sample in samples:
        image = SAMPLES / sample["image"]
        first, _ = explain(options.camtui, image)
        words = ", ".join(f"{c['label'].split(',')[0]} {100 * c['probability']:.0f} %"
                          for c in first["top"])
        known = [item for item in sample["objects"] if item["wnid"]]
        for wnid in dict.fromkeys(item["wnid"] for item in known):
            manifest, values = explain(options.camtui, image, wnid)
            for item in known:
                width, height, box = sample["width"], sample["height"], item["box"]
                inside = 100 * share_inside(values, box, width, height)
                covered = 100 * share_inside(np.ones_like(values), box, width, height)
                label = manifest["class"]["label"].split(",")[0]
                where = f" ({item['name']})" if len(known) > 1 else ""
                print(f"| {image.stem} | {words} | {label} | {inside:.0f} %{where} | "
                      f"{covered:.0f} % |")


if __name__ == "__main__":
    main()
