#!/usr/bin/env python3
"""Grad-CAM with average drop over a folder of photos: camtui evaluate against pytorch-grad-cam, in alternating rounds.

usage: throughput.py --models FOLDER --photos FOLDER [--camtui FILE] [--networks NAME,...] [--rounds N]

FOLDER is what make_models.py wrote. Both sides read every photo, explain the most probable class, multiply the input by
the map and run the network again. The peer's figure is its loop alone; ours is the whole command, from its start to the
end of its report. Printed: photos a second, medians over the rounds, and the ratio ours / peer, the median of the rounds'
ratios with the smallest and the largest; then ours with one thread, and as two shards of one thread each at once.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from sides import environment, median

LAYERS = {"resnet18": "layer4.1", "resnet50": "layer4.2", "vgg16": "features.30", "mobilenet_v2": "features.18"}


class Peer:
    """pytorch-grad-cam with torchvision's preprocessing."""

    def __init__(self, model, layer, threads):
        import torch
        import torch_models
        from pytorch_grad_cam import GradCAM
        from torchvision import transforms

        torch.set_num_threads(threads)
        self.torch, network = torch, torch_models.network(model)
        self.network, self.method = network, GradCAM(network, [network.get_submodule(layer)])
        self.prepare = transforms.Compose([
            transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(),
            transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])])

    def drop(self, path):
        from PIL import Image

        image = self.prepare(Image.open(path).convert("RGB"))[None]
        heat_map = self.method(input_tensor=image, targets=None)
        before = self.method.outputs[0].detach().softmax(0)
        target = int(before.argmax())
        with self.torch.no_grad():
            after = self.network(image * self.torch.from_numpy(heat_map)[None])[0].softmax(0)
        return max(0.0, float((before[target] - after[target]) / before[target]))

    def seconds(self, photos):
        start = time.perf_counter()
        for photo in photos:
            self.drop(photo)
        return time.perf_counter() - start


class Ours:
    """`camtui evaluate`, one process a shard."""

    def __init__(self, camtui, model, photos):
        self.command = [camtui, "evaluate", photos, "--format", "folder", "--model", model, "--methods", "grad-cam",
                        "--metrics", "average-drop"]

    def seconds(self, threads, shards=1):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            processes = [
                subprocess.Popen([*map(str, self.command), "--threads", str(threads), "--shard", f"{index}/{shards}",
                                  "--results", f"{folder}/{index}.sqlite"],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment(threads))
                for index in range(1, shards + 1)]
            for process in processes:
                message = process.communicate()[1]
                if process.returncode != 0:
                    sys.exit(message.decode(errors="replace"))
            return time.perf_counter() - start


def parsed():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--models", type=pathlib.Path, required=True)
    parser.add_argument("--photos", type=pathlib.Path, required=True)
    parser.add_argument("--camtui", type=pathlib.Path, default=".build/release/camtui")
    parser.add_argument("--networks", default="resnet18,mobilenet_v2")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


def main():
    options, threads = parsed(), 2
    os.environ["OMP_NUM_THREADS"] = str(threads)
    photos = sorted(path for path in options.photos.iterdir() if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    print(f"{len(photos)} photos, {threads} threads, {options.rounds} rounds\n")
    print("| network | pytorch-grad-cam | camtui | ratio | camtui, 1 thread | 2 shards of 1 thread |")
    print("|---|---|---|---|---|---|")
    for name in options.networks.split(","):
        peer = Peer(options.models / f"{name}.onnx", LAYERS[name], threads)
        ours = Ours(options.camtui, options.models / f"{name}.onnx", options.photos)
        peer.seconds(photos[:3])  # its first runs compile and allocate
        rounds = []
        for _ in range(options.rounds):
            rounds.append((peer.seconds(photos), ours.seconds(threads), ours.seconds(1), ours.seconds(1, shards=2)))
            time.sleep(0.2)
        rates = [f"{len(photos) / median(seconds):.1f}" for seconds in zip(*rounds)]
        ratios = sorted(peer / own for peer, own, *_ in rounds)
        rates.insert(2, f"{median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})")
        print(f"| {name} | " + " | ".join(rates) + " |", flush=True)


if __name__ == "__main__":
    main()
