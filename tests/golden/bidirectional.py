"""Bidirectional recurrent layers in float64, by PyTorch's autograd: python3 tests/golden/bidirectional.py writes bidirectional.json beside it.

Each case: the options with the saved form of the layer inside, x [batch, steps, features], a mask [batch, steps] or null, the first states of both
directions or null, the weights of both in the order of getWeights, and dy for every result; then the results, and the gradients of sum(dy * y)
over all results by x, the states and the weights. Where nothing is masked and outputs stand side by side, torch.nn.LSTM(bidirectional=True)
must give the same.
"""
import json
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(83)


def draw(*shape, scale=1.0):
    """Numbers that float32 holds exactly."""
    return (rng.normal(size=shape) * scale).astype(np.float32).astype(np.float64)


def parameter(*shape, scale=1.0):
    return torch.tensor(draw(*shape, scale=scale), requires_grad=True)


def numbers(t):
    return {"shape": list(t.shape), "data": t.detach().reshape(-1).tolist()}


def lstm(x, mask, states, weights, sequences, backwards):
    """Outputs, in the order of processing, and the last states. A masked step repeats the last output, or is 0 where all are given."""
    kernel, recurrent, bias = weights
    h, c = states
    outputs, output = [], torch.zeros_like(h)
    for t in (range(x.shape[1] - 1, -1, -1) if backwards else range(x.shape[1])):
        i, f, n, o = (x[:, t] @ kernel + h @ recurrent + bias).chunk(4, -1)
        cell = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(n)
        new = torch.sigmoid(o) * torch.tanh(cell)
        m = None if mask is None else mask[:, t, None]
        out = new if m is None else torch.where(m > 0, new, torch.zeros_like(new) if sequences else output)
        h, c = (new, cell) if m is None else (torch.where(m > 0, new, h), torch.where(m > 0, cell, c))
        output = out
        outputs.append(out)
    return (torch.stack(outputs, 1) if sequences else outputs[-1]), h, c


def check(x, weights, y, units):
    """Against torch.nn.LSTM, whose gates are i f c o as well."""
    layer = torch.nn.LSTM(x.shape[2], units, batch_first=True, bidirectional=True)
    own = [v.detach() for v in weights]
    for suffix, (kernel, recurrent, bias) in (("", own[:3]), ("_reverse", own[3:])):
        getattr(layer, f"weight_ih_l0{suffix}").data = kernel.T.contiguous()
        getattr(layer, f"weight_hh_l0{suffix}").data = recurrent.T.contiguous()
        getattr(layer, f"bias_ih_l0{suffix}").data = bias
        getattr(layer, f"bias_hh_l0{suffix}").data = torch.zeros_like(bias)
    with torch.no_grad():
        assert torch.allclose(layer(x)[0], y, atol=1e-12)


def case(units, shape, merge="concat", masked=False, with_states=False, **flags):
    batch, steps, features = shape
    sequences, states = flags.get("returnSequences", False), flags.get("returnState", False)
    backwards = flags.get("goBackwards", False)
    x = parameter(*shape)
    mask = torch.tensor((rng.random((batch, steps)) < 0.6).astype(np.float64)) if masked else None
    weights = [p for _ in range(2) for p in (
        parameter(features, 4 * units, scale=0.5), parameter(units, 4 * units, scale=0.5), parameter(4 * units, scale=0.3))]
    first = [parameter(batch, units) for _ in range(4)] if with_states else None
    zero = [torch.zeros(batch, units) for _ in range(4)]
    begin = zero if first is None else first
    y, *one = lstm(x, mask, begin[:2], weights[:3], sequences, backwards)
    z, *other = lstm(x, mask, begin[2:], weights[3:], sequences, not backwards)
    if sequences:
        z = z.flip(1)
    merged = {
        "concat": lambda: [torch.cat([y, z], -1)],
        "sum": lambda: [y + z],
        "mul": lambda: [y * z],
        "ave": lambda: [(y + z) / 2],
        None: lambda: [y, z],
    }[merge]()
    if merge == "concat" and sequences and not masked and not with_states and not backwards:
        check(x, weights, merged[0], units)
    results = merged + ([*one, *other] if states else [])
    dy = [torch.tensor(draw(*r.shape)) for r in results]
    targets = [x, *(first or []), *weights]
    loss = sum((r * d).sum() for r, d in zip(results, dy))
    return {
        "layer": "bidirectional",
        "options": {"layer": {"type": "lstm", "config": {"name": "lstm", "units": units, **flags}}, "mergeMode": merge},
        "x": numbers(x),
        "mask": None if mask is None else numbers(mask),
        "states": None if first is None else [numbers(v) for v in first],
        "weights": [numbers(v) for v in weights],
        "y": [numbers(r) for r in results],
        "dy": [numbers(d) for d in dy],
        "gradients": [numbers(g) for g in torch.autograd.grad(loss, targets)],
    }


cases = [
    case(1, (1, 1, 1)),
    case(3, (1, 5, 2), returnSequences=True),
    case(4, (3, 6, 3), returnSequences=True),
    case(2, (4, 3, 5), "sum", masked=True),
    case(3, (2, 7, 2), "concat", masked=True, returnSequences=True),
    case(2, (3, 4, 3), "mul", returnSequences=True, returnState=True),
    case(5, (2, 5, 4), "ave", masked=True, with_states=True, returnSequences=True, returnState=True),
    case(3, (5, 4, 2), None, with_states=True, returnState=True),
    case(2, (3, 5, 2), None, masked=True, returnSequences=True),
    case(2, (2, 4, 3), "concat", goBackwards=True, returnSequences=True),
]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"cases": cases}) + "\n")
