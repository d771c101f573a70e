#!/usr/bin/env python3
"""How soon Phase 2 of Increment-CAM is near its final map, and whether its bound and its estimate hold: a table.

usage: anytime.py [--batch 8] [--threads 2] [--program PATH] --models MODEL.onnx ... --photos PHOTO ...

Needs the release binary of camtui-benchmark (swift build -c release --product camtui-benchmark). All channels that have a
Grad-CAM activation are scored, the largest contribution first. `phase 2 within 5 %` is the share of them from which on no
value of the map differs by more than 0.05 from the final one; `held` says after how many of the batches no place of the
sum, and no value of the map, grew or changed by more than `remainder` had said. Progress goes to standard error.
"""
import argparse
import json
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
parser = argparse.ArgumentParser()
parser.add_argument("--models", nargs="+", required=True)
parser.add_argument("--photos", nargs="+", required=True)
parser.add_argument("--batch", default="8")
parser.add_argument("--threads", default="2")
parser.add_argument("--program", default=str(here.parent.parent / ".build/release/camtui-benchmark"))
arguments = parser.parse_args()

cases = [("anytime", model, photo, score, arguments.batch)
         for model in arguments.models for photo in arguments.photos for score in ("probability", "increase")]
if any(" " in word for case in cases for word in case):
    sys.exit("anytime.py: the paths of models and photos must have no spaces.")
process = subprocess.Popen(
    [arguments.program, arguments.threads], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
print("| network | photo | class | score | channels | phase 2 within 5 % | within 1 % | phase 3 within 5 % | within 1 % "
      "| remainder below 5 % | held for the sum | held for the map |")
print("|---" * 12 + "|")
for case in cases:
    print(*case, file=sys.stderr)
    process.stdin.write(" ".join(case) + "\n")
    process.stdin.flush()
    found = json.loads(process.stdout.readline())
    if "error" in found:
        sys.exit(f"anytime.py: {found['error']}")
    shares = [f"{100 * found[key]:.0f} %" for key in (
        "phase2Within5Percent", "phase2Within1Percent", "phase3Within5Percent", "phase3Within1Percent",
        "remainderBelow5Percent")]
    held = [f"{found[key]} of {found['steps']}" for key in ("heldForTheSum", "heldForTheMap")]
    names = [pathlib.Path(case[1]).stem, pathlib.Path(case[2]).name, found["class"].split(",")[0], case[3]]
    print("| " + " | ".join(names + [str(found["channels"])] + shares + held) + " |")
