"""Golden values of the layers for images from PyTorch, in float64: python3 tests/golden/images.py > tests/golden/images.json

Each case: a layer, its options, the inputs, the output y, the weights dy, and the gradient of sum(dy * y) by every input.
"""

import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(33)


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


def resize(x, height, width, mode):
    # Keras's "nearest" takes the pixel under the centre, which PyTorch calls "nearest-exact".
    more = {"mode": "nearest-exact"} if mode == "nearest" else {"mode": "bilinear", "align_corners": False}
    return F.interpolate(x, (height, width), **more)


def crop_to_aspect(x, height, width):
    h, w = x.shape[2:]
    ch, cw = max(1, min(h, int(w * height / width))), max(1, min(w, int(h * width / height)))
    top, left = (h - ch) // 2, (w - cw) // 2
    return x[:, :, top : top + ch, left : left + cw]


def pad_to_aspect(x, height, width, value):
    h, w = x.shape[2:]
    rows, columns = max(h, int(w * height / width)), max(w, int(h * width / height))
    top, left = (rows - h) // 2, (columns - w) // 2
    return F.pad(x, (left, left, top, top), value=value)


def images(options, f):
    """f of channels first, of images in the layout that the options name."""
    first = options.get("dataFormat") == "channels_first"
    return f if first else lambda x: f(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)


for shape, height, width, more in [
    ((2, 5, 7, 3), 9, 4, {}),
    ((1, 1, 1, 1), 3, 2, {}),
    ((3, 8, 6, 1), 3, 11, {"interpolation": "nearest"}),
    ((2, 7, 5, 2), 7, 13, {"interpolation": "bilinear"}),
    ((1, 4, 9, 5), 1, 1, {}),
    ((2, 9, 4, 4), 2, 3, {"interpolation": "nearest"}),
    ((2, 3, 6, 5), 4, 4, {"dataFormat": "channels_first"}),
    ((1, 2, 5, 8), 8, 3, {"dataFormat": "channels_first", "interpolation": "nearest"}),
    ((2, 6, 11, 3), 5, 5, {"cropToAspectRatio": True}),
    ((1, 9, 4, 1), 7, 12, {"cropToAspectRatio": True, "interpolation": "nearest"}),
    ((2, 3, 8, 5), 5, 3, {"cropToAspectRatio": True, "dataFormat": "channels_first"}),
    ((2, 6, 11, 3), 5, 5, {"padToAspectRatio": True, "fillValue": 0.75}),
    ((3, 9, 4, 2), 7, 12, {"padToAspectRatio": True, "fillMode": "constant"}),
    ((1, 2, 7, 3), 4, 6, {"padToAspectRatio": True, "dataFormat": "channels_first", "fillValue": -2}),
]:
    mode = more.get("interpolation", "bilinear")

    def resizing(x):
        if "cropToAspectRatio" in more:
            x = crop_to_aspect(x, height, width)
        if "padToAspectRatio" in more:
            x = pad_to_aspect(x, height, width, more.get("fillValue", 0))
        return resize(x, height, width, mode)

    case("resizing", {"height": height, "width": width, **more}, images(more, resizing), shape)

for shape, height, width, more in [
    ((2, 5, 7, 3), 3, 4, {}),
    ((1, 6, 6, 1), 6, 5, {}),
    ((3, 4, 9, 2), 1, 1, {}),
    ((2, 4, 9, 3), 6, 5, {}),
    ((1, 7, 3, 5), 5, 5, {}),
    ((2, 3, 8, 5), 4, 4, {"dataFormat": "channels_first"}),
    ((2, 1, 2, 3), 4, 4, {"dataFormat": "channels_first"}),
]:
    def center_crop(x):
        h, w = x.shape[2:]
        if h >= height and w >= width:
            top, left = (h - height) // 2, (w - width) // 2
            return x[:, :, top : top + height, left : left + width]
        return resize(crop_to_aspect(x, height, width), height, width, "bilinear")

    case("centerCrop", {"height": height, "width": width, **more}, images(more, center_crop), shape)

print(json.dumps(cases))
