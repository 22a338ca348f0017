"""Makes image_files.json: PNG files of every kind, written here by hand, and JPEG files written by Pillow, with the pixels that Pillow reads.

Of 16 bits the upper 8 are kept, as Pillow and libpng do for colours; grey of 16 bits Pillow reads otherwise.
Needs Pillow and numpy (Debian: python3-pil, python3-numpy):
/usr/bin/python3 tests/golden/image_files.py > tests/golden/image_files.json
"""

import base64
import io
import json
import random
import struct
import zlib

import numpy
from PIL import Image

SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
random.seed(5)


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def pack_row(row, depth):
    numbers = [int(n) for pixel in row for n in pixel]
    if depth == 16:
        return b"".join(struct.pack(">H", n) for n in numbers)
    if depth == 8:
        return bytes(numbers)
    bits = "".join(format(n, f"0{depth}b") for n in numbers)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def filter_rows(rows, bpp):
    out, before = b"", bytes(len(rows[0]))
    for row in rows:
        kind = random.randrange(5)
        line = bytearray()
        for i, value in enumerate(row):
            a = row[i - bpp] if i >= bpp else 0
            c = before[i - bpp] if i >= bpp else 0
            b = before[i]
            line.append((value - [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]) % 256)
        out += bytes([kind]) + bytes(line)
        before = row
    return out


def write_png(pixels, color, depth, interlaced, extra=b"", parts=1):
    height, width, _ = pixels.shape
    bpp = max(1, SAMPLES[color] * depth // 8)
    images = [pixels[y::dy, x::dx] for x, y, dx, dy in PASSES] if interlaced else [pixels]
    raw = b"".join(filter_rows([pack_row(row, depth) for row in im], bpp) for im in images if im.size > 0)
    packed = zlib.compress(raw)
    size = -(-len(packed) // parts)
    data = b"".join(chunk(b"IDAT", packed[i : i + size]) for i in range(0, len(packed), size))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced)))
    text = chunk(b"tEXt", b"Comment\0made by hand")
    return b"\x89PNG\r\n\x1a\n" + header + text + extra + data + chunk(b"IEND", b"")


def expand_16(pixels, color, clear):
    numbers = pixels.astype(numpy.int64) >> 8
    alpha = numpy.full(pixels.shape[:2], 255)
    if color in (4, 6):
        alpha = numbers[:, :, -1]
    if clear is not None:
        alpha = numpy.where((pixels == numpy.array(clear)).all(axis=2), 0, 255)
    rgb = numbers[:, :, :3] if color in (2, 6) else numbers[:, :, :1].repeat(3, axis=2)
    return numpy.concatenate([rgb, alpha[:, :, None]], axis=2).astype(numpy.uint8)


def encode(name, file, rgba):
    rgb = rgba[:, :, :3]
    grey = (rgb.astype(int) @ [19595, 38470, 7471] + 32768) >> 16
    height, width = grey.shape
    return {
        "name": name,
        "file": base64.b64encode(file).decode(),
        "shape": [height, width],
        "rgba": rgba.astype(numpy.uint8).tobytes().hex(),
        "grayscale": grey.astype(numpy.uint8).tobytes().hex(),
    }


cases = []
for color in SAMPLES:
    for depth in (1, 2, 4, 8, 16):
        if depth < 8 and color in (2, 4, 6) or depth == 16 and color == 3:
            continue
        for interlaced in (False, True):
            if interlaced and depth < 8:
                continue
            height, width = random.choice([(5, 7), (9, 3), (1, 6), (7, 1), (11, 13)])
            top = 2**depth if color != 3 else min(2**depth, 11)
            rng = numpy.random.default_rng(len(cases))
            pixels = rng.integers(0, top, (height, width, SAMPLES[color]))
            extra, clear = b"", None
            if color == 3:
                extra = chunk(b"PLTE", rng.integers(0, 256, 3 * top).astype(numpy.uint8).tobytes())
                if depth > 1:
                    extra += chunk(b"tRNS", rng.integers(0, 256, top - 1).astype(numpy.uint8).tobytes())
            elif color in (0, 2) and depth >= 8 and not interlaced:
                clear = [int(n) for n in pixels[0, 0]]
                extra = chunk(b"tRNS", b"".join(struct.pack(">H", n) for n in clear))
            file = write_png(pixels, color, depth, interlaced, extra, parts=1 + len(cases) % 3)
            if depth == 16:
                rgba = expand_16(pixels, color, clear)
            else:
                rgba = numpy.array(Image.open(io.BytesIO(file)).convert("RGBA"))
            cases.append(encode(f"png color {color} depth {depth}{' interlaced' * interlaced}", file, rgba))

y, x = numpy.mgrid[0:21, 0:37]
photo = numpy.stack([127 + 100 * numpy.sin(x / 5), 127 + 90 * numpy.cos(y / 4 + x / 9), 12 * y], axis=2)
photo = (photo + numpy.random.default_rng(1).normal(0, 6, photo.shape)).clip(0, 255).astype(numpy.uint8)
exif = Image.Exif()
exif[0x0112] = 6  # to be turned by a quarter
JPEGS = {
    "baseline 4:2:0": dict(quality=85),
    "progressive 4:4:4": dict(quality=92, subsampling=0, progressive=True),
    "baseline 4:2:2": dict(quality=60, subsampling=1, optimize=True),
    "turned by Exif": dict(quality=75, exif=exif),
    "grey": dict(quality=80),
    "CMYK": dict(quality=80),
}
for name, options in JPEGS.items():
    image = Image.fromarray(photo)
    image = image.convert("L") if name == "grey" else image.convert("CMYK") if name == "CMYK" else image
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", **options)
    rgba = numpy.array(Image.open(io.BytesIO(buffer.getvalue())).convert("RGBA"))
    cases.append(encode(f"jpeg {name}", buffer.getvalue(), rgba))

print(json.dumps(cases, indent=1))
