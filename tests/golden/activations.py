"""Writes activations.json: values and derivatives of every activation, from PyTorch in float64.

Run: /usr/bin/python3 tests/golden/activations.py  (PyTorch 1.13, mpmath 1.2)
Points are float32 values, so that kernels can be held against the same numbers. What PyTorch lacks (relu with a threshold
and a largest value; the plain formula of Keras's documentation) is written in PyTorch operations. hard_sigmoid and hard_silu
are written by relu6, since PyTorch's own derivatives of them hold 1/6 as a float32.

Where PyTorch's float64 kernels cancel (elu at −1e-8, tanhshrink, gelu for large −x), twelve digits cannot be had from it: for
smooth functions the numbers come from mpmath with 80 digits, and PyTorch must agree to 1e-7 of max(1, |value|).
"""

import json
import math
import pathlib

import mpmath as mp
import numpy as np
import torch
import torch.nn.functional as F

rng = np.random.default_rng(5)
grid = [0.0, 1e-30, 1e-8, 1e-3, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 10.0, 19.9, 20.5, 40.5, 88.0, 104.0, 1e4, 1e30, 3e38]
points = sorted({s * v for v in grid for s in (1.0, -1.0)} | set(np.arange(-12.07, 12.1, 0.61)))
points = [-0.0] + points + list(rng.normal(0, 3, 40))
x = np.array(points, np.float32).astype(np.float64)


def relu_options(z, max_value=None, negative_slope=0.0, threshold=0.0):
    y = torch.where(z > threshold, z, negative_slope * (z - threshold))
    return y if max_value is None else torch.where(z >= max_value, torch.full_like(z, max_value), y)


cases = [
    ("linear", {}, lambda z: z * 1),
    ("sigmoid", {}, torch.sigmoid),
    ("tanh", {}, torch.tanh),
    ("relu", {}, F.relu),
    ("relu", {"maxValue": 6}, F.relu6),
    ("relu", {"negativeSlope": 0.1}, lambda z: F.leaky_relu(z, 0.1)),
    ("relu", {"threshold": 1}, lambda z: F.threshold(z, 1.0, 0.0)),
    ("relu", {"maxValue": 4, "negativeSlope": 0.25, "threshold": 0.5}, lambda z: relu_options(z, 4.0, 0.25, 0.5)),
    ("relu6", {}, F.relu6),
    ("leaky_relu", {}, lambda z: F.leaky_relu(z, 0.2)),
    ("leaky_relu", {"negativeSlope": 0.01}, lambda z: F.leaky_relu(z, 0.01)),
    ("elu", {}, F.elu),
    ("elu", {"alpha": 0.7}, lambda z: F.elu(z, 0.7)),
    ("selu", {}, F.selu),
    ("celu", {}, F.celu),
    ("celu", {"alpha": 1.75}, lambda z: F.celu(z, 1.75)),
    ("gelu", {}, F.gelu),
    ("gelu", {"approximate": True}, lambda z: F.gelu(z, approximate="tanh")),
    ("silu", {}, F.silu),
    ("softplus", {}, lambda z: torch.logaddexp(z, torch.zeros_like(z))),
    ("softsign", {}, F.softsign),
    ("hard_sigmoid", {}, lambda z: F.relu6(z + 3) / 6),
    ("hard_silu", {}, lambda z: z * F.relu6(z + 3) / 6),
    ("hard_tanh", {}, F.hardtanh),
    ("log_sigmoid", {}, F.logsigmoid),
    ("mish", {}, F.mish),
    ("exponential", {}, torch.exp),
    ("tanh_shrink", {}, F.tanhshrink),
    ("threshold", {"threshold": 0.5, "defaultValue": -2}, lambda z: F.threshold(z, 0.5, -2.0)),
    ("hard_shrink", {}, F.hardshrink),
    ("hard_shrink", {"threshold": 1.5}, lambda z: F.hardshrink(z, 1.5)),
    ("soft_shrink", {}, F.softshrink),
    ("soft_shrink", {"threshold": 1.5}, lambda z: F.softshrink(z, 1.5)),
]


mp.mp.dps = 80
SELU = (mp.mpf("1.0507009873554804934193349852946"), mp.mpf("1.6732632423543772848170429916717"))


def negative_part(scale, rate):
    """The function below 0 of the elu family, which is `above`·x from 0 on, and both derivatives."""
    return lambda v: (scale * mp.expm1(v * rate), scale * rate * mp.exp(v * rate))


def elu_like(above, scale, rate=1):
    below = negative_part(scale, rate)
    return lambda v: (above * v, above) if v > 0 else below(v)


def both(f, df):
    return lambda v: (f(v), df(v))


def logistic(v):
    return 1 / (1 + mp.exp(-v))


