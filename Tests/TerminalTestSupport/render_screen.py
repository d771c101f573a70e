"""Draws a screen that a snapshot test has dumped as a PNG picture.

usage: python render_screen.py SCREEN.json PICTURE.png        (needs Pillow)
"""

import json
import sys

from PIL import Image, ImageDraw, ImageFont

COLUMN, ROW = 10, 20
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono%s.ttf"
FOREGROUND, BACKGROUND = (210, 210, 210), (16, 16, 20)
BOLD, REVERSE = 1, 8


def rgb(code, default):
    return default if code < 0 else (code >> 16, code >> 8 & 255, code & 255)


def draw_cell(draw, fonts, x, y, character, foreground, background):
    right, bottom = x + COLUMN - 1, y + ROW - 1
    draw.rectangle([x, y, right, bottom], fill=background)
    if character == "▀":
        draw.rectangle([x, y, right, y + ROW // 2 - 1], fill=foreground)
    elif character == "▄":
        draw.rectangle([x, y + ROW // 2, right, bottom], fill=foreground)
    elif character not in " \0":
        draw.text((x, y), character, font=fonts, fill=foreground)


def main(source, target):
    screen = json.load(open(source))
    width = screen["width"]
    fonts = [ImageFont.truetype(FONT % style, 16) for style in ("", "-Bold")]
    picture = Image.new("RGB", (width * COLUMN, screen["height"] * ROW))
    draw = ImageDraw.Draw(picture)
    for index, (scalar, foreground, background, emphasis) in enumerate(screen["cells"]):
        colors = rgb(foreground, FOREGROUND), rgb(background, BACKGROUND)
        if emphasis & REVERSE:
            colors = colors[::-1]
        x, y = index % width * COLUMN, index // width * ROW
        draw_cell(draw, fonts[emphasis & BOLD], x, y, chr(scalar), *colors)
    picture.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
