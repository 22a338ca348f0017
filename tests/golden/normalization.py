"""Layers that normalise, in float64, by PyTorch's autograd. Writes normalization.json beside this file.

Each case: the layer's type and options (ours), the shape of a sample, x, dy and the layer's weights in their order; then y, and the
gradients dx and dweights of sum(y * dy). For training, a target, the loss mean((y - target)^2), and losses and weights of three steps of
SGD on the same batch.

Layer and group normalisation are torch.nn.functional's; the others are formulas: rms = x / sqrt(mean(x^2) + epsilon) * scale (Zhang and
Sennrich 2019), unit = x / sqrt(max(sum(x^2), 1e-12)).
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(23)
RATE = 0.3


def draw(*shape, scale=1.0, offset=0.0):
    """Numbers that float32 holds exactly."""
    return (rng.normal(size=shape) * scale + offset).astype(np.float32).astype(np.float64)


def layer_norm(axes, epsilon, center, scale):
    def call(x, *weights):
        weights = list(weights)
        gamma = weights.pop(0) if scale else None
        beta = weights.pop(0) if center else None
        return F.layer_norm(x, x.shape[-axes:], gamma, beta, epsilon)
    return call


def group_norm(groups, epsilon, center, scale):
    def call(x, *weights):
        weights = list(weights)
        gamma = weights.pop(0) if scale else None
        beta = weights.pop(0) if center else None
        channels_first = x.movedim(-1, 1)
        gamma = torch.ones(x.shape[-1]) if gamma is None else gamma  # torch 1.13 has no gradient without
        count = x.shape[-1] if groups == -1 else groups
        return F.group_norm(channels_first, count, gamma, beta, epsilon).movedim(1, -1)
    return call


def rms_norm(axes, epsilon):
    dims = tuple(range(-axes, 0))
    return lambda x, scale: x / torch.sqrt((x ** 2).mean(dims, keepdim=True) + epsilon) * scale


def unit_norm(axes):
    dims = tuple(range(-axes, 0))
    return lambda x: x / torch.sqrt(torch.clamp((x ** 2).sum(dims, keepdim=True), min=1e-12))


def case(kind, options, call, x, shapes):
    weights = [draw(*shape, scale=0.5, offset=1.0 if i == 0 else 0.0) for i, shape in enumerate(shapes)]
    dy, target = draw(*x.shape), draw(*x.shape)
    tx = torch.tensor(x, requires_grad=True)
    tw = [torch.tensor(w, requires_grad=True) for w in weights]
    y = call(tx, *tw)
    (y * torch.tensor(dy)).sum().backward()
    result = {
        "type": kind, "options": options, "x": x.tolist(), "weights": [w.tolist() for w in weights], "dy": dy.tolist(),
        "y": y.tolist(), "dx": tx.grad.tolist(), "dweights": [w.grad.tolist() for w in tw],
    }
    if tw:
        optimizer = torch.optim.SGD(tw, RATE)
        losses = []
        for _ in range(3):
            optimizer.zero_grad()
            loss = ((call(tx.detach(), *tw) - torch.tensor(target)) ** 2).mean()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        result["training"] = {
            "target": target.tolist(), "learningRate": RATE, "losses": losses, "weights": [w.tolist() for w in tw],
        }
    return result


small = draw(3, 5)
small[1] *= 1e-7  # a row below the bound of unit normalisation: its norm is about 2e-7
cases = [
    case("layer_normalization", {}, layer_norm(1, 1e-3, True, True), draw(5, 7, scale=2, offset=1), [[7], [7]]),
    case("layer_normalization", {"axis": [1, 2]}, layer_norm(2, 1e-3, True, True), draw(3, 5, 3), [[5, 3], [5, 3]]),
    case("layer_normalization", {"axis": 2, "epsilon": 0.2, "center": False}, layer_norm(1, 0.2, False, True), draw(1, 3, 9), [[9]]),
    case("layer_normalization", {"scale": False}, layer_norm(1, 1e-3, True, False), draw(2, 3, 2, 17), [[17]]),
    case("layer_normalization", {"center": False, "scale": False}, layer_norm(1, 1e-3, False, False), draw(4, 1, 6), []),
    case("layer_normalization", {}, layer_norm(1, 1e-3, True, True), draw(1, 131, offset=3), [[131], [131]]),
    case("group_normalization", {"groups": 3}, group_norm(3, 1e-3, True, True), draw(3, 4, 5, 6, offset=1), [[6], [6]]),
    case("group_normalization", {"groups": -1}, group_norm(-1, 1e-3, True, True), draw(2, 7, 5), [[5], [5]]),
    case("group_normalization", {"groups": 1, "epsilon": 0.1}, group_norm(1, 0.1, True, True), draw(1, 9, 3), [[3], [3]]),
    case("group_normalization", {}, group_norm(32, 1e-3, True, True), draw(5, 3, 64), [[64], [64]]),
    case("group_normalization", {"groups": 5, "scale": False}, group_norm(5, 1e-3, True, False), draw(7, 15), [[15]]),
    case("group_normalization", {"groups": 2, "center": False, "axis": 2}, group_norm(2, 1e-3, False, True), draw(1, 3, 14), [[14]]),
    case("rms_normalization", {}, rms_norm(1, 1e-6), draw(5, 7), [[7]]),
    case("rms_normalization", {"axis": [-2, -1]}, rms_norm(2, 1e-6), draw(1, 3, 5), [[3, 5]]),
    case("rms_normalization", {"epsilon": 0.5}, rms_norm(1, 0.5), draw(3, 2, 9, offset=-1), [[9]]),
    case("unit_normalization", {}, unit_norm(1), small, []),
    case("unit_normalization", {"axis": [1, 2]}, unit_norm(2), draw(3, 5, 3), []),
    case("unit_normalization", {"axis": 1}, unit_norm(1), draw(1, 11), []),
]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}) + "\n")