def mish_tanh(v):
    return mp.tanh(mp.log1p(mp.exp(v)))


def gelu_rate(v):
    return mp.sqrt(2 / mp.pi) * (v + mp.mpf("0.044715") * v**3)


def gelu_rate_slope(v):
    return mp.sqrt(2 / mp.pi) * (1 + 3 * mp.mpf("0.044715") * v**2)


precise = {
    "sigmoid": both(logistic, lambda v: logistic(v) * logistic(-v)),
    "tanh": both(mp.tanh, lambda v: mp.sech(v) ** 2),
    "elu": lambda alpha=1: elu_like(1, mp.mpf(alpha)),
    "selu": elu_like(SELU[0], SELU[0] * SELU[1]),
    "celu": lambda alpha=1: elu_like(1, mp.mpf(alpha), 1 / mp.mpf(alpha)),
    "gelu": both(
        lambda v: v * mp.erfc(-v / mp.sqrt(2)) / 2,
        lambda v: mp.erfc(-v / mp.sqrt(2)) / 2 + v * mp.exp(-v * v / 2) / mp.sqrt(2 * mp.pi),
    ),
    "gelu_tanh": both(
        lambda v: v * logistic(2 * gelu_rate(v)),
        lambda v: logistic(2 * gelu_rate(v))
        + 2 * v * logistic(2 * gelu_rate(v)) * logistic(-2 * gelu_rate(v)) * gelu_rate_slope(v),
    ),
    "silu": both(lambda v: v * logistic(v), lambda v: logistic(v) + v * logistic(v) * logistic(-v)),
    "softplus": both(lambda v: v if v > 300 else mp.log1p(mp.exp(v)), logistic),
    "log_sigmoid": both(lambda v: v if v < -300 else -mp.log1p(mp.exp(-v)), lambda v: logistic(-v)),
    "mish": both(
        lambda v: v if v > 300 else v * mish_tanh(v),
        lambda v: mp.mpf(1) if v > 300 else mish_tanh(v) + v * (1 - mish_tanh(v) ** 2) * logistic(v),
    ),
    "softsign": both(lambda v: v / (1 + abs(v)), lambda v: 1 / (1 + abs(v)) ** 2),
    "tanh_shrink": both(lambda v: v - mp.tanh(v), lambda v: mp.tanh(v) ** 2),
    "exponential": both(mp.exp, mp.exp),
}


def refine(name, options, y, dx):
    """The same from mpmath, which PyTorch must be near."""
    if name == "gelu" and options:
        f = precise["gelu_tanh"]
    elif name in ("elu", "celu"):
        f = precise[name](**options)
    elif name in precise:
        f = precise[name]
    else:
        return y, dx
    # Beyond ±1e4 all of these are 0, 1 or x to the last bit, and mpmath would take e^1e30 literally.
    exact = [f(mp.mpf(float(v))) if abs(v) < 1e4 else None for v in x]
    refined = [[a if e is None else float(e[k]) for a, e in zip(torched.tolist(), exact)] for k, torched in enumerate((y, dx))]
    for ours, torched in zip(refined, (y, dx)):
        for a, b in zip(ours, torched.tolist()):
            assert a == b or abs(a - b) <= 1e-7 * max(1, abs(b)), (name, options, a, b)
    return torch.tensor(refined[0], dtype=torch.float64), torch.tensor(refined[1], dtype=torch.float64)


def numbers(values):
    """Infinity as a string, and NaN, where PyTorch itself overflows, as null."""
    return [None if math.isnan(v) else "Infinity" if v == math.inf else v for v in values.tolist()]


out = []
for name, options, f in cases:
    z = torch.tensor(x, requires_grad=True)
    y = f(z)
    (dx,) = torch.autograd.grad(y.sum(), z)
    y, dx = refine(name, options, y.detach(), dx)
    out.append({"id": name, "options": options, "y": numbers(y), "dx": numbers(dx)})

rows = []
for name, f in [("softmax", lambda z: F.softmax(z, -1)), ("log_softmax", lambda z: F.log_softmax(z, -1))]:
    for scale in (1.0, 40.0):
        data = (rng.normal(size=(6, 5)) * scale).astype(np.float32).astype(np.float64)
        dy = rng.normal(size=(6, 5)).astype(np.float32).astype(np.float64)
        z = torch.tensor(data, requires_grad=True)
        y = f(z)
        (dx,) = torch.autograd.grad((y * torch.tensor(dy)).sum(), z)
        flat = lambda a: np.asarray(a).ravel().tolist()
        rows.append({"id": name, "shape": [6, 5], "x": flat(data), "dy": flat(dy), "y": flat(y.detach()), "dx": flat(dx)})

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"x": x.tolist(), "elementwise": out, "rows": rows}) + "\n")
