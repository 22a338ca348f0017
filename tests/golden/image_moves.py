"""Golden values of the layers that move images from PyTorch, in float64: python3 tests/golden/image_moves.py > tests/golden/image_moves.json

Each case: a layer, its options, the inputs, the output y, the weights dy, and the gradient of sum(dy * y) by every input.
"""

import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(34)


def numbers(t):
    return {"shape": list(t.shape), "data": t.detach().reshape(-1).tolist()}


def drawn(*shape):
    # Rounded to float32, so that float32 kernels read the same numbers.
    return torch.randn(*shape).to(torch.float32).to(torch.float64)


cases = []


def case(layer, options, f, *shapes):
    xs = [drawn(*shape).requires_grad_() for shape in shapes]
    y = f(*xs)
    dy = torch.randn(y.shape)
    cases.append({
        "layer": layer,
        "options": options,
        "inputs": [numbers(t) for t in xs],
        "y": numbers(y),
        "dy": numbers(dy),
        "dx": [numbers(t) for t in torch.autograd.grad((y * dy).sum(), xs)],
    })


def images(options, f):
    """f of channels first, of images in the layout that the options name."""
    first = options.get("dataFormat") == "channels_first"
    return f if first else lambda x: f(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)


# Random layers between equal numbers: all images are moved alike. grid_sample has no "wrap": the images are tiled; what lies beyond the border is
# 0 there: the fill value is taken off and added again.
PADDINGS = {"constant": "zeros", "nearest": "border", "reflect": "reflection", "wrap": "zeros"}


def sample(x, options, a0, a1, a2, b0, b1, b2):
    mode, value = options.get("fillMode", "reflect"), options.get("fillValue", 0)
    n, _, h, w = x.shape
    rows, columns = torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")
    px, py = a0 * columns + a1 * rows + a2, b0 * columns + b1 * rows + b2
    images = x - value
    if mode == "wrap":
        images, px, py = images.repeat(1, 1, 9, 9), px + 4 * w, py + 4 * h
    size = images.shape[2:]
    grid = torch.stack([(2 * px + 1) / size[1] - 1, (2 * py + 1) / size[0] - 1], -1).expand(n, h, w, 2)
    kind = options.get("interpolation", "bilinear")
    return F.grid_sample(images, grid, kind, PADDINGS[mode], align_corners=False) + value


def rotate(x, options):
    angle = torch.tensor(2 * math.pi * options["factor"][0])
    cx, cy = (x.shape[3] - 1) / 2, (x.shape[2] - 1) / 2
    c, s = torch.cos(angle), torch.sin(angle)
    return sample(x, options, c, -s, cx - cx * c + cy * s, s, c, cy - cx * s - cy * c)


def translate(x, options):
    dy, dx = options["heightFactor"][0] * x.shape[2], options["widthFactor"][0] * x.shape[3]
    return sample(x, options, 1, 0, -dx, 0, 1, -dy)


def zoom(x, options):
    zy = 1 + options["heightFactor"][0]
    zx = 1 + options["widthFactor"][0] if options.get("widthFactor") else zy
    cx, cy = (x.shape[3] - 1) / 2, (x.shape[2] - 1) / 2
    return sample(x, options, zx, 0, cx * (1 - zx), 0, zy, cy * (1 - zy))


def moved(layer, f, shape, options):
    case(layer, options, images(options, lambda x: f(x, options)), shape)


first = {"dataFormat": "channels_first"}
for shape, turns, more in [
    ((2, 5, 4, 3), 0.07, {}),
    ((1, 1, 3, 1), 0.6, {"fillMode": "nearest"}),
    ((3, 4, 7, 2), -0.31, {"fillMode": "constant", "fillValue": 0.5}),
    ((1, 6, 6, 5), 0.9, {"fillMode": "wrap"}),
    ((2, 3, 5, 6), 0.13, first),
    ((2, 5, 3, 4), -0.17, {"interpolation": "nearest", "fillMode": "constant"}),
]:
    moved("randomRotation", rotate, shape, {"factor": [turns, turns], **more})

for shape, dy, dx, more in [
    ((2, 5, 4, 3), 0.13, -0.31, {}),
    ((1, 1, 3, 1), -1, 0.6, {"fillMode": "nearest"}),
    ((3, 4, 7, 2), -0.31, 1, {"fillMode": "constant", "fillValue": -2}),
    ((1, 6, 6, 5), 0.9, 0.45, {"fillMode": "wrap"}),
    ((2, 3, 5, 6), 0.35, -0.3, first),
    ((2, 5, 3, 4), 0, 0.7, {"interpolation": "nearest"}),
]:
    moved("randomTranslation", translate, shape, {"heightFactor": [dy, dy], "widthFactor": [dx, dx], **more})

for shape, dy, dx, more in [
    ((2, 5, 4, 3), 0.13, None, {}),
    ((1, 1, 3, 1), -0.9, 0.6, {"fillMode": "nearest"}),
    ((3, 4, 7, 2), -0.31, 1, {"fillMode": "constant", "fillValue": -2}),
    ((1, 6, 6, 5), 0.9, 0.45, {"fillMode": "wrap"}),
    ((2, 3, 5, 6), -0.35, None, first),
    ((2, 5, 3, 4), 0, -0.7, {"interpolation": "nearest"}),
]:
    width = {} if dx is None else {"widthFactor": [dx, dx]}
    moved("randomZoom", zoom, shape, {"heightFactor": [dy, dy], **width, **more})

print(json.dumps(cases))
