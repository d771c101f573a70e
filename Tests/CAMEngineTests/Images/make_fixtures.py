#!/usr/bin/env python3
"""Draws the pictures in ../Fixtures and stores the pixels that Pillow reads from them.

usage: make_fixtures.py [OUT_DIR]
needs: pip install pillow numpy

decode/NAME.EXT            a picture in a format of its own; decode/NAME.rgb.png holds the expected pixels
orientation/jpegN.jpg ...  the same upright picture stored in each of EXIF's eight orientations
resize/source.png          a picture to resize; resize/FILTER-WxH.png holds what Pillow makes of it
bad/NAME                   headers that claim too much
upsample.npy, small.npy    a map and its bilinear enlargement, computed from the definition
"""
import pathlib
import struct
import sys
import zlib

import numpy as np
from PIL import Image, ImageDraw

WHITE = (255, 255, 255, 255)


def drawing(width, height, seed=1):
    """Gradients, shapes and some noise: smooth parts, edges and detail."""
    y, x = np.mgrid[0:height, 0:width]
    noise = np.random.default_rng(seed).integers(-12, 13, (height, width, 3))
    base = np.stack([255 * x / max(1, width - 1), 255 * y / max(1, height - 1), 128 + 100 * np.sin(x / 5 + y / 9)], -1)
    image = Image.fromarray(np.clip(base + noise, 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width // 8, height // 4, width // 2, height * 3 // 4), fill=(230, 40, 30))
    draw.rectangle((width // 2, height // 8, width * 7 // 8, height // 2), outline=(0, 0, 0), fill=(250, 250, 60))
    draw.line((0, height - 1, width - 1, 0), fill=(20, 60, 220), width=2)
    return image


def transparent(image):
    """The picture with alpha that falls from left to right, none at all in one corner."""
    width, height = image.size
    alpha = np.tile(np.linspace(255, 30, width).astype(np.uint8), (height, 1))
    alpha[: height // 4, : width // 4] = 0
    image = image.convert("RGBA")
    image.putalpha(Image.fromarray(alpha))
    return image


def over_white(image):
    return Image.alpha_composite(Image.new("RGBA", image.size, WHITE), image.convert("RGBA")).convert("RGB")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(header, *chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*c) for c in [(b"IHDR", header), *chunks, (b"IEND", b"")])


def png16(samples):
    """A 16-bit RGB PNG, which Pillow does not write."""
    height, width, _ = samples.shape
    rows = b"".join(b"\0" + row.astype(">u2").tobytes() for row in samples)
    return png(struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0), (b"IDAT", zlib.compress(rows)))


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png_interlaced(pixels):
    """An interlaced RGB PNG, which Pillow does not write."""
    height, width, _ = pixels.shape
    rows = b""
    for x, y, dx, dy in ADAM7:
        part = pixels[y::dy, x::dx]
        if part.shape[1]:
            rows += b"".join(b"\0" + row.tobytes() for row in part)
    return png(struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1), (b"IDAT", zlib.compress(rows)))


def with_gamma(data):
    """The same PNG with gAMA and cHRM chunks, which must not change a pixel."""
    chromaticity = struct.pack(">8I", 31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000)
    return data[:33] + chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(b"cHRM", chromaticity) + data[33:]


def decode_fixtures(out):
    out.mkdir(parents=True, exist_ok=True)
    rgb, odd = drawing(48, 36), drawing(37, 29, seed=2)
    grey, alpha = rgb.convert("L"), transparent(rgb)
    rgb.save(out / "baseline.jpg", quality=90)
    odd.save(out / "subsampled-odd.jpg", quality=85, subsampling="4:2:0")
    rgb.save(out / "full-chroma.jpg", quality=85, subsampling="4:4:4")
    rgb.save(out / "progressive.jpg", quality=85, progressive=True)
    rgb.save(out / "restart.jpg", quality=85, restart_marker_blocks=2)
    grey.save(out / "grey.jpg", quality=90)
    rgb.convert("CMYK").save(out / "cmyk.jpg", quality=90)
    rgb.save(out / "rgb.png")
    grey.save(out / "grey.png")
    grey.convert("LA").save(out / "grey-alpha-opaque.png")
    rgb.quantize(32).save(out / "palette.png")
    rgb.quantize(32).save(out / "palette-transparent.png", transparency=bytes(range(0, 256, 8)))
    grey.convert("1").save(out / "one-bit.png")
    alpha.save(out / "rgba.png")
    noise = np.random.default_rng(3).integers(0, 65536, (20, 24, 3))
    (out / "sixteen-bit.png").write_bytes(png16(noise))
    (out / "interlaced.png").write_bytes(png_interlaced(np.asarray(odd)))
    (out / "gamma.png").write_bytes(with_gamma((out / "rgb.png").read_bytes()))
    rgb.save(out / "lossy.webp", quality=80)
    rgb.save(out / "lossless.webp", lossless=True)
    alpha.save(out / "alpha.webp", quality=80)
    alpha.save(out / "alpha-lossless.webp", lossless=True, exact=True)
    Image.new("RGB", (1, 1), (12, 200, 77)).save(out / "one-pixel.png")
    Image.new("RGB", (1, 1), (12, 200, 77)).save(out / "one-pixel.jpg", quality=95)
    Image.new("RGB", (1, 1), (12, 200, 77)).save(out / "one-pixel.webp", lossless=True)
    for path in sorted(out.iterdir()):
        if path.name.endswith(".rgb.png"):
            continue
        if path.name == "sixteen-bit.png":
            expected = Image.fromarray((noise >> 8).astype(np.uint8))
        else:
            expected = over_white(Image.open(path))
        expected.save(out / (path.name + ".rgb.png"))


# How to store an upright picture so that EXIF's orientation N turns it upright again.
STORED = {1: None, 2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM,
          5: Image.TRANSPOSE, 6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270}


def orientation_fixtures(out):
    out.mkdir(parents=True, exist_ok=True)
    upright = drawing(16, 8, seed=4)
    upright.save(out / "upright.png")
    for n, operation in STORED.items():
        stored = upright.transpose(operation) if operation is not None else upright
        exif = Image.Exif()
        exif[0x0112] = n
        exif[0x010F] = "maker"
        stored.save(out / f"png{n}.png", exif=exif)
        stored.save(out / f"webp{n}.webp", lossless=True, exif=exif)
        stored.save(out / f"jpeg{n}.jpg", quality=95, subsampling="4:4:4", exif=exif)
    little = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"
    upright.transpose(STORED[6]).save(out / "little-endian6.jpg", quality=95, subsampling="4:4:4", exif=little)


SIZES = [(256, 192), (1, 1), (64, 64), (63, 47), (97, 73), (96, 30), (20, 73), (31, 5), (7, 70), (120, 90), (97, 146), (250, 11), (13, 17)]


def resize_fixtures(out):
    out.mkdir(parents=True, exist_ok=True)
    source = drawing(97, 73, seed=5)
    source.save(out / "source.png")
    for width, height in SIZES:
        source.resize((width, height), Image.BILINEAR).save(out / f"bilinear-{width}x{height}.png")
    for name, number in [("nearest", 0), ("lanczos", 1), ("bicubic", 3), ("box", 4)]:
        for size in [(40, 30), (150, 111), (97, 20)]:
            source.resize(size, number).save(out / f"{name}-{size[0]}x{size[1]}.png")


def bad_fixtures(out):
    """Small files whose headers claim 60000 x 60000 pixels."""
    out.mkdir(parents=True, exist_ok=True)
    side = 60000
    (out / "huge.png").write_bytes(png(struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0), (b"IDAT", zlib.compress(b"\0"))))
    jpeg = bytearray((out.parent / "decode" / "grey.jpg").read_bytes())
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5:frame + 9] = struct.pack(">HH", side, side)
    (out / "huge.jpg").write_bytes(jpeg)
    webp = (out.parent / "decode" / "lossless.webp").read_bytes()
    canvas = struct.pack("<I", side - 1)[:3] * 2
    body = b"WEBP" + b"VP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas + webp[12:]
    (out / "huge.webp").write_bytes(b"RIFF" + struct.pack("<I", len(body)) + body)
    frames = [drawing(8, 8, seed) for seed in (6, 7)]
    frames[0].save(out / "animated.webp", save_all=True, append_images=frames[1:])
    (out / "text.txt").write_text("This is a text and no picture.\n")
    (out / "empty.jpg").write_bytes(b"")


