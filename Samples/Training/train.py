"""Trains the network that camtui ships, from nothing, on 100 classes of Tiny ImageNet.

    python teacher.py --data DATA --output OUT --teacher mobilenetv2.onnx --synsets synsets.txt
    OMP_NUM_THREADS=2 OMP_WAIT_POLICY=passive nice -n 19 \
        python train.py --data DATA --output OUT --minutes 66

The first command is optional: without OUT/teacher.npy the photos' labels are the only targets;
when the file appears, the next epoch uses it. The same train.py command goes on from
OUT/checkpoint.pt; `--minutes 90` lengthens a schedule that has not ended yet, and
`--restart 0.4 --minutes 60` begins another cosine at 0.4 of the peak rate when it has.
Seed 20260501. CUDA is used where there is one, with the larger settings below.

The schedule runs on computing time: learning rate and image size are functions of the share of
--minutes that was spent, so a slow machine makes fewer epochs, never an unfinished cosine. On a
CPU a minute is one of processor time on every thread: waiting for other programs, or for
--pause-file to go away, does not count. OUT/log.txt gets one line an epoch.
"""
import argparse
import copy
import math
import os
import signal
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import augment
import dataset
from network import Network, multiplications

SEED = 20260501
# Image size until this share of the schedule: small images first, they are cheap.
IMAGE_SIZES = ((0.25, 32), (0.45, 40), (0.65, 48), (0.82, 56), (1.0, 64))
CPU = dict(batch=128, peak_rate=0.15, minutes=66, sizes=IMAGE_SIZES)
CUDA = dict(batch=256, peak_rate=0.3, minutes=25, sizes=((0.2, 48), (0.6, 64), (1.0, 72)))
MOMENTUM, WEIGHT_DECAY = 0.9, 5e-4
SMOOTHING, TEACHER_SHARE = 0.1, 0.6
AVERAGE_DECAY = 0.999
WARM_UP = 0.04


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, help="folder with classes.tsv, train and val")
    parser.add_argument("--output", required=True, help="folder for checkpoint.pt and log.txt")
    parser.add_argument("--extra", help="more training pictures: one subfolder a WordNet id")
    parser.add_argument("--minutes", type=float, help="length of the current cosine: computing time")
    parser.add_argument("--restart", type=float, help="new cosine, peak as share of the first")
    parser.add_argument("--size", default="small", help="network: small or large")
    parser.add_argument("--pause-file", help="training sleeps while this file exists")
    return parser.parse_args()


