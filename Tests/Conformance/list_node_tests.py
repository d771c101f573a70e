#!/usr/bin/env python3
"""Lists the ONNX node tests that the inference engine is meant to pass.

usage: list_node_tests.py FOLDER > supported.txt     FOLDER: what fetch_onnx_node_tests.sh made
       list_node_tests.py FOLDER --rejected          cases that hold an operator of ours and are left out, and why
needs: pip install onnx

A case is listed when it has only operators of the engine, in inference mode, on types that the engine reads. The
engine runs networks of one image input, so a runner feeds the first graph input and turns every other one into an
initialiser with its value of test_data_set_0; the sections of the list say how far a case leans on that.
"""
import argparse
import pathlib

import onnx
from onnx import TensorProto, numpy_helper

OPERATORS = set(
    """Conv BatchNormalization Relu LeakyRelu PRelu Elu Clip Sigmoid HardSigmoid HardSwish Tanh Erf Gelu Softmax
    LogSoftmax MaxPool AveragePool GlobalAveragePool GlobalMaxPool LRN LayerNormalization Gemm MatMul Add Sub Mul Div
    Pow Sqrt ReduceMean ReduceSum ReduceMax Concat Split Slice Gather Pad Flatten Reshape Transpose Squeeze Unsqueeze
    Shape Constant ConstantOfShape Cast Expand Identity Dropout""".split()
)
WINDOWED = {"Conv", "MaxPool", "AveragePool", "LRN"}
OPSETS = range(7, 23)  # opset 22 only adds bfloat16 to operators that 21 already has
DATA = {TensorProto.FLOAT, TensorProto.FLOAT16}
INDEX = {TensorProto.INT64, TensorProto.INT32, TensorProto.BOOL}
# Evaluated on integers while the graph is read: a shape computation.
ON_SHAPES = {"Shape", "Constant", "ConstantOfShape", "Gather", "Concat", "Slice", "Squeeze", "Unsqueeze", "Reshape",
             "Cast", "Identity", "Add", "Sub", "Mul", "Div", "Split", "Expand"}

# Cases of our operators that are left out by name, and why.
UNSUPPORTED = {
    "test_averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_True":
        "A last window that reaches beyond the padding counts what lies beyond it, against PyTorch and ONNX Runtime.",
}

HEADINGS = {
    "image": "One floating-point input.",
    "weights": "Further floating-point inputs (weights, second operands) become initialisers.",
    "indices": "Further inputs that are shapes, axes, indices or scalars become initialisers.",
    "float16": "FLOAT16 data as an input or output of the graph.",
    "outputs": "Outputs after the first (mask, mean, deviation) that no image network reads: the first is compared.",
    "windows": "Windows over one or three spatial dimensions: no image network has them.",
    "shapes": "Integer data or no input: evaluated while the graph is read, as shape computations are.",
}


def element_type(info):
    """The element type of a graph input or output; None when it is no tensor."""
    return info.type.tensor_type.elem_type if info.type.WhichOneof("value") == "tensor_type" else None


def dimensions(info):
    return [d.dim_value for d in info.type.tensor_type.shape.dim]


def described(info):
    kind = element_type(info)
    return f"{info.name} is {'no tensor' if kind is None else TensorProto.DataType.Name(kind)}"


def on_shapes(graph):
    return all(n.op_type in ON_SHAPES for n in graph.node)


def is_training(graph, node, folder):
    """Whether a BatchNormalization or Dropout behaves as in training, by attribute or by its third input."""
    if any(a.name == "training_mode" and a.i for a in node.attribute):
        return True
    if node.op_type != "Dropout" or len(node.input) < 3 or not node.input[2]:
        return False
    index = [i.name for i in graph.input].index(node.input[2])
    stored = TensorProto.FromString((folder / "test_data_set_0" / f"input_{index}.pb").read_bytes())
    return bool(numpy_helper.to_array(stored))


def rejection(model, folder):
    """Why the case is left out, or None."""
    graph = model.graph
    if folder.name in UNSUPPORTED:
        return UNSUPPORTED[folder.name]
    foreign = sorted({n.op_type for n in graph.node} - OPERATORS)
    if foreign:
        return f"operators {' '.join(foreign)}"
    versions = {o.domain: o.version for o in model.opset_import}
    if versions.keys() - {"", "ai.onnx"} or not set(versions.values()) <= set(OPSETS):
        return f"operator sets {versions}"
    if any(is_training(graph, n, folder) for n in graph.node):
        return "training mode"
    if any(n.op_type == "MaxPool" and len(n.output) > 1 for n in graph.node):
        return "indices of the maxima"
    data = DATA | (INDEX if on_shapes(graph) else set())
    for number, info in enumerate(graph.input):
        if element_type(info) not in (data if number == 0 else DATA | INDEX):
            return described(info)
    for number, info in enumerate(graph.output):
        if element_type(info) not in (data | {TensorProto.INT64} if number == 0 else DATA | INDEX):
            return described(info)
    if any(0 in dimensions(i) for i in [*graph.input[:1], *graph.output]):
        return "an empty or unknown dimension"
    return None


def section(graph):
    """The key of HEADINGS under which an accepted case is listed."""
    others = [i for i in graph.input[1:] if i.name not in {t.name for t in graph.initializer}]
    ends = [*graph.input[:1], *graph.output[:1]]
    if not graph.input or any(element_type(i) not in DATA for i in ends):
        return "shapes"
    if any(element_type(i) == TensorProto.FLOAT16 for i in ends):
        return "float16"
    if len(graph.output) > 1 and all(n.op_type != "Split" for n in graph.node):
        return "outputs"
    if any(n.op_type in WINDOWED for n in graph.node) and len(dimensions(graph.input[0])) != 4:
        return "windows"
    if not others:
        return "image"
    return "weights" if all(element_type(i) in DATA and dimensions(i) for i in others) else "indices"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rejected", action="store_true")
    arguments = parser.parse_args()
    sections = {key: [] for key in HEADINGS}
    for path in sorted(arguments.folder.glob("*/model.onnx")):
        model, name = onnx.load(path), path.parent.name
        reason = rejection(model, path.parent)
        if reason is None:
            sections[section(model.graph)].append(name)
        elif arguments.rejected and any(n.op_type in OPERATORS for n in model.graph.node):
            print(f"{name}: {reason}")
    if arguments.rejected:
        return
    print("# ONNX node tests (onnx 1.17.0) that the engine is meant to pass; made by list_node_tests.py.")
    for key, names in sections.items():
        print("\n".join([f"\n# {HEADINGS[key]}", *names]))
    print("\n# unsupported: cases that hold only operators of the engine, and why they are left out.")
    for name, reason in UNSUPPORTED.items():
        print(f"# {reason}\n# {name}")


if __name__ == "__main__":
    main()
