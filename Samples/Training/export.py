"""Writes the averaged weights of a checkpoint as an ONNX model with FLOAT16 initialisers.

    python export.py --data DATA --output OUT --model FOLDER/NAME.onnx --input-size 72 --calibrate
    python export.py --data DATA --output OUT --measure 64 72 80 88

The first command writes NAME.onnx under a temporary name first, and compares ONNX Runtime with
PyTorch on the validation photos. Labels (a JSON array) and preprocessing (the keys of Hugging
Face's preprocessor_config.json) are in its metadata. The second writes nothing; it prints the
accuracy at several input sizes.

The graph is made node by node, so that its values are called as the blocks of network.py:
stage3.block2.conv1, .relu1, .conv2, .shortcut, .add, .relu. BatchNormalization is folded into
the convolutions: W' = W g / sqrt(v + eps), b' = b - m g / sqrt(v + eps). --calibrate divides the
classifier's weights by the temperature (Guo et al. 2017) that is best for every second
validation photo, and reports the calibration error on the others.
"""
import argparse
import json
import os
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
import torch.nn.functional as F
from onnx import TensorProto, helper

import augment
import dataset
from labels import readable
from network import Network, multiplications
from train import evaluate


def averaged_network(checkpoint, class_count):
    state = torch.load(checkpoint, map_location="cpu", weights_only=True)
    network = Network(state["size"], class_count)
    network.load_state_dict(state["average"])
    return network.eval()


class GraphWriter:
    """Collects nodes and initialisers; a node is called as its output."""

    def __init__(self):
        self.nodes, self.initialisers = [], []

    def node(self, operator, inputs, output, **attributes):
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def weight(self, name, tensor):
        """A FLOAT16 initialiser and the Cast node that makes it FLOAT."""
        values = np.ascontiguousarray(tensor.detach().numpy().astype(np.float16))
        self.initialisers.append(onnx.numpy_helper.from_array(values, name + ".half"))
        return self.node("Cast", [name + ".half"], name, to=TensorProto.FLOAT)

    def convolution(self, x, name, conv, bn):
        """A convolution with its BatchNormalization folded in."""
        scale = bn.weight / torch.sqrt(bn.running_var + bn.eps)
        weight = self.weight(name + ".weight", conv.weight * scale[:, None, None, None])
        bias = self.weight(name + ".bias", bn.bias - bn.running_mean * scale)
        pad, stride, kernel = conv.padding[0], conv.stride[0], conv.kernel_size[0]
        return self.node("Conv", [x, weight, bias], name, kernel_shape=[kernel] * 2,
                         pads=[pad] * 4, strides=[stride] * 2)

    def block(self, x, name, block):
        y = self.convolution(x, name + ".conv1", block.conv1, block.bn1)
        y = self.node("Relu", [y], name + ".relu1")
        y = self.convolution(y, name + ".conv2", block.conv2, block.bn2)
        if block.shortcut_conv is not None:
            x = self.convolution(x, name + ".shortcut", block.shortcut_conv, block.shortcut_bn)
        y = self.node("Add", [y, x], name + ".add")
        return self.node("Relu", [y], name + ".relu")


def graph(network, input_size, temperature):
    writer = GraphWriter()
    x = writer.convolution("image", "stem.conv", network.stem.conv, network.stem.bn)
    x = writer.node("Relu", [x], "stem.relu")
    for stage in network.stages:
        for name, block in getattr(network, stage).named_children():
            x = writer.block(x, f"{stage}.{name}", block)
    x = writer.node("GlobalAveragePool", [x], "pool")
    x = writer.node("Flatten", [x], "flatten", axis=1)
    weight = writer.weight("classifier.weight", network.classifier.weight / temperature)
    bias = writer.weight("classifier.bias", network.classifier.bias / temperature)
    writer.node("Gemm", [x, weight, bias], "logits", transB=1)
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT,
                                          ["batch", 3, input_size, input_size])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT,
                                           ["batch", network.classifier.out_features])
    return helper.make_graph(writer.nodes, "camtui", [image], [logits], writer.initialisers)


def preprocessing(size):
    return dict(do_resize=True, size=dict(shortest_edge=size), resample=2, do_center_crop=True,
                crop_size=dict(height=size, width=size), do_rescale=True, rescale_factor=1 / 255,
                do_normalize=True, image_mean=list(augment.MEAN), image_std=list(augment.STD),
                channel_order="rgb")


@torch.no_grad()
def torch_logits(network, photos, size):
    out = []
    for start in range(0, len(photos), 250):
        out.append(network(inputs(photos[start:start + 250], size)))
    return torch.cat(out)


