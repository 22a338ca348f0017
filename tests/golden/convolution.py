"""Convolutions, in float64, by PyTorch's autograd: python3 tests/golden/convolution.py. Writes convolution.json beside this file.

Each case: the layer's type and options (ours), x, dy and the layer's weights in their order, all in Keras's layouts; then y, and the
gradients dx and dweights of sum(y * dy). For training, a target, the loss mean((y - target)^2), and losses and weights of three steps of
SGD on the same batch.

Convolutions are torch.nn.functional's, of inputs that are padded by TensorFlow's rule before. Transposed ones are conv_transpose with
nothing cut off, which is then cut, or continued with zeros, as Keras's JAX backend pads. A depthwise one has a group for each channel; a
separable one mixes its results by windows of one element.
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(41)
RATE = 0.05


def draw(*shape, scale=1.0):
    """Whole 32nds: float32 holds them exactly, and they are short."""
    return np.round(rng.normal(size=shape) * scale * 32) / 32


def each(value, axes):
    return list(value) if isinstance(value, (list, tuple)) else [value] * axes


def channels_first(x):
    return x.movedim(-1, 1)


def same(length, size, stride):
    total = max((-(-length // stride) - 1) * stride + size - length, 0)
    return total // 2, total - total // 2


def conv(axes, options):
    def call(x, kernel, bias=None):
        first = options.get("dataFormat") == "channels_first"
        x = x if first else channels_first(x)
        strides, dilation = each(options.get("strides", 1), axes), each(options.get("dilationRate", 1), axes)
        padding = options.get("padding", "valid")
        margins = []
        for i in range(axes):
            reach = (kernel.shape[i] - 1) * dilation[i] + 1
            if padding == "valid":
                margins.append((0, 0))
            elif padding == "causal":
                margins.append((reach - 1, 0))
            elif padding == "same":
                margins.append(same(x.shape[2 + i], reach, strides[i]))
            elif axes == 1:
                margins.append(tuple(each(padding, 2)))
            else:
                margins.append(tuple(each(each(padding, 2)[i], 2)))
        x = F.pad(x, [m for pair in reversed(margins) for m in pair])
        weight = kernel.movedim((-1, -2), (0, 1))  # [filters, channels / groups, ...]
        f = F.conv1d if axes == 1 else F.conv2d
        y = f(x, weight, bias, strides, 0, dilation, options.get("groups", 1))
        return y if first else y.movedim(1, -1)
    return call


def transpose(axes, options):
    def call(x, kernel, bias=None):
        first = options.get("dataFormat") == "channels_first"
        x = x if first else channels_first(x)
        strides, dilation = each(options.get("strides", 1), axes), each(options.get("dilationRate", 1), axes)
        added = options.get("outputPadding")
        weight = kernel.movedim((-1, -2), (0, 1))  # [channels, filters, ...]
        f = F.conv_transpose1d if axes == 1 else F.conv_transpose2d
        y = f(x, weight, bias=None, stride=strides, dilation=dilation)
        for i in range(axes):
            reach = (kernel.shape[i] - 1) * dilation[i] + 1
            op = None if added is None else each(added, axes)[i]
            if not isinstance(options.get("padding", "valid"), str):
                before, after = each(options["padding"], 2) if axes == 1 else each(each(options["padding"], 2)[i], 2)
                y = F.pad(y, [0, 0] * (axes - 1 - i) + [-before, (op or 0) - after])
                continue
            if options.get("padding", "valid") == "valid":
                op = max(reach, strides[i]) - reach if op is None else op
                left, right = reach - 1, reach - 1 + op
            else:
                total = strides[i] + reach - 2 if op is None else reach + reach % 2 - 2 + op
                left = min(total // 2 + total % 2, reach - 1)
                right = total - left
            # F.pad takes the last axis first, and cuts where numbers are negative.
            y = F.pad(y, [0, 0] * (axes - 1 - i) + [left - reach + 1, right - reach + 1])
        y = y if bias is None else y + bias.reshape(-1, *[1] * axes)
        return y if first else y.movedim(1, -1)
    return call


cases = []


def case(kind, options, call, x, shapes, train=False):
    weights = [draw(*shape, scale=0.5) for shape in shapes]
    inputs = [torch.tensor(v, requires_grad=True) for v in [draw(*x), *weights]]
    y = call(*inputs)
    dy = torch.tensor(draw(*y.shape))
    dx, *dweights = torch.autograd.grad((y * dy).sum(), inputs)
    made = {"type": kind, "options": options, "x": inputs[0].tolist(), "weights": [w.tolist() for w in weights], "dy": dy.tolist(),
            "y": y.tolist(), "dx": dx.tolist(), "dweights": [d.tolist() for d in dweights]}
    if train:
        target = torch.tensor(draw(*y.shape))
        params = [w.detach().clone().requires_grad_() for w in inputs[1:]]
        losses = []
        for _ in range(3):
            loss = ((call(inputs[0].detach(), *params) - target) ** 2).mean()
            losses.append(loss.item())
            grads = torch.autograd.grad(loss, params)
            params = [(p - RATE * g).detach().requires_grad_() for p, g in zip(params, grads)]
        made["training"] = {"target": target.tolist(), "learningRate": RATE, "losses": losses, "weights": [p.tolist() for p in params]}
    cases.append(made)


def conv_case(axes, options, x, train=False):
    first = options.get("dataFormat") == "channels_first"
    channels, kernel = x[1 if first else -1], each(options["kernelSize"], axes)
    shapes = [[*kernel, channels // options.get("groups", 1), options["filters"]]]
    case(f"conv{axes}d", options, conv(axes, options), x, shapes + ([[options["filters"]]] if options.get("useBias", True) else []), train)


def transpose_case(axes, options, x, train=False):
    first = options.get("dataFormat") == "channels_first"
    channels, kernel = x[1 if first else -1], each(options["kernelSize"], axes)
    shapes = [[*kernel, options["filters"], channels]]
    case(f"conv{axes}d_transpose", options, transpose(axes, options), x,
         shapes + ([[options["filters"]]] if options.get("useBias", True) else []), train)


conv_case(2, {"filters": 4, "kernelSize": 3}, (2, 5, 7, 1), train=True)
conv_case(2, {"filters": 3, "kernelSize": [2, 3], "padding": "same"}, (1, 5, 4, 3))
conv_case(2, {"filters": 5, "kernelSize": [3, 2], "strides": [2, 3], "padding": "same"}, (3, 7, 8, 2), train=True)
conv_case(2, {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same"}, (2, 6, 6, 3))
conv_case(2, {"filters": 4, "kernelSize": [4, 1], "strides": [3, 2], "useBias": False}, (2, 9, 5, 2))
conv_case(2, {"filters": 3, "kernelSize": 3, "dilationRate": [2, 1], "padding": "same"}, (2, 7, 5, 2))
conv_case(2, {"filters": 2, "kernelSize": [2, 3], "dilationRate": 2}, (1, 6, 7, 3))
conv_case(2, {"filters": 6, "kernelSize": 3, "groups": 3, "padding": "same"}, (2, 4, 5, 6), train=True)
conv_case(2, {"filters": 4, "kernelSize": 2, "groups": 2, "strides": 2}, (3, 5, 5, 2))
conv_case(2, {"filters": 9, "kernelSize": 1}, (2, 3, 4, 5), train=True)
conv_case(2, {"filters": 3, "kernelSize": 1, "strides": 2}, (2, 5, 4, 3))
conv_case(2, {"filters": 2, "kernelSize": 3, "padding": [[2, 0], [1, 3]]}, (2, 4, 4, 2))
conv_case(2, {"filters": 2, "kernelSize": 3, "padding": [1, 0], "strides": [1, 2]}, (1, 5, 6, 1))
conv_case(2, {"filters": 3, "kernelSize": [3, 2], "strides": [1, 2], "padding": "same", "dataFormat": "channels_first"}, (2, 2, 5, 7))
conv_case(2, {"filters": 17, "kernelSize": 3, "padding": 2}, (1, 3, 3, 13))

conv_case(1, {"filters": 4, "kernelSize": 3}, (2, 7, 1), train=True)
conv_case(1, {"filters": 3, "kernelSize": 4, "padding": "same"}, (1, 6, 3))
conv_case(1, {"filters": 2, "kernelSize": 3, "padding": "causal", "dilationRate": 2}, (3, 8, 2), train=True)
conv_case(1, {"filters": 5, "kernelSize": 2, "padding": "causal", "strides": 3}, (2, 7, 3))
conv_case(1, {"filters": 4, "kernelSize": 5, "strides": 2, "padding": "same", "groups": 2, "useBias": False}, (2, 9, 4))
conv_case(1, {"filters": 3, "kernelSize": 3, "padding": [0, 2]}, (2, 5, 2))
conv_case(1, {"filters": 2, "kernelSize": 3, "padding": "same", "dataFormat": "channels_first"}, (2, 3, 6))
conv_case(1, {"filters": 7, "kernelSize": 1}, (3, 4, 5))

transpose_case(2, {"filters": 3, "kernelSize": 3}, (2, 4, 5, 2), train=True)
transpose_case(2, {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same"}, (2, 3, 4, 3), train=True)
transpose_case(2, {"filters": 4, "kernelSize": [2, 4], "strides": 2, "padding": "same"}, (1, 3, 3, 1))
transpose_case(2, {"filters": 2, "kernelSize": [2, 3], "strides": [3, 2]}, (3, 2, 3, 2))
transpose_case(2, {"filters": 3, "kernelSize": 1, "strides": [2, 3]}, (2, 3, 2, 2))
transpose_case(2, {"filters": 2, "kernelSize": [3, 2], "strides": 2, "outputPadding": [1, 0]}, (2, 3, 3, 2))
transpose_case(2, {"filters": 2, "kernelSize": [5, 4], "strides": [2, 3], "padding": "same", "outputPadding": [1, 2]}, (2, 2, 3, 3))
transpose_case(2, {"filters": 3, "kernelSize": 3, "dilationRate": [2, 1], "padding": "same", "useBias": False}, (2, 4, 3, 2))
transpose_case(2, {"filters": 2, "kernelSize": 3, "strides": 2, "dataFormat": "channels_first"}, (2, 3, 3, 2))

transpose_case(1, {"filters": 3, "kernelSize": 4, "strides": 2}, (2, 5, 2), train=True)
transpose_case(1, {"filters": 2, "kernelSize": 3, "strides": 2, "padding": "same"}, (1, 4, 3))
transpose_case(1, {"filters": 2, "kernelSize": 4, "strides": 3, "padding": "same", "outputPadding": 1}, (2, 3, 2))
transpose_case(1, {"filters": 4, "kernelSize": 2, "strides": 3, "useBias": False}, (3, 3, 1))
transpose_case(1, {"filters": 3, "kernelSize": 3, "dilationRate": 2}, (2, 4, 2))
transpose_case(1, {"filters": 2, "kernelSize": 5, "padding": "same", "dataFormat": "channels_first"}, (2, 3, 4))


def depthwise(axes, options):
    def call(x, kernel, bias=None):
        *window, channels, times = kernel.shape
        return conv(axes, {**options, "groups": channels})(x, kernel.reshape(*window, 1, channels * times), bias)
    return call


def separable(axes, options):
    def call(x, depthwise_kernel, pointwise_kernel, bias=None):
        mixed = depthwise(axes, options)(x, depthwise_kernel)
        return conv(axes, {"dataFormat": options.get("dataFormat")})(mixed, pointwise_kernel, bias)
    return call


def depthwise_case(axes, options, x, train=False):
    channels, times = x[1 if options.get("dataFormat") == "channels_first" else -1], options.get("depthMultiplier", 1)
    kernel, mixed = [*each(options["kernelSize"], axes), channels, times], channels * times
    bias = options.get("useBias", True)
    case(f"depthwise_conv{axes}d", options, depthwise(axes, options), x, [kernel] + ([[mixed]] if bias else []), train)
    for filters in [3, 4] if train else [5]:
        both = {**options, "filters": filters}
        shapes = [kernel, [*[1] * axes, mixed, filters]] + ([[filters]] if bias else [])
        case(f"separable_conv{axes}d", both, separable(axes, both), x, shapes, train)


depthwise_case(1, {"kernelSize": 3}, (3, 7, 4), train=True)
depthwise_case(1, {"kernelSize": 1}, (1, 5, 1))
depthwise_case(1, {"kernelSize": 2, "padding": "same", "depthMultiplier": 3}, (2, 6, 3))
depthwise_case(1, {"kernelSize": 4, "strides": 3, "padding": "same"}, (1, 9, 2), train=True)
depthwise_case(1, {"kernelSize": 3, "dilationRate": 2, "padding": [1, 3], "useBias": False}, (4, 5, 6))
depthwise_case(1, {"kernelSize": 3, "padding": "same", "dataFormat": "channels_first", "depthMultiplier": 2}, (2, 3, 8))

depthwise_case(2, {"kernelSize": 3}, (2, 5, 6, 3), train=True)
depthwise_case(2, {"kernelSize": 3, "padding": "same"}, (1, 4, 7, 17))
depthwise_case(2, {"kernelSize": [2, 4], "padding": "same", "depthMultiplier": 2}, (3, 5, 4, 1))
depthwise_case(2, {"kernelSize": 3, "strides": 2, "padding": "same"}, (2, 6, 7, 4), train=True)
depthwise_case(2, {"kernelSize": [3, 2], "strides": [1, 3], "padding": [[1, 0], [2, 1]]}, (1, 3, 5, 3))
depthwise_case(2, {"kernelSize": 3, "dilationRate": [2, 1], "padding": 2, "useBias": False}, (2, 5, 3, 2))
depthwise_case(2, {"kernelSize": [1, 3], "padding": "same", "dataFormat": "channels_first", "depthMultiplier": 3}, (2, 2, 3, 5))

transpose_case(1, {"filters": 3, "kernelSize": 4, "strides": 3, "padding": [1, 2]}, (2, 4, 2), train=True)
transpose_case(1, {"filters": 1, "kernelSize": 3, "padding": 2}, (1, 5, 1))
transpose_case(1, {"filters": 2, "kernelSize": 3, "strides": 2, "padding": 1, "outputPadding": 1}, (3, 3, 3))
transpose_case(2, {"filters": 2, "kernelSize": 3, "strides": 2, "padding": 1, "outputPadding": 1}, (2, 3, 4, 3), train=True)
transpose_case(2, {"filters": 3, "kernelSize": [2, 4], "padding": [[0, 1], [3, 2]], "useBias": False}, (1, 4, 5, 1))
transpose_case(2, {"filters": 1, "kernelSize": 3, "dilationRate": 2, "padding": [2, 3], "dataFormat": "channels_first"}, (2, 2, 3, 5))
transpose_case(2, {"filters": 2, "kernelSize": 2, "strides": [3, 2], "padding": [1, [0, 1]]}, (1, 3, 3, 2))

pathlib.Path(__file__).with_name("convolution.json").write_text(json.dumps({"torch": torch.__version__, "cases": cases}) + "\n")
