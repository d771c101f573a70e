"""torchvision's networks with the weights of the benchmark's ONNX files, as a careful user would set them up."""
import os

import numpy as np
import onnx
import torch
import torchvision
from onnx import numpy_helper
from torch.nn.utils.fusion import fuse_conv_bn_eval


def weights(path):
    """The initialisers of an ONNX file of make_models.py; their names are those of the torchvision module."""
    tensors = onnx.load(path).graph.initializer
    return {t.name: torch.from_numpy(numpy_helper.to_array(t).copy()) for t in tensors if not t.name.startswith("relu6")}


def network(path):
    """The torchvision module that the file is named after, in inference mode."""
    with torch.device("meta"):
        module = getattr(torchvision.models, path.stem)(weights=None)
    module.load_state_dict(weights(path), strict=False, assign=True)
    for name, buffer in module.named_buffers():
        if buffer.is_meta:  # num_batches_tracked, which inference does not read
            owner, _, leaf = name.rpartition(".")
            module.get_submodule(owner).register_buffer(leaf, torch.zeros((), dtype=torch.long))
    return module.eval()


def fold_normalization(module):
    """Folds every BatchNorm2d into the convolution registered before it in the same module."""
    for child in module.children():
        fold_normalization(child)
    previous = None
    for name, child in list(module.named_children()):
        if isinstance(child, torch.nn.BatchNorm2d) and isinstance(previous, torch.nn.Conv2d):
            convolution = next(n for n, c in module.named_children() if c is previous)
            setattr(module, convolution, fuse_conv_bn_eval(previous, child))
            setattr(module, name, torch.nn.Identity())
        previous = child


def tuned(module, layer):
    """The fastest honest setting: folded normalisation, channels last, and no parameter gradients but the one that
    starts the backward pass just before the target layer's output."""
    fold_normalization(module)
    module.to(memory_format=torch.channels_last)
    module.requires_grad_(False)
    names = [name for name, _ in module.named_modules()]
    reached = [n for n in names[: names.index(layer) + 1] if n] + [n for n in names if n.startswith(layer + ".")]
    parameters = [p for name, p in module.named_parameters() if name.rpartition(".")[0] in reached]
    parameters[-1].requires_grad_(True)
    return module


def images(path, count):
    """The first `count` images of input.npy beside the model."""
    return torch.from_numpy(np.load(os.path.join(os.path.dirname(path), "input.npy"))[:count].copy())
