"""Recurrent layers in float64, by PyTorch's autograd. Writes recurrent.json beside this file.

Each case: the layer's type and options (ours, Keras 3's meaning), x [batch, steps, features], a mask [batch, steps] or null, the first states or
null, the weights in their order, and dy for every result; then the results, and the gradients of sum(dy * y) over all results by x, the states
and the weights.

The cells are written out in Keras's order of gates (lstm: i f c o; gru: z r h); where nothing is masked and the activations are the usual
ones, they are also held against torch.nn.LSTM, GRU and RNN with the gates put in PyTorch's order.
"""
import json
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(61)

ACTIVATIONS = {
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "linear": lambda v: v,
    "gelu": torch.nn.functional.gelu,
    "softsign": torch.nn.functional.softsign,
    "hard_sigmoid": lambda v: torch.clamp(v / 6 + 0.5, 0, 1),
    "silu": torch.nn.functional.silu,
}
GATES = {"lstm": 4, "gru": 3, "simple_rnn": 1}


def draw(*shape, scale=1.0):
    """Numbers that float32 holds exactly."""
    return (rng.normal(size=shape) * scale).astype(np.float32).astype(np.float64)


def parameter(*shape, scale=1.0):
    return torch.tensor(draw(*shape, scale=scale), requires_grad=True)


def lstm(x, states, kernel, recurrent, bias, a, g, options):
    h, c = states
    i, f, n, o = (x @ kernel + h @ recurrent + (0 if bias is None else bias)).chunk(4, -1)
    c = g(f) * c + g(i) * a(n)
    return [g(o) * a(c), c]


def gru(x, states, kernel, recurrent, bias, a, g, options):
    (h,) = states
    if options.get("resetAfter", True):
        own, other = (0, 0) if bias is None else (bias[0], bias[1])
        xz, xr, xn = (x @ kernel + own).chunk(3, -1)
        hz, hr, hn = (h @ recurrent + other).chunk(3, -1)
        z, r = g(xz + hz), g(xr + hr)
        n = a(xn + r * hn)
    else:
        xz, xr, xn = (x @ kernel + (0 if bias is None else bias)).chunk(3, -1)
        uz, ur, un = recurrent.chunk(3, -1)
        z, r = g(xz + h @ uz), g(xr + h @ ur)
        n = a(xn + (r * h) @ un)
    return [z * h + (1 - z) * n]


def simple_rnn(x, states, kernel, recurrent, bias, a, g, options):
    (h,) = states
    return [a(x @ kernel + h @ recurrent + (0 if bias is None else bias))]


CELLS = {"lstm": lstm, "gru": gru, "simple_rnn": simple_rnn}


def run(kind, options, x, mask, states, weights):
    bias = weights[2] if options.get("useBias", True) else None
    a = ACTIVATIONS[options.get("activation", "tanh")]
    g = ACTIVATIONS[options.get("recurrentActivation", "sigmoid")]
    batch, steps, _ = x.shape
    units = options["units"]
    states = [torch.zeros(batch, units) for _ in range(2 if kind == "lstm" else 1)] if states is None else list(states)
    outputs, output = [], torch.zeros(batch, units)
    order = range(steps - 1, -1, -1) if options.get("goBackwards") else range(steps)
    for t in order:
        new = CELLS[kind](x[:, t], states, weights[0], weights[1], bias, a, g, options)
        if mask is None:
            states, output = new, new[0]
        else:
            counts = mask[:, t : t + 1] > 0
            states = [torch.where(counts, n, s) for n, s in zip(new, states)]
            output = torch.where(counts, new[0], torch.zeros_like(output) if options.get("zeroOutputForMask") else output)
        outputs.append(output)
    y = torch.stack(outputs, 1) if options.get("returnSequences") else output
    return [y, *(states if options.get("returnState") else [])]


def check(kind, options, x, states, weights, y):
    """The same by PyTorch's own layers."""
    units = options["units"]
    make = {"lstm": torch.nn.LSTM, "gru": torch.nn.GRU, "simple_rnn": torch.nn.RNN}[kind]
    net = make(x.shape[2], units, batch_first=True)
    # lstm: i f c o is PyTorch's order; gru: z r h here, r z n there.
    order = {"lstm": [0, 1, 2, 3], "gru": [1, 0, 2], "simple_rnn": [0]}[kind]
    put = lambda w: torch.cat([w.chunk(len(order), -1)[k] for k in order], -1)
    with torch.no_grad():
        net.weight_ih_l0.copy_(put(weights[0]).T)
        net.weight_hh_l0.copy_(put(weights[1]).T)
        both = weights[2] if kind == "gru" else [weights[2], torch.zeros_like(weights[2])]
        net.bias_ih_l0.copy_(put(both[0]))
        net.bias_hh_l0.copy_(put(both[1]))
        first = None
        if states is not None:
            first = tuple(s[None] for s in states) if kind == "lstm" else states[0][None]
        found, _ = net(x.flip(1) if options.get("goBackwards") else x, first)
        if not options.get("returnSequences"):
            found = found[:, -1]
    assert torch.allclose(found, y, atol=1e-12), (kind, options)


