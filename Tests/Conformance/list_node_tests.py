#!/usr/bin/env python3
"""Lists the ONNX node tests that the inference engine is meant to pass.

usage: list_node_tests.py FOLDER > supported.txt     FOLDER: what fetch_onnx_node_tests.sh made
       list_node_tests.py FOLDER --rejected          cases that hold an operator of ours and are left out, and why
needs: pip install onnx

A case is listed when it has only operators of the engine, on types that the engine reads, and is not among
UNSUPPORTED. The test folds it, and runs it with one input after the other fed and the others as constants.
"""
import argparse
import pathlib
import re

import onnx
from onnx import TensorProto

TABLES = pathlib.Path(__file__).parents[2] / "Sources/Inference/Operators"
OPERATORS = {name for table in ("OperatorTable", "ExpansionTable")
             for name in re.findall(r'"([\w.:]+)": ', (TABLES / f"{table}.swift").read_text())}
OPSETS = range(7, 23)
DATA = {TensorProto.FLOAT, TensorProto.FLOAT16, TensorProto.DOUBLE, TensorProto.BFLOAT16}
INDEX = {TensorProto.INT64, TensorProto.INT32, TensorProto.INT16, TensorProto.INT8, TensorProto.UINT64,
         TensorProto.UINT32, TensorProto.UINT16, TensorProto.UINT8, TensorProto.BOOL, TensorProto.INT4,
         TensorProto.UINT4}
READ = DATA | INDEX

# Cases of our operators that are left out by name, and why.
UNSUPPORTED = {
    "test_averagepool_3d_dilations_large_count_include_pad_is_1_ceil_mode_is_True":
        "A last window that reaches beyond the padding counts what lies beyond it, against PyTorch and ONNX Runtime.",
    **dict.fromkeys(
        ["test_training_dropout" + k for k in ("", "_default", "_default_mask", "_mask", "_zero_ratio",
                                               "_zero_ratio_mask")],
        "Dropout in training mode draws random numbers."),
    **dict.fromkeys(
        [f"test_qlinearmatmul_{k}D_int8_float{w}" for k in (2, 3) for w in (16, 32)],
        "Expects numbers that overflow int8 to wrap, against the specification and ONNX Runtime."),
    "test_l2normalization_axis_0": "Expects 0 / 0 where ONNX Runtime gives 0.",
    **dict.fromkeys(
        [f"test_dynamicquantizelinear{k}{e}" for k in ("", "_max_adjusted", "_min_adjusted") for e in ("", "_expanded")],
        "Quantised values are held as the real numbers that they stand for: a network has no use for them as outputs."),
    **dict.fromkeys(
        ["test_range_float_type_positive_delta", "test_range_float_type_positive_delta_expanded",
         "test_onehot_without_axis", "test_onehot_negative_indices"],
        "Floats say how large the result is; only constant ones are read."),
    "test_scan_sum": "Scan of opset 8, which has a batch axis of its own, is refused by name.",
    "test_col2im": "Folding it fails.",
}


def element_type(info):
    """The element type of a graph input or output; None when it is no tensor."""
    return info.type.tensor_type.elem_type if info.type.WhichOneof("value") == "tensor_type" else None


def described(info):
    kind = element_type(info)
    return f"{info.name} is {'no tensor' if kind is None else TensorProto.DataType.Name(kind)}"


def rejection(model, folder):
    """Why the case is left out, or None."""
    graph = model.graph
    if folder.name in UNSUPPORTED:
        return UNSUPPORTED[folder.name]
    names = {n.op_type if n.domain in ("", "ai.onnx") else f"{n.domain}:{n.op_type}" for n in graph.node}
    foreign = sorted(names - OPERATORS)
    if foreign:
        return f"operators {' '.join(foreign)}"
    versions = {o.domain: o.version for o in model.opset_import}
    if not {v for k, v in versions.items() if k in ("", "ai.onnx")} <= set(OPSETS):
        return f"operator sets {versions}"
    for info in [*graph.input, *graph.output[:1]]:
        if element_type(info) not in READ:
            return described(info)
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rejected", action="store_true")
    arguments = parser.parse_args()
    names = []
    for path in sorted(arguments.folder.glob("*/model.onnx")):
        model, name = onnx.load(path), path.parent.name
        reason = rejection(model, path.parent)
        if reason is None:
            names.append(name)
        elif arguments.rejected and any(n.op_type in OPERATORS for n in model.graph.node):
            print(f"{name}: {reason}")
    if arguments.rejected:
        return
    print("# ONNX node tests (onnx 1.19.1) that the engine is meant to pass; made by list_node_tests.py.")
    print("\n".join(names))
    print("\n# unsupported: cases that hold only operators of the engine, and why they are left out.")
    for name, reason in UNSUPPORTED.items():
        print(f"# {reason}\n# {name}")


if __name__ == "__main__":
    main()
