#!/usr/bin/env python3
"""What `camtui explain IMAGE --method grad-cam --output FOLDER` does, with pytorch-grad-cam: the cold-start peer.

usage: peer_gradcam.py IMAGE WEIGHTS.pth LAYER FOLDER THREADS [--tuned]

WEIGHTS.pth is a state dictionary named after the torchvision network. Writes grad-cam.npy, grad-cam.png (input size)
and grad-cam-overlay.png (on the picture, in its own size). --tuned skips the random initialisation that the weights
replace at once, maps the weights from the file, and keeps no parameter gradients but the one that Grad-CAM needs.
"""
import pathlib
import sys

import numpy as np
import torch
import torchvision
from PIL import Image, ImageOps
from pytorch_grad_cam import GradCAM
from pytorch_grad_cam.utils.image import show_cam_on_image
from torchvision import transforms

image_path, weights, layer, folder = sys.argv[1:5]
torch.set_num_threads(int(sys.argv[5]))
tuned = "--tuned" in sys.argv
create = getattr(torchvision.models, pathlib.Path(weights).stem)
if tuned:
    import torch_models

    with torch.device("meta"):
        model = create(weights=None)
    model.load_state_dict(torch.load(weights, mmap=True, weights_only=True), assign=True)
    model = torch_models.tuned(model.eval(), layer)
else:
    model = create(weights=None).eval()
    model.load_state_dict(torch.load(weights, weights_only=True))

photo = ImageOps.exif_transpose(Image.open(image_path)).convert("RGB")
prepare = transforms.Compose([
    transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(),
    transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
])
tensor = prepare(photo)[None]
if tuned:
    tensor = tensor.contiguous(memory_format=torch.channels_last)
with GradCAM(model=model, target_layers=[model.get_submodule(layer)]) as method:
    cam = method(input_tensor=tensor, targets=None)[0]
    probabilities = method.outputs[0].softmax(0)

top = probabilities.topk(5)
for probability, index in zip(top.values.tolist(), top.indices.tolist()):
    print(f"{index:5} {probability:.4f}")
output = pathlib.Path(folder)
output.mkdir(parents=True, exist_ok=True)
np.save(output / "grad-cam.npy", cam)
black = np.zeros((*cam.shape, 3), np.float32)
Image.fromarray(show_cam_on_image(black, cam, use_rgb=True, image_weight=0)).save(output / "grad-cam.png")
# The crop lies in the middle of the picture: its shorter side shows 224 of 256.
side = round(min(photo.size) * 224 / 256)
left, upper = (photo.width - side) // 2, (photo.height - side) // 2
whole = np.zeros((photo.height, photo.width), np.float32)
resized = Image.fromarray(cam).resize((side, side), Image.BILINEAR)
whole[upper : upper + side, left : left + side] = np.asarray(resized)
overlay = show_cam_on_image(np.asarray(photo, np.float32) / 255, whole, use_rgb=True)
Image.fromarray(overlay).save(output / "grad-cam-overlay.png")
