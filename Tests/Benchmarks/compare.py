#!/usr/bin/env python3
"""Measures camtui against ONNX Runtime and pytorch-grad-cam, and prints the ratios as a Markdown table.

usage: compare.py --models FOLDER [--only forward,gradcam,scorecam,cold] [--networks NAME,...] [--pairs N]
                  [--long-pairs N] [--threads N] [--peer-only] [--binaries FOLDER] [--baseline FOLDER]
                  [--isa avx2|avx512] [--image FILE]

Both sides have the same threads, weights, image and layer, and take turns: each is asked once in a round, and waits
asleep while the other works. A side's figure is the median over the rounds. A ratio is peer / ours, so above 1 we are
faster: the median of the rounds' ratios, with the smallest and the largest. Memory is the peak resident set of the
side's own process. "differs by" is the largest difference of what both computed (scores, or the channels' weights),
relative to the largest value; it is empty where our side does not report it.

--isa holds oneDNN and PyTorch to these instructions; ONNX Runtime cannot be held, so that on AVX2 forward passes are
compared with the binaries of another build of camtui (--baseline).
Run by run.sh, which prepares the environment; the requests are described in peer.py.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from sides import Cold, Warm, median

HERE = pathlib.Path(__file__).resolve().parent
LAYERS = {"resnet18": "layer4.1", "resnet50": "layer4.2", "vgg16": "features.30", "mobilenet_v2": "features.18"}
SECTIONS = {
    "forward": ["resnet18", "resnet50", "vgg16", "mobilenet_v2"],
    "gradcam": ["resnet18", "resnet50", "mobilenet_v2", "vgg16"],
    "scorecam": ["resnet18", "vgg16"],  # --networks adds mobilenet_v2 and resnet50: minutes a round
    "cold": ["resnet18", "mobilenet_v2"],
}
CATEGORY = 207
# What oneDNN and PyTorch call them.
ISAS = {"avx2": ("AVX2", "avx2"), "avx512": ("AVX512_CORE", "avx512")}
# The first runs of either side make plans, allocate and compile.
WARM_UP_VISITS = 2
REST = 0.2  # seconds between two visits: the threads of the side that was measured stop spinning


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--models", type=pathlib.Path, required=True, help="what make_models.py wrote")
    parser.add_argument("--only", default=",".join(SECTIONS), help="sections, separated by commas")
    parser.add_argument("--networks", help="networks, separated by commas; default: each section's own")
    parser.add_argument("--pairs", type=int, default=7, help="rounds of the short measurements")
    parser.add_argument("--long-pairs", type=int, default=1, help="rounds of Score-CAM")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--peer-only", action="store_true", help="measure the peers alone")
    parser.add_argument("--binaries", type=pathlib.Path, default=HERE.parents[1] / ".build/release")
    parser.add_argument("--baseline", type=pathlib.Path, help="binaries of another build: a further peer of forward")
    parser.add_argument("--isa", choices=sorted(ISAS), help="the best instructions that oneDNN and PyTorch may use")
    parser.add_argument("--untuned", action="store_true", help="Score-CAM: leave the peer's tuned setting out")
    parser.add_argument("--image", type=pathlib.Path, help="photo of the cold runs; default: a made-up one")
    arguments = parser.parse_args()
    arguments.only = arguments.only.split(",")
    unknown = set(arguments.only) - set(SECTIONS)
    if unknown:
        parser.error(f"unknown section {' '.join(sorted(unknown))}; known: {' '.join(SECTIONS)}")
    return arguments


class Comparison:
    """The sides of one experiment, and which of them stand against each other."""

    def __init__(self, options):
        self.options, self.sides, self.rows = options, {}, []

    def ours(self, key, request):
        if not self.options.peer_only:
            command = [self.options.binaries / "camtui-benchmark", str(self.options.threads)]
            self.sides[key] = Warm(key, command, request, self.options.threads)

    def baseline(self, key, request):
        command = [self.options.baseline / "camtui-benchmark", str(self.options.threads)]
        self.sides[key] = Warm(key, command, request, self.options.threads)

    def peer(self, key, request, tuned=False):
        command = [sys.executable, HERE / "peer.py", str(self.options.threads)] + ["--tuned"] * tuned
        self.sides[key] = Warm(key, command, request, self.options.threads)

    def cold(self, key, command, scratch):
        self.sides[key] = Cold(key, [str(part) for part in command], self.options.threads, scratch)

    def against(self, title, ours, peer):
        self.rows.append((title, ours, peer))

    def run(self, rounds, warm_up_visits=WARM_UP_VISITS, warmed_up=None):
        """Every side in turn, `rounds` times, after visits that do not count; prints the rows."""
        results = {key: [] for key in self.sides}
        memory = {}
        try:
            for key in [key for key in self.sides if warmed_up is None or key in warmed_up] * warm_up_visits:
                self.sides[key].measure()
            for _ in range(rounds):
                for key, side in self.sides.items():
                    time.sleep(REST)
                    results[key].append(side.measure())
        finally:
            for key, side in self.sides.items():
                memory[key] = side.close()
        for key, found in results.items():
            if found and found[0].megabytes is not None:
                memory[key] = median([m.megabytes for m in found])
        for title, ours, peer in self.rows:
            print(row(title, results.get(ours), results[peer], memory.get(ours), memory[peer]), flush=True)


def row(title, ours, peer, our_memory, peer_memory):
    seconds = lambda found: median([m.seconds for m in found])
    if ours is None:
        return f"| {title} | | {shown(seconds(peer))} | | | | {peer_memory:.0f} | | |"
    ratios = [p.seconds / o.seconds for o, p in zip(ours, peer)]
    return (f"| {title} | {shown(seconds(ours))} | {shown(seconds(peer))} | **{median(ratios):.2f}** | "
            f"{min(ratios):.2f}-{max(ratios):.2f} | {our_memory:.0f} | {peer_memory:.0f} | "
            f"{our_memory / peer_memory:.2f} | {difference(ours[0].check, peer[0].check)} |")


def shown(seconds):
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"


def difference(ours, peer):
    if not ours or not peer or len(ours) != len(peer):
        return ""
    return f"{max(abs(a - b) for a, b in zip(ours, peer)) / max(max(map(abs, peer)), 1e-30):.1e}"


def forward(options, name):
    for batch, repeats in (1, 9), (16, 2):
        comparison = Comparison(options)
        request = f"forward {options.models / name}.onnx {batch} {repeats}"
        comparison.ours("ours", request)
        comparison.peer("ONNX Runtime", request)
        comparison.against(f"forward, {name}, batch {batch}: ONNX Runtime", "ours", "ONNX Runtime")
        if options.baseline:
            comparison.baseline("baseline", request)
            comparison.against(f"forward, {name}, batch {batch}: baseline", "ours", "baseline")
        comparison.run(options.pairs)


def gradcam(options, name):
    comparison = Comparison(options)
    request = f"gradcam {options.models / name}.onnx {LAYERS[name]} {CATEGORY} 5"
    comparison.ours("ours", request)
    for tuned in False, True:
        title = "pytorch-grad-cam" + " tuned" * tuned
        comparison.peer(title, request, tuned)
        comparison.against(f"Grad-CAM, {name}: {title}", "ours", title)
    comparison.run(options.pairs)


def scorecam(options, name):
    comparison = Comparison(options)
    model = f"{options.models / name}.onnx {LAYERS[name]} {CATEGORY}"
    comparison.ours("Score-CAM", f"scorecam {model} -")
    comparison.ours("Increment-CAM", f"incrementcam {model}")
    for tuned in (False,) if options.untuned else (False, True):
        title = "pytorch-grad-cam's Score-CAM" + " tuned" * tuned
        comparison.peer(title, f"scorecam {model} 16", tuned)
    for ours in "Score-CAM", "Increment-CAM":
        for title in [key for key in comparison.sides if key.startswith("pytorch-grad-cam")]:
            if ours == "Score-CAM" or not options.peer_only:
                comparison.against(f"{ours}, {name}: {title}", ours, title)
    # Our plans are made in a visit that does not count; hundreds of passes warm the peers up as they go.
    comparison.run(options.long_pairs, warm_up_visits=1, warmed_up=("Score-CAM", "Increment-CAM"))


def cold(options, name):
    image = options.image or made_up_photo(options.models / "photo.jpg")
    weights = state_dictionary(options.models / f"{name}.onnx")
    scratch = pathlib.Path(tempfile.mkdtemp(prefix="camtui-cold-"))
    comparison = Comparison(options)
    if not options.peer_only:
        comparison.cold("ours", [options.binaries / "camtui", "explain", image, "--model",
                                 options.models / f"{name}.onnx", "--method", "grad-cam", "--layer", LAYERS[name],
                                 "--threads", options.threads, "--output", "{folder}"], scratch)
    for tuned in False, True:
        title = "script with pytorch-grad-cam" + " tuned" * tuned
        comparison.cold(title, [sys.executable, HERE / "peer_gradcam.py", image, weights, LAYERS[name], "{folder}",
                                options.threads] + ["--tuned"] * tuned, scratch)
        comparison.against(f"cold process, Grad-CAM, {name}: {title}", "ours", title)
    try:
        comparison.run(options.pairs)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def state_dictionary(model):
    """MODEL.pth, the weights as PyTorch saves them, made once beside the ONNX file."""
    path = model.with_suffix(".pth")
    if not path.exists():
        # In a process of its own: a child's peak memory counts what its parent once held.
        partial = path.with_suffix(".partial")
        program = ("import pathlib, sys, torch, torch_models; "
                   "torch.save(torch_models.network(pathlib.Path(sys.argv[1])).state_dict(), sys.argv[2])")
        subprocess.run([sys.executable, "-c", program, model, partial], cwd=HERE, check=True)
        partial.rename(path)
    return path


def made_up_photo(path):
    """A seeded JPEG of 1600 x 1200: coarse colours, a gradient and grain."""
    if not path.exists():
        import numpy
        from PIL import Image

        random = numpy.random.default_rng(3)
        coarse = Image.fromarray(random.integers(0, 256, (12, 16, 3), dtype=numpy.uint8)).resize((1600, 1200), 3)
        pixels = numpy.asarray(coarse, numpy.float32) + random.normal(0, 8, (1200, 1600, 3))
        Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8)).save(path, quality=90)
    return path


def main():
    options = parsed()
    if options.isa:
        os.environ["ONEDNN_MAX_CPU_ISA"], os.environ["ATEN_CPU_CAPABILITY"] = ISAS[options.isa]
    needed = {"camtui"} if options.only == ["cold"] else {"camtui", "camtui-benchmark"}
    missing = [name for name in sorted(needed) if not (options.binaries / name).exists()]
    if missing and not options.peer_only:
        sys.exit(f"{' and '.join(missing)} not found in {options.binaries}: build them, or pass --peer-only")
    print("| what | ours | peer | peer / ours | of the rounds | our MB | peer MB | ours / peer | differs by |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    failed = False
    for section in options.only:
        for name in options.networks.split(",") if options.networks else SECTIONS[section]:
            try:
                globals()[section](options, name)
            except RuntimeError as error:
                failed = True
                print(f"| {section}, {name}: {error} | | | | | | | | |", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
