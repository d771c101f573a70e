"""Reads the photos of Tiny ImageNet's layout once and keeps them as byte arrays.

Expected folder: classes.tsv (index, wnid, name), train/WNID/*.JPEG and val/*.JPEG with
val/annotations.txt (file, wnid, x0, y0, x1, y1 separated by tabs).
"""
import os
from pathlib import Path

import numpy as np
from PIL import Image

SIZE = 64


def classes(folder):
    """The classes in the order of the outputs: a list of (WordNet id, name)."""
    lines = (Path(folder) / "classes.tsv").read_text().splitlines()[1:]
    return [tuple(line.split("\t")[1:3]) for line in lines]


def decode(path):
    """One photo as SIZE x SIZE x 3 bytes; larger ones: shortest edge to SIZE, centre crop."""
    image = Image.open(path).convert("RGB")
    if image.size != (SIZE, SIZE):
        scale = SIZE / min(image.size)
        width, height = (max(SIZE, round(edge * scale)) for edge in image.size)
        image = image.resize((width, height), Image.Resampling.BILINEAR)
        left, top = (width - SIZE) // 2, (height - SIZE) // 2
        image = image.crop((left, top, left + SIZE, top + SIZE))
    return np.asarray(image)


def class_folders(folder, wnids):
    """Photos and class indices of a folder with one subfolder a WordNet id."""
    photos, targets = [], []
    for index, wnid in enumerate(wnids):
        for path in sorted(p for p in (Path(folder) / wnid).rglob("*") if p.suffix.lower() in
                           (".jpeg", ".jpg", ".png")):
            photos.append(decode(path))
            targets.append(index)
    return photos, targets


def validation(folder, wnids):
    """The validation photos and their class indices, in the order of annotations.txt."""
    photos, targets = [], []
    for line in (Path(folder) / "val" / "annotations.txt").read_text().splitlines():
        name, wnid = line.split("\t")[:2]
        photos.append(decode(Path(folder) / "val" / name))
        targets.append(wnids.index(wnid))
    return photos, targets


def load(folder, cache):
    """Arrays train, train_targets, val, val_targets; decoded once, then read from `cache`."""
    cache = Path(cache)
    if not cache.exists():
        wnids = [wnid for wnid, _ in classes(folder)]
        train, train_targets = class_folders(Path(folder) / "train", wnids)
        val, val_targets = validation(folder, wnids)
        temporary = cache.with_suffix(".tmp.npz")
        np.savez(temporary, train=np.stack(train), train_targets=np.array(train_targets),
                 val=np.stack(val), val_targets=np.array(val_targets))
        os.replace(temporary, cache)
    with np.load(cache) as arrays:
        return {name: arrays[name] for name in arrays.files}