def case(kind, batch, steps, features, options, masked=None, stated=False):
    units = options["units"]
    x = parameter(batch, steps, features)
    gates = GATES[kind]
    weights = [parameter(features, gates * units, scale=0.6), parameter(units, gates * units, scale=0.6)]
    if options.get("useBias", True):
        both = kind == "gru" and options.get("resetAfter", True)
        weights.append(parameter(*((2,) if both else ()), gates * units, scale=0.3))
    states = [parameter(batch, units) for _ in range(2 if kind == "lstm" else 1)] if stated else None
    mask = None
    if masked is not None:
        mask = np.ones((batch, steps))
        for row in range(batch):
            for t in masked:
                if row % 3 != 2 or len(masked) == steps:
                    mask[row, t - row % 2 if t > 0 else t] = 0
        mask = torch.tensor(mask)
    results = run(kind, options, x, mask, states, weights)
    usual = "activation" not in options and "recurrentActivation" not in options
    if mask is None and usual and options.get("useBias", True) and options.get("resetAfter", True):
        check(kind, options, x, states, weights, results[0])
    dys = [draw(*y.shape) for y in results]
    total = sum((torch.tensor(dy) * y).sum() for dy, y in zip(dys, results))
    wanted = [x, *(states or []), *weights]
    grads = torch.autograd.grad(total, wanted, allow_unused=True)
    grads = [torch.zeros_like(w) if g is None else g for w, g in zip(wanted, grads)]
    numbers = lambda t: {"shape": list(t.shape), "data": np.asarray(t.detach() if isinstance(t, torch.Tensor) else t).reshape(-1).tolist()}
    return {
        "layer": kind,
        "options": options,
        "x": numbers(x),
        "mask": None if mask is None else numbers(mask),
        "states": None if states is None else [numbers(s) for s in states],
        "weights": [numbers(w) for w in weights],
        "y": [numbers(y) for y in results],
        "dy": [numbers(dy) for dy in dys],
        "gradients": [numbers(g) for g in grads],
    }


def cases(kind, extra=({},)):
    for more in extra:
        gated = {} if kind == "simple_rnn" else {"recurrentActivation": "hard_sigmoid"}
        yield case(kind, 3, 5, 2, {"units": 4, **more})
        yield case(kind, 1, 1, 3, {"units": 5, "returnSequences": True, **more})
        yield case(kind, 5, 4, 1, {"units": 3, "returnSequences": True, "goBackwards": True, "useBias": False, **more})
        yield case(kind, 2, 6, 3, {"units": 7, "returnState": True, **more}, stated=True)
        yield case(kind, 4, 5, 2, {"units": 3, "returnSequences": True, "returnState": True, **more}, masked=[0, 1])
        yield case(kind, 6, 5, 2, {"units": 2, "returnSequences": True, "returnState": True, **more}, masked=[2], stated=True)
        yield case(kind, 3, 6, 2, {"units": 5, "returnState": True, **more}, masked=[3, 5], stated=True)
        yield case(kind, 4, 4, 3, {"units": 4, "goBackwards": True, "returnSequences": True, "zeroOutputForMask": True, **more}, masked=[1, 3])
        yield case(kind, 3, 4, 2, {"units": 3, "zeroOutputForMask": True, **more}, masked=[3], stated=True)
        yield case(kind, 3, 3, 2, {"units": 2, **more}, masked=[0, 1, 2], stated=True)
        yield case(kind, 4, 5, 3, {"units": 6, "activation": "gelu", "returnSequences": True, **gated, **more})
        yield case(kind, 2, 4, 3, {"units": 9, "activation": "linear", "goBackwards": True, "returnState": True, **more}, masked=[1])
        if kind != "simple_rnn":
            yield case(kind, 3, 4, 2, {"units": 5, "activation": "softsign", "recurrentActivation": "silu", **more}, stated=True)


everything = [*cases("lstm"), *cases("gru", ({}, {"resetAfter": False})), *cases("simple_rnn")]
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(everything) + "\n")