class Average:
    """Exponential moving average of weights and statistics; quick at first, slow later."""

    def __init__(self, network):
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self.steps = 0

    @torch.no_grad()
    def update(self, network):
        self.steps += 1
        rate = 1 - min(AVERAGE_DECAY, self.steps / (self.steps + 10))
        for mine, other in zip(self.network.state_dict().values(), network.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.lerp_(other, rate)
            else:
                mine.copy_(other)


def learning_rate(progress, peak):
    if progress < WARM_UP:
        return peak * (0.02 + 0.98 * progress / WARM_UP)
    share = min(1.0, (progress - WARM_UP) / (1 - WARM_UP))
    return peak * (0.005 + 0.995 * 0.5 * (1 + math.cos(math.pi * share)))


def targets_of(labels, indices, teacher, class_count):
    """Smoothed labels, blended with the teacher's probabilities where there are any."""
    wanted = F.one_hot(labels, class_count).float()
    wanted = wanted * (1 - SMOOTHING) + SMOOTHING / class_count
    if teacher is None:
        return wanted
    known = (indices < len(teacher)).to(labels.device)  # extra pictures have no scores
    scores = teacher[indices.clamp(max=len(teacher) - 1)].to(labels.device).float()
    blended = wanted * (1 - TEACHER_SHARE) + scores * TEACHER_SHARE
    return torch.where(known[:, None], blended, wanted)


@torch.no_grad()
def evaluate(network, photos, labels, size=dataset.SIZE, batch=250):
    """Top-1, top-5 (percent) and mean cross entropy."""
    network.eval()
    first = five = loss = 0.0
    for start in range(0, len(photos), batch):
        x = augment.to_input(photos[start:start + batch])
        if size != x.shape[2]:
            x = F.interpolate(x, (size, size), mode="bilinear", antialias=True)
        y = labels[start:start + batch]
        logits = network(x).float()
        loss += F.cross_entropy(logits, y, reduction="sum").item()
        hits = logits.topk(5).indices == y[:, None]
        first += hits[:, 0].sum().item()
        five += hits.any(1).sum().item()
    count = len(photos)
    return 100 * first / count, 100 * five / count, loss / count


class Training:
    """The state of one training and its two loops."""

    def __init__(self, options):
        self.options = options
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.settings = CUDA if self.device.type == "cuda" else CPU
        self.output = Path(options.output)
        self.output.mkdir(parents=True, exist_ok=True)
        self.stopped = False
        self.load_data()
        torch.manual_seed(SEED)
        network = Network(options.size, self.class_count)
        self.network = network.to(self.device, memory_format=torch.channels_last)
        self.average = Average(self.network)
        matrices = [p for p in self.network.parameters() if p.ndim > 1]
        vectors = [p for p in self.network.parameters() if p.ndim == 1]
        self.optimiser = torch.optim.SGD(
            [dict(params=matrices, weight_decay=WEIGHT_DECAY), dict(params=vectors)],
            lr=0.1, momentum=MOMENTUM, nesterov=True)
        self.generator = torch.Generator().manual_seed(SEED)
        self.epoch = self.position = 0
        self.spent = self.cycle_start = 0.0
        self.minutes = self.settings["minutes"]
        self.peak = self.settings["peak_rate"]
        self.sizes = self.settings["sizes"]
        self.teacher = None
        self.epoch_loss = self.epoch_images = self.epoch_seconds = 0.0
        self.resume()

    def load_data(self):
        arrays = dataset.load(self.options.data, self.output / "photos.npz")
        names = dataset.classes(self.options.data)
        self.class_count = len(names)
        photos, labels = arrays["train"], arrays["train_targets"]
        if self.options.extra:
            more, targets = dataset.class_folders(self.options.extra, [w for w, _ in names])
            photos = np.concatenate([photos, np.stack(more)])
            labels = np.concatenate([labels, np.array(targets)])
        self.photos = torch.from_numpy(photos).to(self.device)
        self.labels = torch.from_numpy(labels).long().to(self.device)
        self.val_photos = torch.from_numpy(arrays["val"]).to(self.device)
        self.val_labels = torch.from_numpy(arrays["val_targets"]).long().to(self.device)

    def resume(self):
        path = self.output / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, map_location=self.device, weights_only=True)
            self.network.load_state_dict(state["network"])
            self.average.network.load_state_dict(state["average"])
            self.average.steps = state["average_steps"]
            self.optimiser.load_state_dict(state["optimiser"])
            self.generator.set_state(state["generator"].cpu())
            for name in ("epoch", "position", "spent", "cycle_start", "minutes", "peak"):
                setattr(self, name, state[name])
            self.sizes = tuple(map(tuple, state["sizes"]))
        if self.options.restart:
            self.cycle_start = self.spent
            self.peak = self.settings["peak_rate"] * self.options.restart
            self.sizes = ((0.5, 56), (1.0, 64)) if self.device.type == "cpu" else self.sizes[-1:]
        if self.options.minutes:
            self.minutes = self.options.minutes

    def save(self):
        state = dict(
            network=self.network.state_dict(), average=self.average.network.state_dict(),
            average_steps=self.average.steps, optimiser=self.optimiser.state_dict(),
            generator=self.generator.get_state(), epoch=self.epoch, position=self.position,
            spent=self.spent, cycle_start=self.cycle_start, minutes=self.minutes, peak=self.peak,
            sizes=self.sizes, size=self.network.size)
        path = self.output / "checkpoint.pt"
        torch.save(state, path.with_suffix(".tmp"))
        os.replace(path.with_suffix(".tmp"), path)

    def log(self, line):
        print(line, flush=True)
        with open(self.output / "log.txt", "a") as file:
            file.write(line + "\n")

    @property
    def progress(self):
        return (self.spent - self.cycle_start) / (60 * self.minutes)

    @property
    def image_size(self):
        return next((s for until, s in self.sizes if self.progress < until), self.sizes[-1][1])

    def load_teacher(self):
        path = self.output / "teacher.npy"
        if self.teacher is None and path.exists():
            self.teacher = torch.from_numpy(np.load(path)).to(self.device)
            self.log(f"# epoch {self.epoch}: {len(self.teacher)} teacher scores")

    def wait_while_paused(self):
        if self.options.pause_file and os.path.exists(self.options.pause_file):
            self.save()
            while os.path.exists(self.options.pause_file) and not self.stopped:
                time.sleep(1)

    def step(self, indices):
        for group in self.optimiser.param_groups:
            group["lr"] = learning_rate(self.progress, self.peak)
        self.network.train()
        labels = self.labels[indices.to(self.device)]
        targets = targets_of(labels, indices, self.teacher, self.class_count)
        pixels = augment.views(self.photos[indices.to(self.device)], self.image_size, self.generator)
        x, targets = augment.mix(augment.colours(pixels, self.generator), targets, self.generator)
        x = x.contiguous(memory_format=torch.channels_last)
        # bfloat16 was measured slower than float32 on CPUs without AMX.
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            logits = self.network(x)
        loss = F.cross_entropy(logits.float(), targets)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self.optimiser.step()
        self.average.update(self.network)
        return loss.detach()

    def clock(self):
        """Seconds of computing so far: processor time a thread, or wall time beside a GPU."""
        if self.device.type == "cuda":
            return time.monotonic()
        return time.process_time() / torch.get_num_threads()

    def run_epoch(self):
        """One pass over the photos in an order that only seed and epoch decide."""
        order = torch.randperm(len(self.photos),
                               generator=torch.Generator().manual_seed(SEED + 1 + self.epoch))
        batch, last_save = self.settings["batch"], time.monotonic()
        while self.position + batch <= len(order) and self.progress < 1 and not self.stopped:
            self.wait_while_paused()
            begin = self.clock()
            loss = self.step(order[self.position:self.position + batch])
            value = loss.item()
            if not math.isfinite(value):
                sys.exit(f"epoch {self.epoch}: the loss is {value}; nothing was saved")
            seconds = self.clock() - begin
            self.position += batch
            self.spent += seconds
            self.epoch_loss += value * batch
            self.epoch_images += batch
            self.epoch_seconds += seconds
            if time.monotonic() - last_save > 120:
                self.save()
                last_save = time.monotonic()

    def finish_epoch(self):
        size = self.image_size
        first, five, loss = evaluate(self.average.network, self.val_photos, self.val_labels)
        self.log(f"{time.strftime('%H:%M:%S')} epoch {self.epoch} progress {self.progress:.3f} "
                 f"spent {self.spent / 60:.1f} min size {size} "
                 f"rate {learning_rate(self.progress, self.peak):.4f} "
                 f"loss {self.epoch_loss / max(1, self.epoch_images):.4f} "
                 f"{self.epoch_images / max(1e-9, self.epoch_seconds):.0f} images/s "
                 f"val loss {loss:.4f} top1 {first:.2f} top5 {five:.2f}")
        self.epoch += 1
        self.position = 0
        self.epoch_loss = self.epoch_images = self.epoch_seconds = 0.0
        self.save()

    def run(self):
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "stopped", True))
        count = sum(p.numel() for p in self.network.parameters())
        self.log(f"# {self.device} {count} parameters, "
                 f"{multiplications(self.network, dataset.SIZE) / 1e6:.1f} million multiply-adds "
                 f"at {dataset.SIZE} x {dataset.SIZE}; from epoch {self.epoch}, "
                 f"{self.progress:.3f} of {self.minutes:g} minutes")
        while self.progress < 1 and not self.stopped:
            self.load_teacher()
            self.run_epoch()
            if self.stopped:
                self.save()
                self.log(f"# stopped in epoch {self.epoch}")
                return
            self.finish_epoch()
        self.log("# the schedule has ended")


if __name__ == "__main__":
    if "OMP_NUM_THREADS" in os.environ:
        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    Training(arguments()).run()
