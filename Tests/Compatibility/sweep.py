#!/usr/bin/env python3
"""Exports networks by name from torchvision, timm and transformers with random weights, explains each with camtui, and
compares with PyTorch and ONNX Runtime.

usage: sweep.py CAMTUI FOLDER [--only WORD,...] [--table FILE] [--exporters torchscript,dynamo] [--keep]

FOLDER receives the exported networks while they are tried (--keep leaves them there). A line a network:

  right     scores equal PyTorch's, and the gradient at the default layer equals ONNX Runtime's differences
  scores    scores differ              gradient  the gradient differs
  refused   camtui says why            failed    it ends otherwise         (export: the exporter cannot, not counted)

The scores may differ by 1e-3 of their range. The gradient is checked where the file's own arithmetic gives it: a new
input is added to the layer's activation in the graph, and (f(+e) - f(-e)) / 2e for the eight channels with the largest
weights is compared with h w alpha_k of the manifest, to 3 % of the largest. Exit 1 if anything but `right` is found.
Needs torch, torchvision, timm, transformers, onnx, onnxscript, onnxruntime, pillow.
"""
import argparse
import collections
import contextlib
import io
import json
import pathlib
import shutil
import subprocess
import sys
import warnings

import numpy as np
import onnx
import onnxruntime
import torch
from PIL import Image

warnings.filterwarnings("ignore")
MEAN, DEVIATION, CLASSES = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225], 12

TORCHVISION = """alexnet convnext_tiny densenet121 efficientnet_b0 efficientnet_v2_s googlenet inception_v3 maxvit_t
mnasnet0_5 mobilenet_v2 mobilenet_v3_small mobilenet_v3_large regnet_y_400mf regnet_x_400mf resnet18 resnet50
resnext50_32x4d shufflenet_v2_x0_5 squeezenet1_0 squeezenet1_1 swin_t swin_v2_t vgg11_bn vit_b_32
wide_resnet50_2""".split()

# The smallest of each family, by timm's own names.
TIMM = """bat_resnext26ts beit_base_patch16_224 botnet26t_256 cait_xxs24_224 caformer_s18 cs3darknet_s cspresnet50
coat_lite_tiny coatnet_pico_rw_224 convformer_s18 convit_tiny convmixer_768_32 convnext_atto convnextv2_atto
crossvit_tiny_240 darknet17 davit_tiny deit_tiny_patch16_224 deit_tiny_distilled_patch16_224 deit3_small_patch16_224
densenet121 dla34 dla46_c dm_nfnet_f0 dpn48b eca_nfnet_l0 eca_resnet33ts eca_botnext26ts_256 edgenext_xx_small
efficientformer_l1 efficientformerv2_s0 efficientnet_b0 efficientnet_lite0 efficientnetv2_rw_t efficientvit_b0
efficientvit_m0 ese_vovnet19b_slim eva02_tiny_patch14_224 fasternet_t0 fastvit_t8 fbnetc_100 fbnetv3_b flexivit_small
focalnet_tiny_srf gcresnet33ts gcvit_xxtiny gernet_s ghostnet_050 ghostnetv2_100 gluon_resnet18_v1b gmixer_12_224
gmlp_ti16_224 halonet26t hardcorenas_a hgnet_tiny hgnetv2_b0 hiera_tiny_224 hrnet_w18_small inception_next_atto
inception_resnet_v2 inception_v3 inception_v4 lambda_resnet26t lcnet_050 legacy_senet154 levit_128s levit_conv_128s
maxvit_rmlp_pico_rw_256 maxvit_tiny_tf_224 mambaout_femto mixer_s32_224 mixnet_s mnasnet_050 mobilenetv2_035
mobilenetv3_small_050 mobilenetv4_conv_small_035 mobilenetv4_hybrid_medium mobileone_s0 mobilevit_xxs mobilevitv2_050
mvitv2_tiny naflexvit_base_patch16_gap nasnetalarge nest_tiny nextvit_small nf_regnet_b0 nf_resnet26 nfnet_l0
pit_ti_224 pnasnet5large poolformer_s12 poolformerv2_s12 pvt_v2_b0 rdnet_tiny regnetv_040 regnetx_002 regnety_002
regnetz_005 repghostnet_050 repvgg_a0 repvit_m0_9 res2net50_14w_8s res2next50 resmlp_12_224 resnest14d resnet10t
resnet18 resnet26t resnet51q resnetaa50 resnetblur18 resnetrs50 resnetv2_18 resnetv2_50 resnext26ts rexnet_100
rexnetr_100 samvit_base_patch16_224 sebotnet33ts_256 sedarknet21 sehalonet33ts selecsls42b selecsls60 semnasnet_050
sequencer2d_s seresnet18 seresnext26d_32x4d shvit_s1 skresnet18 spnasnet_100 starnet_s050 swiftformer_xs
swin_tiny_patch4_window7_224 swinv2_cr_tiny_224 swinv2_tiny_window8_256 tiny_vit_5m_224 tinynet_e tnt_s_legacy_patch16_224
tresnet_m twins_pcpvt_small twins_svt_small vgg11 visformer_tiny vit_base_patch32_siglip_gap_256
vit_relpos_small_patch16_224 vit_small_patch14_reg4_dinov2 vit_srelpos_small_patch16_224 vit_tiny_patch16_224
vit_tiny_r_s16_p8_224 vitamin_small_224 volo_d1_224 vovnet39a wide_resnet50_2 xception41 xception65p
xcit_nano_12_p16_224""".split()

