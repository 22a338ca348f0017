"""Layers around layers by PyTorch's autograd in float64: python3 tests/golden/wrappers.py writes wrappers.json beside this file.

time_distributed: the layer inside is applied to each step by itself, in a loop. Each case: type, options with the saved form of the layer inside,
x, the weights in the order of getWeights, dy, and y, dx and the gradients of the weights of sum(dy * y). Three steps of SGD on the mean squared
error: the losses and the weights behind them.
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(77)
ACTIVATIONS = {"linear": lambda v: v, "tanh": torch.tanh, "sigmoid": torch.sigmoid}


def draw(*shape):
    """Numbers that float32 holds exactly."""
    return rng.normal(size=shape).astype(np.float32).astype(np.float64)


def listed(t):
    return np.asarray(t.detach() if isinstance(t, torch.Tensor) else t).tolist()


def dense(config):
    def build(shape):
        return [draw(shape[-1], config["units"]) * 0.5, draw(config["units"]) * 0.1]

    def run(x, w):
        return ACTIVATIONS[config.get("activation", "linear")](x @ w[0] + w[1])

    return build, run


def conv1d(config):
    def build(shape):
        return [draw(config["kernelSize"], shape[-1], config["filters"]) * 0.5, draw(config["filters"]) * 0.1]

    def run(x, w):
        return F.conv1d(x.transpose(1, 2), w[0].permute(2, 1, 0), w[1], stride=config.get("strides", 1)).transpose(1, 2)

    return build, run


def inner(saved):
    if saved["type"] == "time_distributed":
        build, run = inner(saved["config"]["layer"])
        return lambda shape: build(shape[1:]), lambda x, w: torch.stack([run(x[:, t], w) for t in range(x.shape[1])], 1)
    return {"dense": dense, "conv1d": conv1d}[saved["type"]](saved["config"])


def case(options, shape):
    build, run = inner({"type": "time_distributed", "config": options})
    start = [np.float32(v).astype(np.float64) for v in build(shape[1:])]
    x = torch.tensor(draw(*shape), requires_grad=True)
    weights = [torch.tensor(v, requires_grad=True) for v in start]
    y = run(x, weights)
    dy = torch.tensor(draw(*y.shape))
    gradients = torch.autograd.grad((y * dy).sum(), [x, *weights])
    target = torch.tensor(draw(*y.shape))
    trained = [torch.tensor(v, requires_grad=True) for v in start]
    step = torch.optim.SGD(trained, 0.1)
    losses = []
    for _ in range(3):
        loss = ((run(x.detach(), trained) - target) ** 2).mean()
        step.zero_grad()
        loss.backward()
        losses.append(listed(loss))
        step.step()
    return {
        "type": "time_distributed",
        "options": options,
        "x": listed(x),
        "weights": [listed(v) for v in start],
        "dy": listed(dy),
        "y": listed(y),
        "dx": listed(gradients[0]),
        "dweights": [listed(v) for v in gradients[1:]],
        "training": {"target": listed(target), "learningRate": 0.1, "losses": losses, "weights": [listed(v) for v in trained]},
    }


def layer(type, **config):
    return {"layer": {"type": type, "config": {"name": "inner", **config}}}


cases = [
    case(layer("dense", units=1), (1, 1, 1)),
    case(layer("dense", units=3, activation="tanh"), (1, 5, 2)),
    case(layer("dense", units=2, activation="sigmoid"), (4, 3, 7)),
    case(layer("dense", units=5), (3, 2, 3, 2)),
    case(layer("conv1d", filters=3, kernelSize=2), (2, 3, 5, 2)),
    case(layer("conv1d", filters=2, kernelSize=3, strides=2), (3, 5, 7, 1)),
    case(layer("time_distributed", **layer("conv1d", filters=2, kernelSize=2)), (2, 3, 2, 4, 3)),
]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"cases": cases}) + "\n")