def enlarged(values, width, height):
    """Bilinear with half-pixel centres and the border repeated, from the definition."""
    rows, columns = values.shape
    result = np.zeros((height, width))
    for j in range(height):
        for i in range(width):
            y = min(max((j + 0.5) * rows / height - 0.5, 0), rows - 1)
            x = min(max((i + 0.5) * columns / width - 0.5, 0), columns - 1)
            y0, x0 = int(y), int(x)
            y1, x1 = min(y0 + 1, rows - 1), min(x0 + 1, columns - 1)
            top = values[y0, x0] * (1 - x + x0) + values[y0, x1] * (x - x0)
            low = values[y1, x0] * (1 - x + x0) + values[y1, x1] * (x - x0)
            result[j, i] = top * (1 - y + y0) + low * (y - y0)
    return result.astype(np.float32)


def map_fixtures(out):
    small = np.random.default_rng(8).normal(size=(5, 7)).astype(np.float32)
    np.save(out / "small.npy", small)
    np.save(out / "upsample.npy", enlarged(small.astype(np.float64), 61, 48))
    np.save(out / "order.npy", np.arange(12, dtype=np.int64).reshape(3, 4))


if __name__ == "__main__":
    here = pathlib.Path(__file__).resolve().parent.parent / "Fixtures"
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here
    decode_fixtures(target / "decode")
    orientation_fixtures(target / "orientation")
    resize_fixtures(target / "resize")
    bad_fixtures(target / "bad")
    map_fixtures(target)