TRANSFORMERS = """Beit BitConfig ConvNext ConvNextV2 Cvt Data2VecVision Deit Dinov2 Dinov2WithRegisters EfficientNet
FocalNet Hiera LevitConfig MobileNetV1 MobileNetV2 MobileViT MobileViTV2 PoolFormer PvtV2 Pvt RegNet ResNet Segformer
Siglip Swiftformer Swin Swinv2 ViT ViTMSN""".split()


class Scores(torch.nn.Module):
    """A classifier of transformers as a function from an image to scores."""

    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        return self.network(pixel_values=image).logits


def torchvision_network(name):
    import torchvision

    extra = {"aux_logits": False, "init_weights": False} if name in ("googlenet", "inception_v3") else {}
    network = torchvision.models.get_model(name, weights=None, num_classes=CLASSES, **extra)
    return network, {"inception_v3": 299, "maxvit_t": 224, "efficientnet_v2_s": 224}.get(name, 224)


def timm_network(name):
    import timm

    network = timm.create_model(name, pretrained=False, num_classes=CLASSES, exportable=True)
    return network, network.default_cfg["input_size"][-1]


def transformers_network(name):
    import transformers

    stem = name.removesuffix("Config")
    names = {k.lower(): k for k in dir(transformers)}
    config = getattr(transformers, names[stem.lower() + "config"])()
    config.num_labels = CLASSES
    network = getattr(transformers, names[stem.lower() + "forimageclassification"])(config)
    size = getattr(config, "image_size", 224)
    return Scores(network), size if isinstance(size, int) else size[0]


FAMILIES = [("torchvision", TORCHVISION, torchvision_network), ("timm", TIMM, timm_network),
            ("transformers", TRANSFORMERS, transformers_network)]


def randomised(network):
    """Moving statistics and scales that are not all 0 and 1, so that a mistake in one of them shows."""
    generator = torch.Generator().manual_seed(7)
    for module in network.modules():
        for name in ("running_mean", "running_var"):
            if getattr(module, name, None) is not None:
                noise = torch.rand(getattr(module, name).shape, generator=generator)
                getattr(module, name).copy_(noise * 0.2 if name == "running_mean" else noise * 0.5 + 0.75)
        gamma = getattr(module, "gamma", None)  # layer scales begin at 1e-6: nothing would be seen behind them
        if isinstance(gamma, torch.nn.Parameter) and gamma.abs().max() < 1e-2:
            gamma.data.fill_(0.3)
    return network.eval()


def exported(network, image, path, exporter):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        if exporter == "dynamo":
            torch.onnx.export(network, (image,), path, dynamo=True, opset_version=18, external_data=False)
        else:
            torch.onnx.export(network, (image,), path, dynamo=False, opset_version=17, input_names=["image"],
                              output_names=["scores"])


def prepared(folder, size):
    """A picture that is the input already, and the configuration that says so."""
    random = np.random.default_rng(11)
    coarse = Image.fromarray(random.integers(0, 256, (8, 8, 3), dtype=np.uint8)).resize((size, size), Image.BICUBIC)
    coarse.save(folder / "image.png")
    configuration = {"do_resize": False, "do_center_crop": False, "do_rescale": True, "rescale_factor": 1 / 255,
                     "do_normalize": True, "image_mean": MEAN, "image_std": DEVIATION}
    (folder / "preprocessor_config.json").write_text(json.dumps(configuration))
    pixels = (np.asarray(coarse, np.float32) / 255 - np.float32(MEAN)) / np.float32(DEVIATION)
    return torch.from_numpy(np.ascontiguousarray(pixels.transpose(2, 0, 1)[None]))


