"""Golden values of the layers that merge from PyTorch, in float64: python3 tests/golden/merging.py > tests/golden/merging.json

Each case: a layer, its options, the inputs, the output y, the weights dy, and the gradient of sum(dy * y) by every input.
"""

import functools
import json

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(31)


def numbers(t):
    return {"shape": list(t.shape), "data": t.detach().reshape(-1).tolist()}


def drawn(*shape):
    # Rounded to float32, so that float32 kernels read the same numbers.
    return torch.randn(*shape).to(torch.float32).to(torch.float64)


def case(layer, f, inputs, options=None):
    xs = [x.clone().requires_grad_() for x in inputs]
    y = f(*xs)
    dy = torch.randn(y.shape)
    return {
        "layer": layer,
        "options": options or {},
        "inputs": [numbers(t) for t in inputs],
        "y": numbers(y),
        "dy": numbers(dy),
        "dx": [numbers(t) for t in torch.autograd.grad((y * dy).sum(), xs)],
    }


def fold(f):
    return lambda *xs: functools.reduce(f, xs)


LAYERS = {
    "add": fold(torch.add),
    "subtract": torch.sub,
    "multiply": fold(torch.mul),
    "average": lambda *xs: torch.stack(xs).mean(0),
    "maximum": fold(torch.maximum),
    "minimum": fold(torch.minimum),
}

cases = []
for shape, inputs in [((1, 1), 2), ((1, 7), 3), ((5, 3), 2), ((4, 2, 3), 4), ((3, 5, 1, 2), 2), ((3, 7), 5)]:
    for layer, f in LAYERS.items():
        cases.append(case(layer, f, [drawn(*shape) for _ in range(2 if layer == "subtract" else inputs)]))
    # Where two are equal.
    x = drawn(*shape)
    cases.append(case("maximum", LAYERS["maximum"], [x, x.clone()]))
    cases.append(case("minimum", LAYERS["minimum"], [x, x.clone()]))

# Axes of length 1 are repeated, and what has fewer axes gets some behind the batch.
for shapes in [[(3, 4, 5), (3, 1, 5)], [(2, 3, 1), (2, 1, 4)], [(1, 2, 3, 2), (1, 2), (1, 1, 3, 1)], [(5, 3, 2), (5, 2)]]:
    rank = max(len(s) for s in shapes)

    def aligned(f):
        return lambda *xs: f(*[x.reshape(x.shape[0], *[1] * (rank - x.dim()), *x.shape[1:]) for x in xs])

    for layer, f in [("add", fold(torch.add)), ("multiply", fold(torch.mul)), ("maximum", fold(torch.maximum))]:
        cases.append(case(layer, aligned(f), [drawn(*shape) for shape in shapes]))

print(json.dumps(cases))
