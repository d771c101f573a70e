"""Random views of a batch of photos: one resampling, one colour matrix, then mixing."""
import math

import torch
import torch.nn.functional as F

# Of the ImageNet photos, as most published networks use them (pixels / 255).
MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)


def to_input(photos):
    """N x H x W x 3 bytes -> normalised N x 3 x H x W floats (channels last in memory)."""
    x = photos.permute(0, 3, 1, 2).float().div_(255)
    mean = torch.tensor(MEAN, device=x.device).view(1, 3, 1, 1)
    std = torch.tensor(STD, device=x.device).view(1, 3, 1, 1)
    return x.sub_(mean).div_(std)


def uniform(count, low, high, generator, device):
    return torch.rand(count, generator=generator).mul_(high - low).add_(low).to(device)


def views(photos, size, generator, smallest_area=0.35, rotated=0.2):
    """Random resized crops of `size` x `size`, flipped half of the time, some turned slightly."""
    count, device = photos.shape[0], photos.device
    area = uniform(count, smallest_area, 1, generator, device)
    ratio = torch.exp(uniform(count, math.log(3 / 4), math.log(4 / 3), generator, device))
    width, height = (area * ratio).sqrt().clamp(max=1), (area / ratio).sqrt().clamp(max=1)
    x = uniform(count, -1, 1, generator, device) * (1 - width)
    y = uniform(count, -1, 1, generator, device) * (1 - height)
    flip = torch.where(uniform(count, 0, 1, generator, device) < 0.5, -1.0, 1.0)
    turned = uniform(count, 0, 1, generator, device) < rotated
    angle = uniform(count, -0.26, 0.26, generator, device) * turned
    cosine, sine = angle.cos(), angle.sin()
    theta = torch.stack([torch.stack([width * cosine * flip, -height * sine, x], 1),
                         torch.stack([width * sine * flip, height * cosine, y], 1)], 1)
    grid = F.affine_grid(theta, (count, 3, size, size), align_corners=False)
    pixels = photos.permute(0, 3, 1, 2).float()
    return F.grid_sample(pixels, grid, "bilinear", "reflection", align_corners=False)


def colours(pixels, generator, strength=0.3, grey=0.05):
    """Random brightness, contrast, saturation and hue as one 3 x 3 matrix a photo, then
    normalisation: one pass over the pixels (0...255)."""
    count, device = pixels.shape[0], pixels.device
    brightness = uniform(count, 1 - strength, 1 + strength, generator, device)
    contrast = uniform(count, 1 - strength, 1 + strength, generator, device)
    saturation = uniform(count, 1 - strength, 1 + strength, generator, device)
    saturation = saturation * (uniform(count, 0, 1, generator, device) >= grey)
    hue = uniform(count, -0.3, 0.3, generator, device)
    luma = torch.tensor([0.299, 0.587, 0.114], device=device).expand(3, 3)
    # A turn about the grey axis (Rodrigues), then a blend with the luma.
    axis = torch.tensor([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]], device=device) / math.sqrt(3)
    one, c, s = torch.eye(3, device=device), hue.cos().view(-1, 1, 1), hue.sin().view(-1, 1, 1)
    turn = c * one + s * axis + (1 - c) / 3
    blend = saturation.view(-1, 1, 1)
    matrix = (blend * one + (1 - blend) * luma) @ turn
    grey_level = pixels.mean((1, 2, 3)).view(-1, 1, 1) / 255
    matrix = matrix * (brightness * contrast).view(-1, 1, 1)
    offset = grey_level * (brightness * (1 - contrast)).view(-1, 1, 1)
    mean = torch.tensor(MEAN, device=device).view(1, 3, 1)
    std = torch.tensor(STD, device=device).view(1, 3, 1)
    flat = pixels.permute(0, 2, 3, 1).reshape(count, -1, 3)
    bias = ((offset - mean) / std).transpose(1, 2)
    out = torch.baddbmm(bias, flat, (matrix / (255 * std)).transpose(1, 2))
    height, width = pixels.shape[2:]
    return out.view(count, height, width, 3).permute(0, 3, 1, 2)


def mix(x, targets, generator, cutmix=0.2, mixup=0.1):
    """CutMix (Yun et al. 2019) or mixup (Zhang et al. 2018) of a batch with itself, or neither.
    `targets`: one distribution over the classes a photo, mixed in the same proportion."""
    choice = torch.rand(1, generator=generator).item()
    if choice >= cutmix + mixup:
        return x, targets
    order = torch.randperm(x.shape[0], generator=generator).to(x.device)
    share = torch.rand(1, generator=generator).item()
    if choice < cutmix:
        height, width = x.shape[2:]
        cut_h, cut_w = round(height * math.sqrt(share)), round(width * math.sqrt(share))
        top = torch.randint(0, height - cut_h + 1, (1,), generator=generator).item()
        left = torch.randint(0, width - cut_w + 1, (1,), generator=generator).item()
        box = (slice(None), slice(None), slice(top, top + cut_h), slice(left, left + cut_w))
        x = x.clone()
        x[box] = x[order][box]
        share = cut_h * cut_w / (height * width)
    else:
        share *= 0.5
        x = x * (1 - share) + x[order] * share
    return x, targets * (1 - share) + targets[order] * share
