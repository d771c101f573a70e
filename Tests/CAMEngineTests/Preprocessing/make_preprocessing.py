"""Reference inputs by transformers' image processors (PIL backend) and timm's create_transform, for a photo that a
formula makes. usage: make_preprocessing.py > preprocessing.json (transformers, timm, Pillow)"""
import json, sys
import numpy as np
import PIL, timm, transformers
from PIL import Image

def photo(width, height):
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return Image.fromarray(((x * (3 + c) + y * (7 - 2 * c) + x * y // 9 + 60 * c) % 256).astype(np.uint8))

def pil_class(name):
    module = transformers
    for n in (name + "Pil", name):
        try: return getattr(module, n)
        except Exception: continue
    import importlib
    raise SystemExit(name)

def hf(name, **keys):
    return {"file": dict(image_processor_type=name, **keys)}

def timm_file(**keys):
    return {"file": {"architecture": "resnet10t", "pretrained_cfg": keys}}

half = {"image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
square = lambda n: {"height": n, "width": n}
cases = [
    hf("ViTImageProcessor"), hf("ViTImageProcessor", size=33), hf("ViTImageProcessor", size={"height": 20, "width": 41}, resample=1),
    hf("ViTImageProcessor", size=[24, 31], resample=5), hf("ViTImageProcessor", size=40, resample=4, image_mean=0.5, image_std=0.25),
    hf("ViTImageProcessor", size=40, do_center_crop=True, crop_size=31), hf("ViTImageProcessor", size=40, do_rescale=False, do_normalize=False),
    hf("ViTImageProcessor", size=40, resample=0, rescale_factor=0.0078431372549), hf("ViTImageProcessor", size=40, default_to_square=False, do_center_crop=True, crop_size=40),
    hf("DeiTImageProcessor"), hf("DeiTImageProcessor", size=64, crop_size=57, resample=2),
    hf("BeitImageProcessor"), hf("BeitImageProcessor", size=64, crop_size=51, do_center_crop=True, do_reduce_labels=True),
    hf("CLIPImageProcessor"), hf("CLIPImageProcessor", size=60, crop_size=47), hf("CLIPImageProcessor", size={"shortest_edge": 40, "longest_edge": 50}, crop_size=50),
    hf("CLIPImageProcessor", size=40, crop_size={"height": 55, "width": 70}), hf("ChineseCLIPImageProcessor", size=40, crop_size=39),
    hf("BitImageProcessor", size=44, crop_size=39, resample=2),
    hf("ConvNextImageProcessor"), hf("ConvNextImageProcessor", size=56), hf("ConvNextImageProcessor", size=57, crop_pct=0.9), hf("ConvNextImageProcessor", size={"shortest_edge": 390}, crop_pct=0.5),
    hf("PoolFormerImageProcessor"), hf("PoolFormerImageProcessor", size=56, crop_size=56, crop_pct=0.95), hf("PoolFormerImageProcessor", size={"height": 40, "width": 60}, crop_size=square(37)),
    hf("PoolFormerImageProcessor", size=square(40), crop_size=square(37)),
    hf("EfficientNetImageProcessor"), hf("EfficientNetImageProcessor", size=50, do_center_crop=True, crop_size=45, rescale_offset=True, rescale_factor=2 / 255, include_top=False, **half),
    hf("EfficientNetImageProcessor", size=50, do_normalize=False, image_std=[0.4, 0.5, 0.6]), hf("EfficientNetImageProcessor", size=50, include_top=True, image_std=[0.4, 0.5, 0.6]),
    hf("MobileViTImageProcessor"), hf("MobileViTImageProcessor", size=64, crop_size=57, do_flip_channel_order=False), hf("MobileViTImageProcessor", size=64, crop_size=57, do_normalize=True),
    hf("MobileNetV1ImageProcessor"), hf("MobileNetV2ImageProcessor", size=50, crop_size=45),
    hf("LevitImageProcessor"), hf("LevitImageProcessor", size=57, crop_size=57), hf("LevitImageProcessor", size={"height": 50, "width": 40}, crop_size=31),
    hf("PerceiverImageProcessor"), hf("PerceiverImageProcessor", size=57, crop_size=64), hf("PerceiverImageProcessor", size=57, do_center_crop=False), hf("PerceiverImageProcessor", size={"height": 40, "width": 60}, crop_size=50),
    hf("PvtImageProcessor", size=41), hf("SegformerImageProcessor", size=41, do_center_crop=True, crop_size=30), hf("SiglipImageProcessor", size=square(41)),
    hf("BlipImageProcessor", size=square(41)), 
    timm_file(input_size=[3, 57, 57], crop_pct=0.9, interpolation="bilinear"), timm_file(input_size=[3, 40, 61], crop_pct=0.95), timm_file(input_size=[3, 40, 61], crop_pct=0.95, crop_mode="border"),
    timm_file(input_size=[3, 40, 61], crop_pct=0.9, crop_mode="squash", interpolation="lanczos"), timm_file(input_size=[3, 57, 57], crop_pct=1.0, crop_mode="border", mean=[0.5, 0.4, 0.3], std=[0.5, 0.4, 0.3]),
    timm_file(input_size=[3, 57, 57], crop_pct=1.0, interpolation="hamming", mean=[0.5], std=[0.25]) , timm_file(input_size=[3, 300, 300], interpolation="box"),
]
rng = np.random.default_rng(1)
out = []
for case in cases:
    for width, height in ((91, 60), (43, 71)):
        image = photo(width, height)
        file = dict(case["file"])
        if "pretrained_cfg" in file:
            cfg = timm.data.resolve_data_config(file["pretrained_cfg"])
            values = timm.data.create_transform(**cfg)(image).numpy()
        else:
            keys = dict(file); name = keys.pop("image_processor_type")
            values = np.asarray(pil_class(name)(**keys)(image, return_tensors="np")["pixel_values"][0], dtype=np.float32)
        places = [[int(rng.integers(n)) for n in values.shape] for _ in range(16)]
        places += [[c, y, x] for c in (0,) for y in (0, values.shape[1] - 1) for x in (0, values.shape[2] - 1)]
        out.append({"file": file, "photo": [width, height], "shape": list(values.shape), "mean": float(values.mean(dtype=np.float64)),
                    "places": places, "values": [round(float(values[tuple(p)]), 5) for p in places]})
print("[\n" + ",\n".join(json.dumps(k, separators=(",", ":")) for k in out) + "\n]")
print(f"transformers {transformers.__version__}, timm {timm.__version__}, Pillow {PIL.__version__}, {len(out)} inputs", file=sys.stderr)