def explained(camtui, folder):
    command = [camtui, "explain", folder / "image.png", "--model", folder / "model.onnx", "--top", str(CLASSES),
               "--output", folder / "out"]
    try:
        run = subprocess.run([str(k) for k in command], capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return "failed", "no answer in 300 s"
    if run.returncode:
        lines = run.stderr.strip().splitlines() or [""]
        return ("refused" if run.returncode in (64, 65) else "failed"), f"{run.returncode}: {lines[-1][:200]}"
    return None, json.loads((folder / "out" / "manifest.json").read_text())


def shifted(path, layer):
    """A session whose new input `shift`, one number a channel, is added to the layer; and where the channels are."""
    model = onnx.load(path)
    graph = model.graph
    probe = onnx.ModelProto.FromString(model.SerializeToString())
    probe.graph.output.append(onnx.ValueInfoProto(name=layer["name"]))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(probe.SerializeToString(), options)
    name = session.get_inputs()[0].name
    value = session.run([layer["name"]], {name: np.zeros(session.get_inputs()[0].shape, np.float32)})[0]
    shape = [1] * value.ndim
    axes = [k for k in range(1, value.ndim) if value.shape[k] == layer["channels"]]
    axis = 1 if value.ndim == 4 and value.shape[2:] == (layer["height"], layer["width"]) else axes[-1]
    shape[axis] = layer["channels"]
    graph.input.append(onnx.helper.make_tensor_value_info("shift", onnx.TensorProto.FLOAT, shape))
    for node in graph.node:
        for k, read in enumerate(node.input):
            if read == layer["name"]:
                node.input[k] = "shifted value"
    at = 1 + next(k for k, node in enumerate(graph.node) if layer["name"] in node.output)
    graph.node.insert(at, onnx.helper.make_node("Add", [layer["name"], "shift"], ["shifted value"]))
    return onnxruntime.InferenceSession(model.SerializeToString(), options), name, shape, axis, value


def gradient_is_off(folder, image, manifest):
    """The largest difference of the channels' mean gradients from finite differences, or nil where it is small."""
    layer = manifest["layer"]
    session, name, shape, axis, value = shifted(folder / "model.onnx", layer)
    places = value.size // (value.shape[0] * layer["channels"])
    grid = layer["height"] * layer["width"]
    if places != grid:  # prefix tokens would move with the others; their gradient is not the map's
        return None
    alphas = {k["index"]: k["alpha"] * grid for k in manifest["channels"]}
    largest = sorted(alphas, key=lambda k: -abs(alphas[k]))[:8]
    scale, worst = max(abs(alphas[k]) for k in largest) or 1, 0.0
    for channel in largest:
        slopes = []
        for step in (1e-2, 2e-3):
            ends = []
            for sign in (1, -1):
                shift = np.zeros(shape, np.float32)
                shift.reshape(-1)[channel] = sign * step
                ends.append(session.run(None, {name: image.numpy(), "shift": shift})[0].ravel()[manifest["class"]["index"]])
            slopes.append((float(ends[0]) - float(ends[1])) / 2 / step)
        worst = max(worst, min(abs(slope - alphas[channel]) for slope in slopes) / scale)
    return worst if worst > 0.03 else None


def verdict(camtui, folder, network, image):
    kind, answer = explained(camtui, folder)
    if kind:
        return kind, answer
    with torch.no_grad():
        expected = network(image).ravel().numpy()
    found = np.array([k["score"] for k in sorted(answer["top"], key=lambda k: k["index"])])
    off = np.abs(found - expected).max() / max(np.ptp(expected), 1e-6) if found.shape == expected.shape else np.inf
    if not off < 1e-3:
        return "scores", f"off by {off:.2g} of their range"
    layer = answer["layer"]
    words = f"{layer['name']} {layer['channels']} x {layer['height']} x {layer['width']}"
    off = gradient_is_off(folder, image, answer)
    return ("gradient", f"{words}: off by {off:.2g}") if off else ("right", words)


def tried(camtui, root, family, name, make, exporter):
    folder = root / f"{family}-{name}-{exporter}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    torch.manual_seed(5)
    try:
        network, size = make(name)
        network = randomised(network)
        image = prepared(folder, size)
        exported(network, image, folder / "model.onnx", exporter)
    except Exception as error:  # an exporter's own limits say nothing of camtui
        return "export", f"{type(error).__name__}: {str(error).splitlines()[0][:120] if str(error) else ''}", folder
    try:
        kind, words = verdict(camtui, folder, network, image)
    except Exception as error:
        kind, words = "failed", f"{type(error).__name__}: {error}"[:200]
    return kind, words, folder


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("camtui")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--only", default="", help="words, separated by commas, of which a name must have one")
    parser.add_argument("--exporters", default="torchscript,dynamo", help="tried in this order until one can")
    parser.add_argument("--table", type=pathlib.Path, help="writes a Markdown table")
    parser.add_argument("--keep", action="store_true", help="leaves the exported networks in FOLDER")
    options = parser.parse_args()
    words = [word for word in options.only.split(",") if word]
    torch.set_grad_enabled(False)
    rows = []
    for family, names, make in FAMILIES:
        for name in names:
            if words and not any(word in f"{family}/{name}" for word in words):
                continue
            for exporter in options.exporters.split(","):
                kind, said, folder = tried(options.camtui, options.folder, family, name, make, exporter)
                if not options.keep:
                    shutil.rmtree(folder, ignore_errors=True)
                if kind != "export":
                    break
            rows.append((family, name, exporter, kind, said))
            print(f"{family + '/' + name:48} {exporter:12} {kind:9} {said}", flush=True)
    counts = collections.Counter(row[3] for row in rows if row[3] != "export")
    tried_count = sum(counts.values())
    print(f"{counts['right']} of {tried_count} networks right"
          + "".join(f", {v} {k}" for k, v in sorted(counts.items()) if k != "right"))
    if options.table:
        lines = ["| network | exporter | result | default layer, or why not |", "|---|---|---|---|"]
        lines += [f"| {f}/{n} | {e} | {k} | {s} |" for f, n, e, k, s in rows]
        options.table.write_text("\n".join(lines) + "\n")
    sys.exit(counts["right"] != tried_count or not rows)


if __name__ == "__main__":
    main()
