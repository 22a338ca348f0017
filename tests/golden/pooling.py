"""Golden values of the pooling layers from PyTorch, in float64: python3 tests/golden/pooling.py > tests/golden/pooling.json

Each case: a layer, its options, the input, the output y, the weights dy, and the gradient of sum(dy * y). Layouts and paddings are Keras's:
channels last, and what is odd of a 'same' padding at the end; a maximum pads with minus infinity, a mean divides by the elements inside.
"""

import json
import math

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(51)


def numbers(t):
    return {"shape": list(t.shape), "data": t.detach().reshape(-1).tolist()}


def drawn(*shape):
    # Rounded to float32, so that float32 kernels read the same numbers; to halves in every other case, so that there are ties.
    x = torch.randn(*shape).to(torch.float32).to(torch.float64)
    return torch.round(x * 2) / 2 if len(cases) % 2 else x


cases = []


def case(layer, options, f, shape):
    x = drawn(*shape).requires_grad_()
    first = options.get("dataFormat") == "channels_first"
    # [batch, channels, ...] as PyTorch has it.
    y = f(x if first else x.movedim(-1, 1))
    y = y if first or y.dim() == 2 else y.movedim(1, -1)
    dy = torch.randn(y.shape)
    cases.append({
        "layer": layer,
        "options": options,
        "inputs": [numbers(x)],
        "y": numbers(y),
        "dy": numbers(dy),
        "dx": [numbers(t) for t in torch.autograd.grad((y * dy).sum(), [x])],
    })


def margins(length, size, stride):
    total = max(0, (math.ceil(length / stride) - 1) * stride + size - length)
    return [total // 2, total - total // 2]


def windowed(kind, sizes, strides, padding):
    def pool(x):
        pads = [margins(length, size, stride) for length, size, stride in zip(x.shape[2:], sizes, strides)]
        pads = [0, 0] * len(sizes) if padding == "valid" else [v for pair in reversed(pads) for v in pair]
        if kind == "max":
            run = F.max_pool1d if len(sizes) == 1 else F.max_pool2d
            return run(F.pad(x, pads, value=-math.inf), sizes, strides)
        run = F.avg_pool1d if len(sizes) == 1 else F.avg_pool2d
        return run(F.pad(x, pads), sizes, strides) / run(F.pad(torch.ones_like(x), pads), sizes, strides)

    return pool


for kind in ["max", "average"]:
    for options, shape in [
        ({}, (3, 6, 4)),
        ({"poolSize": 3}, (1, 7, 1)),
        ({"poolSize": 3, "strides": 2, "padding": "same"}, (2, 6, 3)),
        ({"poolSize": 2, "strides": 1, "padding": "same"}, (4, 5, 2)),
        ({"poolSize": 4, "strides": 3, "padding": "same"}, (1, 9, 17)),
        ({"poolSize": 1, "strides": 2}, (5, 4, 3)),
        ({"poolSize": 2, "strides": 3, "dataFormat": "channels_first"}, (2, 3, 8)),
        ({"poolSize": 5, "strides": 2, "padding": "same", "dataFormat": "channels_first"}, (3, 2, 4)),
    ]:
        size = options.get("poolSize", 2)
        case(f"{kind}Pooling1d", options, windowed(kind, [size], [options.get("strides", size)], options.get("padding", "valid")), shape)

    for options, sizes, strides, shape in [
        ({}, (2, 2), (2, 2), (2, 4, 6, 3)),
        ({"poolSize": 2}, (2, 2), (2, 2), (1, 5, 7, 1)),
        ({"poolSize": [3, 2], "strides": 1}, (3, 2), (1, 1), (3, 5, 4, 5)),
        ({"poolSize": 3, "strides": 2, "padding": "same"}, (3, 3), (2, 2), (2, 6, 7, 3)),
        ({"poolSize": [2, 5], "strides": [1, 2], "padding": "same"}, (2, 5), (1, 2), (1, 3, 6, 4)),
        ({"padding": "same"}, (2, 2), (2, 2), (4, 7, 5, 1)),
        ({"poolSize": [4, 3], "strides": [3, 1], "padding": "same"}, (4, 3), (3, 1), (1, 2, 1, 18)),
        ({"poolSize": 2, "strides": 3}, (2, 2), (3, 3), (3, 6, 7, 2)),
        ({"poolSize": [1, 3], "strides": [2, 1], "dataFormat": "channels_first"}, (1, 3), (2, 1), (2, 3, 5, 6)),
        ({"poolSize": [3, 4], "strides": 2, "padding": "same", "dataFormat": "channels_first"}, (3, 4), (2, 2), (1, 2, 5, 3)),
    ]:
        case(f"{kind}Pooling2d", options, windowed(kind, sizes, strides, options.get("padding", "valid")), shape)

    for options, shape in [
        ({}, (3, 6, 4)), ({}, (1, 1, 1)), ({"keepdims": True}, (2, 7, 3)), ({"keepdims": True}, (1, 300, 1)),
        ({"dataFormat": "channels_first"}, (4, 3, 5)), ({"keepdims": True, "dataFormat": "channels_first"}, (1, 2, 9)),
    ]:
        def pool(x):
            y = F.adaptive_max_pool1d(x, 1) if kind == "max" else F.adaptive_avg_pool1d(x, 1)
            return y if options.get("keepdims") else y.flatten(1)

        case(f"global{kind.capitalize()}Pooling1d", options, pool, shape)

    for options, shape in [
        ({}, (3, 4, 5, 6)), ({}, (1, 1, 3, 1)), ({"keepdims": True}, (2, 3, 3, 17)), ({"keepdims": True}, (1, 7, 2, 3)),
        ({"dataFormat": "channels_first"}, (4, 3, 5, 2)), ({"keepdims": True, "dataFormat": "channels_first"}, (1, 2, 3, 9)),
    ]:
        def pool(x):
            y = F.adaptive_max_pool2d(x, 1) if kind == "max" else F.adaptive_avg_pool2d(x, 1)
            return y if options.get("keepdims") else y.flatten(1)

        case(f"global{kind.capitalize()}Pooling2d", options, pool, shape)

    for size, shape, first in [
        (1, (3, 6, 4), False), (3, (1, 7, 1), False), (4, (2, 4, 3), False), (5, (3, 12, 2), False), (7, (1, 3, 18), False), (2, (2, 3, 9), True),
    ]:
        options = {"outputSize": size, **({"dataFormat": "channels_first"} if first else {})}
        case(f"adaptive{kind.capitalize()}Pooling1d", options, lambda x: (F.adaptive_max_pool1d if kind == "max" else F.adaptive_avg_pool1d)(x, size), shape)

    for size, shape, first in [
        (2, (3, 6, 4, 5), False), ([3, 2], (1, 7, 5, 1), False), ([1, 4], (2, 5, 6, 3), False), ([4, 5], (1, 3, 3, 17), False),
        (3, (4, 9, 10, 2), False), ([2, 3], (2, 3, 5, 7), True),
    ]:
        options = {"outputSize": size, **({"dataFormat": "channels_first"} if first else {})}
        case(f"adaptive{kind.capitalize()}Pooling2d", options, lambda x: (F.adaptive_max_pool2d if kind == "max" else F.adaptive_avg_pool2d)(x, size), shape)

print(json.dumps(cases))
