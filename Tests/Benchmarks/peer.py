#!/usr/bin/env python3
"""The peers of the benchmark behind a line protocol: one command a line on standard input, one line of JSON as answer.

usage: peer.py THREADS [--tuned]       --tuned: pytorch-grad-cam on torch_models.tuned, in inference mode where it can

  forward MODEL.onnx BATCH REPEATS               ONNX Runtime, its default optimisations
  gradcam MODEL.onnx LAYER CLASS REPEATS         pytorch-grad-cam
  scorecam MODEL.onnx LAYER CLASS BATCH          pytorch-grad-cam, masks enlarged with half-pixel centres

Answer: {"seconds": [a measurement a repeat], "check": [scores, or the channels' weights]}, or {"error": "..."}.
What a command loads stays loaded, and the first use of anything is not among the measurements.
"""
import contextlib
import functools
import json
import os
import pathlib
import sys
import time

os.environ["TQDM_DISABLE"] = "1"


class ONNXRuntime:
    """One session a model."""

    def __init__(self, threads):
        import onnxruntime

        self.onnxruntime, self.sessions = onnxruntime, {}
        self.options = onnxruntime.SessionOptions()
        self.options.intra_op_num_threads = threads
        self.options.log_severity_level = 3

    def forward(self, model, batch, repeats):
        import numpy

        path, batch = pathlib.Path(model), int(batch)
        new = model not in self.sessions
        if new:
            self.sessions[model] = self.onnxruntime.InferenceSession(path, self.options, ["CPUExecutionProvider"])
        session = self.sessions[model]
        images = numpy.ascontiguousarray(numpy.load(path.with_name("input.npy"))[:batch])
        run = lambda: session.run(None, {session.get_inputs()[0].name: images})
        scores = run()[0]  # the first run at this batch size plans its memory
        return {"seconds": timed(run, int(repeats)), "check": scores.ravel().tolist()}


class PyTorchGradCAM:
    """One torchvision module and one CAM object a (model, layer, method)."""

    def __init__(self, threads, tuned):
        import torch

        torch.set_num_threads(threads)
        self.torch, self.tuned, self.methods = torch, tuned, {}

    def method(self, kind, model, layer):
        import pytorch_grad_cam
        import torch_models

        if (kind, model, layer) not in self.methods:
            class Recorded(getattr(pytorch_grad_cam, kind)):
                """Keeps the weights, to compare them."""

                def get_cam_weights(self, *arguments):
                    self.weights = super().get_cam_weights(*arguments)
                    return self.weights

            module = torch_models.network(pathlib.Path(model))
            module = torch_models.tuned(module, layer) if self.tuned else module
            self.methods[kind, model, layer] = Recorded(module, [module.get_submodule(layer)])
        return self.methods[kind, model, layer]

    def gradcam(self, model, layer, category, repeats):
        return self.explain("GradCAM", model, layer, int(category), int(repeats))

    def scorecam(self, model, layer, category, batch):
        # Half-pixel centres, as the other side: UpsamplingBilinear2d aligns corners, at the same cost.
        self.torch.nn.UpsamplingBilinear2d = lambda size: self.torch.nn.Upsample(size=size, mode="bilinear")
        self.method("ScoreCAM", model, layer).batch_size = int(batch)
        return self.explain("ScoreCAM", model, layer, int(category), 1, warm_up=False)

    def explain(self, kind, model, layer, category, repeats, warm_up=True):
        import torch_models
        from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

        method, image = self.method(kind, model, layer), torch_models.images(model, 1)
        if self.tuned:
            image = image.to(memory_format=self.torch.channels_last)
        gradients = kind == "GradCAM" or not self.tuned

        def run():
            with contextlib.nullcontext() if gradients else self.torch.inference_mode():
                return method(input_tensor=image, targets=[ClassifierOutputTarget(category)])

        if warm_up:
            run()
        return {"seconds": timed(run, repeats), "check": method.weights.ravel().tolist()}


def timed(run, repeats):
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return seconds


def main():
    threads, tuned = int(sys.argv[1]), "--tuned" in sys.argv
    onnx_runtime = functools.cache(lambda: ONNXRuntime(threads))
    grad_cam = functools.cache(lambda: PyTorchGradCAM(threads, tuned))
    for line in sys.stdin:
        command, *arguments = line.split()
        try:
            side = onnx_runtime() if command == "forward" else grad_cam()
            answer = getattr(side, command)(*arguments)
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
