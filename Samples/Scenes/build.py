"""Renders the samples: pictures, masks of their objects, and boxes.

    python build.py [--draft WIDTH] [--output FOLDER] [NAME ...]

Needs POV-Ray 3.7 (Debian: povray) and Pillow. For every scene of scenes.json it writes NAME.jpg,
Masks/NAME.OBJECT.png (white where the object is visible) and NAME.json: what the picture shows,
where its objects are, and what the shipped model is expected to say. Boxes are [left, top, right,
bottom] in pixels, right and bottom just outside. --draft renders small pictures without masks.
"""
import argparse
import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

FOLDER = Path(__file__).resolve().parent


def render(scene, size, target, options=()):
    """Runs POV-Ray on one scene; its messages are shown only when it fails."""
    command = ["povray", f"+I{scene}.pov", f"+O{target}", f"+W{size[0]}", f"+H{size[1]}",
               "+FN", "-D", "-P", "-GA", *options]
    result = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True)
    if result.returncode != 0:
        raise SystemExit(f"{scene}.pov could not be rendered:\n{result.stderr[-2000:]}")


def save(image, path, **options):
    """Writes under a temporary name first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name("." + path.name)
    image.save(temporary, format="JPEG" if path.suffix == ".jpg" else "PNG", **options)
    os.replace(temporary, path)


def picture(scene, size, output):
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "picture.png"
        render(scene, size, target, ["+A0.08", "+AM2", "+R3"])
        save(Image.open(target).convert("RGB"), output / f"{scene}.jpg", quality=90, subsampling=0,
             optimize=True)


def mask(scene, size, number, name, output):
    """Renders and writes the mask of one object; returns where it is."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "mask.png"
        render(scene, size, target, ["-A", f"Declare=Mask={number}"])
        white = Image.open(target).convert("L").point(lambda level: 255 * (level >= 128))
    if white.getbbox() is None:
        raise SystemExit(f"{scene}.pov: object {number}, {name}, is not visible.")
    path = output / "Masks" / f"{scene}.{name}.png"
    save(white.convert("1"), path, optimize=True)
    pixels = sum(white.histogram()[128:])
    return dict(box=list(white.getbbox()), share=round(pixels / (size[0] * size[1]), 4),
                mask=f"Masks/{path.name}")


def build(scene, entry, output):
    size = entry["size"]
    picture(scene, size, output)
    objects = [dict(item, **mask(scene, size, number, item["name"], output))
               for number, item in enumerate(entry["objects"], start=1)]
    description = dict(image=f"{scene}.jpg", shows=entry["shows"], width=size[0], height=size[1],
                       objects=objects, expect=entry["expect"])
    text = json.dumps(description, indent=2)
    text = re.sub(r"\[\s+(\d[\d,\s]*?)\s+\]", lambda m: f"[{' '.join(m[1].split())}]", text)
    temporary = output / f".{scene}.json"
    temporary.write_text(text + "\n")
    os.replace(temporary, output / f"{scene}.json")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="scenes; all of them by default")
    parser.add_argument("--output", type=Path, default=FOLDER.parent)
    parser.add_argument("--draft", type=int, help="only pictures, this wide")
    options = parser.parse_args()
    scenes = json.loads((FOLDER / "scenes.json").read_text())
    for name in options.names or scenes:
        if name not in scenes:
            parser.error(f"{name} is not in scenes.json")
        entry = scenes[name]
        if options.draft:
            height = round(options.draft * entry["size"][1] / entry["size"][0])
            picture(name, (options.draft, height), options.output)
        else:
            build(name, entry, options.output)
        print(name, flush=True)


if __name__ == "__main__":
    main()
