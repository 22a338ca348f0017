"""Layers that compute with given weights or none, in float64, by PyTorch's autograd. Writes layers.json beside this file.

Run: /usr/bin/python3 tests/golden/layers.py
Each case is of the form of normalization.json: the layer's type and options (ours), x, dy and the layer's weights in their order; then y,
and the gradients dx and dweights of sum(y * dy); where there are weights, a target, the loss mean((y - target)^2), and losses and weights
of three steps of SGD on the same batch. Odd sizes and batches of one are among the shapes.
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(41)
RATE = 0.2
SHAPES = [(3, 4), (1, 1), (5, 7), (2, 3, 5), (1, 9), (4, 2, 3, 2)]
cases = []


def draw(*shape, scale=1.0, offset=0.0):
    """Numbers that float32 holds exactly."""
    return (rng.normal(size=shape) * scale + offset).astype(np.float32).astype(np.float64)


def case(kind, options, call, x, shapes=(), fixed=()):
    """`fixed` are weights that do not learn: they come with the case, without gradients."""
    weights = [draw(*shape, scale=0.5) for shape in shapes]
    tx = torch.tensor(x, requires_grad=True)
    tw = [torch.tensor(w, requires_grad=True) for w in weights]
    y = call(tx, *tw)
    dy = draw(*y.shape)
    (y * torch.tensor(dy)).sum().backward()
    result = {
        "type": kind, "options": options, "x": x.tolist(), "weights": [w.tolist() for w in [*fixed, *weights]], "dy": dy.tolist(),
        "y": y.tolist(), "dx": tx.grad.tolist(), "dweights": [w.grad.tolist() for w in tw],
    }
    if tw:
        target = draw(*y.shape)
        optimizer = torch.optim.SGD(tw, RATE)
        losses = []
        for _ in range(3):
            optimizer.zero_grad()
            loss = F.mse_loss(call(torch.tensor(x), *tw), torch.tensor(target))
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        result["training"] = {
            "target": target.tolist(), "learningRate": RATE, "losses": losses, "weights": [w.tolist() for w in tw],
        }
    cases.append(result)


ACTIVATIONS = {"linear": lambda z: z, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "softplus": F.softplus}
for shape, units, activation, bias in [
    ((3, 4), 5, None, True), ((1, 1), 1, "tanh", True), ((5, 7), 3, "sigmoid", False), ((2, 3, 5), 4, "softplus", True),
    ((1, 9), 11, "tanh", False), ((4, 2, 3, 2), 7, None, True), ((13, 17), 9, "sigmoid", True),
]:
    options = {"units": units, **({} if activation is None else {"activation": activation}), **({} if bias else {"useBias": False})}
    f = ACTIVATIONS[activation or "linear"]
    case("dense", options, lambda x, kernel, *rest: f(x @ kernel + (rest[0] if rest else 0)), draw(*shape),
         [(shape[-1], units)] + ([(units,)] if bias else []))

for (kind, make), shape in [(row, shape) for row in [
    ("activation", [({"activation": "gelu"}, F.gelu), ({"activation": {"id": "elu", "config": {"alpha": 0.7}}}, lambda x: F.elu(x, 0.7))]),
    ("elu", [({}, F.elu), ({"alpha": 0.3}, lambda x: F.elu(x, 0.3))]),
    ("leaky_relu", [({}, lambda x: F.leaky_relu(x, 0.3)), ({"negativeSlope": 0.05}, lambda x: F.leaky_relu(x, 0.05))]),
    ("relu", [({}, F.relu), ({"maxValue": 0.75, "negativeSlope": 0.125, "threshold": 0.25}, lambda x: torch.where(
        x > 0.25, torch.clamp(x, max=0.75), 0.125 * (x - 0.25)))]),
    ("softmax", [({}, lambda x: F.softmax(x, -1)), ({}, lambda x: F.softmax(x, -1))]),
    ("rescaling", [({"scale": 0.5}, lambda x: x * 0.5), ({"scale": -1.5, "offset": 0.25}, lambda x: x * -1.5 + 0.25)]),
    ("flatten", [({}, lambda x: x.flatten(1)), ({}, lambda x: x.flatten(1))]),
    ("activity_regularization", [({"l1": 0.1}, lambda x: x * 1), ({"l2": 0.1}, lambda x: x * 1)]),
] for shape in SHAPES]:
    options, f = make[SHAPES.index(shape) % 2]
    case(kind, options, f, draw(*shape))

for shape in SHAPES:
    case("prelu", {}, lambda x, alpha: torch.where(x > 0, x, alpha * x), draw(*shape), [shape[1:]])
    mean, variance = draw(shape[-1]), np.abs(draw(shape[-1])) + 0.25
    center, scale = torch.tensor(mean), torch.tensor(variance).sqrt()
    case("normalization", {}, lambda x: (x - center) / scale, draw(*shape), fixed=[mean, variance])
    case("normalization", {"invert": True}, lambda x: x * scale + center, draw(*shape), fixed=[mean, variance])

for shape, target in [((3, 4), [2, 2]), ((1, 1), [1]), ((5, 8), [2, -1]), ((2, 3, 5), [15]), ((1, 9), [3, 1, -1]), ((4, 2, 3, 2), [-1, 4])]:
    case("reshape", {"targetShape": target}, lambda x: x.reshape(x.shape[0], *target), draw(*shape))

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}) + "\n")