def inputs(photos, size):
    x = augment.to_input(photos)
    if size != x.shape[2]:
        x = F.interpolate(x, (size, size), mode="bilinear", antialias=True)
    return x.contiguous(memory_format=torch.channels_last)


def best_temperature(logits, labels):
    """The temperature of least cross entropy, by trial in steps of one percent."""
    candidates = torch.arange(0.3, 3.0, 0.01)
    losses = torch.stack([F.cross_entropy(logits / t, labels) for t in candidates])
    return candidates[losses.argmin()].item()


def calibration_error(logits, labels, bins=15):
    """Expected calibration error in percent: 15 bins of equal width of the top probability."""
    top, predicted = logits.softmax(1).max(1)
    correct = (predicted == labels).float()
    index = (top * bins).ceil().clamp(1, bins).long()
    error = 0.0
    for number in index.unique():
        inside = index == number
        error += inside.sum().item() * abs((correct[inside].mean() - top[inside].mean()).item())
    return 100 * error / len(labels)


def accuracy(logits, labels):
    hits = logits.topk(5).indices == labels[:, None]
    return 100 * hits[:, 0].float().mean().item(), 100 * hits.any(1).float().mean().item()


def compare(model, network, photos, labels, size, temperature):
    """Runs the written model in ONNX Runtime; prints both accuracies and the largest difference."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    written = torch.cat([
        torch.from_numpy(session.run(None, {"image": inputs(photos[i:i + 250], size)
                                            .contiguous().numpy()})[0])
        for i in range(0, len(photos), 250)])
    logits = torch_logits(network, photos, size) / temperature
    print("PyTorch float32:  top-1 %.2f top-5 %.2f" % accuracy(logits, labels))
    print("written FLOAT16:  top-1 %.2f top-5 %.2f" % accuracy(written, labels))
    print(f"largest difference of a logit {(written - logits).abs().max().item():.4f}")
    print(f"cross entropy {F.cross_entropy(written, labels).item():.4f}; expected calibration "
          f"error {calibration_error(written, labels):.2f} %, on the photos that the temperature "
          f"was not chosen for {calibration_error(written[1::2], labels[1::2]):.2f} %")


def write(network, options, names, photos, labels):
    size, path = options.input_size, Path(options.model)
    logits = torch_logits(network, photos[::2], size)
    temperature = best_temperature(logits, labels[::2]) if options.calibrate else 1.0
    lines = [f"{wnid} {readable(name)}" for wnid, name in names]
    model = helper.make_model(graph(network, size, temperature), producer_name="camtui training",
                              opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    model.doc_string = "100 classes of Tiny ImageNet; research and teaching only, see the model card"
    helper.set_model_props(model, {
        "labels": json.dumps(lines), "preprocessor_config": json.dumps(preprocessing(size)),
        "temperature": f"{temperature:.2f}"})
    onnx.checker.check_model(model, full_check=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".tmp")
    onnx.save(model, temporary)
    os.replace(temporary, path)
    count = sum(p.numel() for p in network.parameters())
    print(f"{path.name}: {path.stat().st_size} bytes, {count} parameters in training, "
          f"{multiplications(network, size) / 1e6:.1f} million multiply-adds at {size} x {size}, "
          f"temperature {temperature:.2f}")
    compare(str(path), network, photos, labels, size, temperature)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True)
    parser.add_argument("--output", required=True, help="folder with checkpoint.pt")
    parser.add_argument("--model", help="the ONNX file to write")
    parser.add_argument("--input-size", type=int, default=64)
    parser.add_argument("--calibrate", action="store_true")
    parser.add_argument("--measure", type=int, nargs="+", help="only print accuracies")
    options = parser.parse_args()
    if bool(options.model) == bool(options.measure):
        parser.error("give --model or --measure")
    if options.input_size % 8 or any(s % 8 for s in options.measure or []):
        parser.error("an input size must be a multiple of 8")
    names = dataset.classes(options.data)
    network = averaged_network(Path(options.output) / "checkpoint.pt", len(names))
    network = network.to(memory_format=torch.channels_last)
    arrays = dataset.load(options.data, Path(options.output) / "photos.npz")
    photos = torch.from_numpy(arrays["val"])
    labels = torch.from_numpy(arrays["val_targets"]).long()
    for size in options.measure or []:
        print("input %d x %d: top-1 %.2f top-5 %.2f cross entropy %.4f"
              % (size, size, *evaluate(network, photos, labels, size)), flush=True)
    if options.model:
        write(network, options, names, photos, labels)


if __name__ == "__main__":
    if "OMP_NUM_THREADS" in os.environ:
        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    main()
