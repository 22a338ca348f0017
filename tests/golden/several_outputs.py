"""A network with two inputs and two outputs, by PyTorch's autograd in float64. Writes several_outputs.json beside this file.

    left [n, 3]  -> shared: dense(5, tanh) -+
    right [n, 3] -> shared (same weights)  -+- concatenate, with left in front -> trunk: dense(6, sigmoid) -> label: dense(3), logits
                                                                           trunk and the first call of shared -> size: dense(2)

Loss = a * crossentropy(label) + b * mse(size) + 0.01 * sum(trunk.kernel ** 2); with weights of samples each loss is sum(w * row) / rows, as in
Keras. Each case: weights [in, out] and biases, data, loss weights, and then the outputs, the losses and the gradients of the first batch (all
samples), the losses of three steps of SGD, and the weights behind them.
"""
import json
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(23)
NAMES = ["shared", "trunk", "label", "size"]
SIZES = {"shared": (3, 5), "trunk": (13, 6), "label": (6, 3), "size": (11, 2)}


def draw(*shape):
    """Numbers that float32 holds exactly."""
    return rng.normal(size=shape).astype(np.float32).astype(np.float64)


def dense(x, w, name):
    return x @ w[name + "/kernel"] + w[name + "/bias"]


def forward(left, right, w):
    a = torch.tanh(dense(left, w, "shared"))
    b = torch.tanh(dense(right, w, "shared"))
    trunk = torch.sigmoid(dense(torch.cat([left, a, b], 1), w, "trunk"))
    return dense(trunk, w, "label"), dense(torch.cat([trunk, a], 1), w, "size")


def losses_of(outputs, y, s, sample_weight):
    label, size = outputs
    rows = [-torch.log_softmax(label, 1)[torch.arange(len(y)), y], ((size - s) ** 2).mean(1)]
    return [(r if c is None else r * torch.tensor(c)).sum() / len(r) for r, c in zip(rows, sample_weight)]


def case(name, n, weights, rate, momentum, sample_weight=(None, None)):
    start = {}
    for layer in NAMES:
        rows, columns = SIZES[layer]
        start[layer + "/kernel"] = np.float32(draw(rows, columns) * 0.5).astype(np.float64)
        start[layer + "/bias"] = np.float32(draw(columns) * 0.1).astype(np.float64)
    w = {key: torch.tensor(value, requires_grad=True) for key, value in start.items()}
    left, right, s = draw(n, 3), draw(n, 3), draw(n, 2)
    y = rng.integers(0, 3, n)
    step = torch.optim.SGD(list(w.values()), rate, momentum=momentum)
    found = {"losses": [], "labelLosses": [], "sizeLosses": []}
    for number in range(3):
        outputs = forward(torch.tensor(left), torch.tensor(right), w)
        a, b = losses_of(outputs, torch.tensor(y), torch.tensor(s), sample_weight)
        loss = weights[0] * a + weights[1] * b + 0.01 * (w["trunk/kernel"] ** 2).sum()
        step.zero_grad()
        loss.backward()
        if number == 0:
            found["outputs"] = {"label": outputs[0].tolist(), "size": outputs[1].tolist()}
            found["gradients"] = {key: value.grad.tolist() for key, value in w.items()}
        found["losses"].append(loss.item())
        found["labelLosses"].append(a.item())
        found["sizeLosses"].append(b.item())
        step.step()
    return {
        "name": name, "lossWeights": weights, "learningRate": rate, "momentum": momentum,
        "sampleWeight": [c for c in sample_weight],
        "left": left.tolist(), "right": right.tolist(), "y": y.tolist(), "s": s.tolist(),
        "initial": {key: value.tolist() for key, value in start.items()},
        **found, "final": {key: value.detach().tolist() for key, value in w.items()},
    }


cases = [
    case("both losses alike", 8, (1.0, 1.0), 0.1, 0.0),
    case("weighted losses", 13, (0.7, 2.5), 0.05, 0.9),
    case("one sample", 1, (1.5, 0.25), 0.1, 0.0),
    case("one loss alone", 7, (0.0, 1.0), 0.1, 0.5),
    case("weights of samples for one output", 9, (1.0, 0.5), 0.1, 0.0, ([0.25 * (1 + i % 5) for i in range(9)], None)),
    case("weights of samples for both", 33, (2.0, 0.5), 0.05, 0.9,
         ([0.5 + i % 2 for i in range(33)], [0.25 * (1 + i % 7) for i in range(33)])),
]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}) + "\n")
