"""Golden values of the layers that shape and join from PyTorch, in float64: python3 tests/golden/shaping.py > tests/golden/shaping.json

Each case: a layer, its options, the inputs, the output y, the weights dy, and the gradient of sum(dy * y) by every input.
"""

import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(32)


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


for axis, shapes in [
    (None, [(1, 1), (1, 2)]),
    (-1, [(5, 3), (5, 1), (5, 4)]),
    (1, [(3, 2, 3), (3, 1, 3)]),
    (2, [(4, 2, 3), (4, 2, 2), (4, 2, 1), (4, 2, 5)]),
    (-2, [(2, 3, 2, 3), (2, 3, 5, 3)]),
    (1, [(1, 1, 3, 2), (1, 4, 3, 2)]),
]:
    case("concatenate", {} if axis is None else {"axis": axis}, lambda *xs: torch.cat(xs, -1 if axis is None else axis), *shapes)

for dims, shape in [
    ([1], (3, 4)),
    ([2, 1], (1, 3, 5)),
    ([2, 1], (4, 7, 2)),
    ([3, 1, 2], (2, 3, 4, 5)),
    ([1, 3, 2], (3, 2, 4, 3)),
    ([4, 2, 1, 3], (2, 2, 3, 2, 3)),
    ([6, 4, 2, 5, 3, 1], (2, 2, 3, 2, 1, 3, 2)),
]:
    case("permute", {"dims": dims}, lambda x: x.permute(0, *dims), shape)

for n, shape in [(1, (3, 4)), (2, (1, 1)), (3, (5, 2)), (7, (2, 5)), (4, (1, 9)), (2, (9, 3))]:
    case("repeatVector", {"n": n}, lambda x: x.unsqueeze(1).repeat(1, n, 1), shape)

for options, (a, b), shape in [
    ({}, (1, 1), (3, 4, 2)),
    ({"cropping": 2}, (2, 2), (1, 5, 3)),
    ({"cropping": [0, 1]}, (0, 1), (2, 2, 5)),
    ({"cropping": [3, 0]}, (3, 0), (4, 5, 1)),
    ({"cropping": 0}, (0, 0), (2, 3, 2)),
    ({"cropping": [1, 2]}, (1, 2), (9, 4, 7)),
]:
    case("cropping1d", options, lambda x: x[:, a : x.shape[1] - b], shape)
    case("zeroPadding1d", {"padding" if k == "cropping" else k: v for k, v in options.items()}, lambda x: F.pad(x, (0, 0, a, b)), shape)
case("zeroPadding1d", {"padding": [1, 2], "dataFormat": "channels_first"}, lambda x: F.pad(x, (1, 2)), (3, 2, 5))

for value, pairs, shape in [
    (None, None, (2, 4, 3, 2)),
    (1, ((1, 1), (1, 1)), (1, 3, 5, 1)),
    ([1, 0], ((1, 1), (0, 0)), (3, 4, 2, 3)),
    ([[0, 1], [2, 1]], ((0, 1), (2, 1)), (2, 2, 5, 2)),
    ([[2, 0], [0, 1]], ((2, 0), (0, 1)), (5, 3, 2, 1)),
    ([[0, 0], [1, 0]], ((0, 0), (1, 0)), (1, 1, 3, 5)),
]:
    for first in [False, True]:
        h, w = (2, 3) if first else (1, 2)
        given = (shape[0], shape[3], shape[1], shape[2]) if first else shape
        more = {"dataFormat": "channels_first"} if first else {}

        def crop(x):
            (t, b), (l, r) = pairs or ((0, 0), (0, 0))
            return x.narrow(h, t, x.shape[h] - t - b).narrow(w, l, x.shape[w] - l - r)

        def pad(x):
            (t, b), (l, r) = pairs or ((1, 1), (1, 1))
            return F.pad(x, (l, r, t, b) if first else (0, 0, l, r, t, b))

        case("cropping2d", {**more, **({} if value is None else {"cropping": value})}, crop, given)
        case("zeroPadding2d", {**more, **({} if value is None else {"padding": value})}, pad, given)

for options, size, shape in [
    ({}, 2, (2, 3, 2)),
    ({"size": 1}, 1, (3, 2, 1)),
    ({"size": 3}, 3, (1, 2, 5)),
    ({"size": 5}, 5, (4, 1, 3)),
    ({"size": 2}, 2, (5, 3, 1)),
    ({"size": 4}, 4, (1, 1, 1)),
]:
    case("upSampling1d", options, lambda x: x.repeat_interleave(size, 1), shape)

for options, (a, b), shape in [
    ({}, (2, 2), (2, 2, 3, 2)),
    ({"size": 3}, (3, 3), (1, 2, 1, 3)),
    ({"size": [1, 2]}, (1, 2), (3, 2, 2, 1)),
    ({"size": [2, 1]}, (2, 1), (2, 1, 3, 2)),
    ({"size": [3, 2], "interpolation": "nearest"}, (3, 2), (1, 3, 2, 4)),
    ({"size": [2, 3], "dataFormat": "channels_first"}, (2, 3), (2, 3, 2, 2)),
]:
    f = "dataFormat" in options

    def nearest(x):
        return F.interpolate(x if f else x.permute(0, 3, 1, 2), scale_factor=(a, b), mode="nearest")

    case("upSampling2d", options, lambda x: nearest(x) if f else nearest(x).permute(0, 2, 3, 1), shape)

for options, (a, b), shape in [
    ({}, (2, 2), (2, 2, 3, 2)),
    ({"size": 3}, (3, 3), (1, 3, 4, 3)),
    ({"size": [1, 4]}, (1, 4), (3, 2, 3, 1)),
    ({"size": [5, 1]}, (5, 1), (2, 1, 3, 5)),
    ({"size": [3, 2]}, (3, 2), (1, 1, 1, 4)),
    ({"size": [2, 3], "dataFormat": "channels_first"}, (2, 3), (2, 3, 5, 4)),
]:
    f = "dataFormat" in options

    def bilinear(x):
        return F.interpolate(x if f else x.permute(0, 3, 1, 2), scale_factor=(a, b), mode="bilinear", align_corners=False)

    options = {**options, "interpolation": "bilinear"}
    case("upSampling2d", options, lambda x: bilinear(x) if f else bilinear(x).permute(0, 2, 3, 1), shape)

print(json.dumps(cases))
