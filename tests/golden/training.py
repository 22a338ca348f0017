"""Whole trainings in float64, by PyTorch's autograd. Writes training.json beside this file.

Each case: the layers (units, activation), the optimizer with our names, given initial weights (kernel [in, units], bias), data, the
batch size, and per epoch the mean loss over its samples; at the end the weights. Samples are taken in order, the last batch is short.

Adam is written out here with Keras's epsilon, which stands beside the uncorrected root: w -= lr * sqrt(1 - b2^t) / (1 - b1^t) * m /
(sqrt(v) + eps). The L2 penalty is 0.01 * sum(kernel^2), added to the loss. Weights of samples: loss = sum(w * loss) / rows, as in Keras.
"""
import json
import math
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(11)
ACTIVATIONS = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "linear": lambda x: x}


def draw(*shape):
    """Numbers that float32 holds exactly."""
    return rng.normal(size=shape).astype(np.float32).astype(np.float64)


def initial(sizes):
    weights = []
    for a, b in zip(sizes, sizes[1:]):
        weights += [np.float32(draw(a, b) * 0.7).astype(np.float64), np.float32(draw(b) * 0.1).astype(np.float64)]
    return weights


def forward(x, weights, activations):
    for i, activation in enumerate(activations):
        x = x @ weights[2 * i] + weights[2 * i + 1]
        if activation != "softmax":
            x = ACTIVATIONS[activation](x)
    return x


def rows_of_loss(loss, y, out):
    if loss == "binary_crossentropy":
        return torch.nn.functional.binary_cross_entropy(out, y, reduction="none").mean(1)
    if loss == "categorical_crossentropy":
        return -(y * torch.log_softmax(out, 1)).sum(1)
    if loss == "mean_squared_error":
        return ((out - y) ** 2).mean(1)
    raise ValueError(loss)


def adam(weights, rate, b1=0.9, b2=0.999, eps=1e-7):
    m = [torch.zeros_like(w) for w in weights]
    v = [torch.zeros_like(w) for w in weights]
    t = 0

    def step():
        nonlocal t
        t += 1
        for w, a, b in zip(weights, m, v):
            a += (w.grad - a) * (1 - b1)
            b += (w.grad ** 2 - b) * (1 - b2)
            with torch.no_grad():
                w -= rate * math.sqrt(1 - b2 ** t) / (1 - b1 ** t) * a / (b.sqrt() + eps)
    return step


def train(sizes, activations, loss, make, x, y, batch, epochs, l2=0.0, sample_weight=None):
    start = initial(sizes)
    weights = [torch.tensor(w, requires_grad=True) for w in start]
    step = make(weights)
    x, y = np.asarray(x, float), np.asarray(y, float)
    tx, ty = torch.tensor(x), torch.tensor(y)
    tw = None if sample_weight is None else torch.tensor(sample_weight)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for i in range(0, len(x), batch):
            rows = rows_of_loss(loss, ty[i:i + batch], forward(tx[i:i + batch], weights, activations))
            value = (rows if tw is None else rows * tw[i:i + batch]).sum() / len(rows)
            value = value + l2 * sum((w ** 2).sum() for w in weights[::2])
            for w in weights:
                w.grad = None
            value.backward()
            step()
            total += value.item() * len(rows)
        losses.append(total / len(x))
    return {
        "sizes": sizes, "activations": activations, "loss": loss, "batchSize": batch, "epochs": epochs, "l2": l2,
        "sampleWeight": sample_weight, "x": x.tolist(), "y": y.tolist(),
        "initial": [w.tolist() for w in start], "losses": losses, "final": [w.detach().tolist() for w in weights],
    }


def case(name, optimizer, *args, **options):
    return {"name": name, "optimizer": optimizer, **train(*args, **options)}


xor = [[0, 0], [0, 1], [1, 0], [1, 1]]
classes = rng.integers(0, 3, 30)
points = draw(30, 4)
points[np.arange(30), classes] += 1.5
inputs = draw(25, 3)
targets = np.stack([np.sin(inputs[:, 0]) + inputs[:, 1], inputs[:, 2] * inputs[:, 0]], 1).astype(np.float32)
weights = [0.25 * (1 + i % 7) for i in range(25)]

cases = [
    case("xor", {"id": "sgd", "config": {"learningRate": 4.5}}, [2, 7, 1], ["sigmoid", "sigmoid"], "binary_crossentropy",
         lambda w: torch.optim.SGD(w, 4.5).step, xor, [[0], [1], [1], [0]], 4, 50),
    case("classifier", {"id": "adam", "config": {"learningRate": 0.01}}, [4, 16, 8, 3], ["relu", "relu", "softmax"],
         "categorical_crossentropy", lambda w: adam(w, 0.01), points, np.eye(3)[classes], 8, 10),
    case("regression", {"id": "sgd", "config": {"learningRate": 0.05, "momentum": 0.9}}, [3, 10, 2], ["tanh", "linear"],
         "mean_squared_error", lambda w: torch.optim.SGD(w, 0.05, momentum=0.9).step, inputs, targets, 10, 12, l2=0.01),
    case("weighted regression", {"id": "sgd", "config": {"learningRate": 0.02, "momentum": 0.8, "nesterov": True}}, [3, 5, 2],
         ["tanh", "linear"], "mean_squared_error", lambda w: torch.optim.SGD(w, 0.02, momentum=0.8, nesterov=True).step,
         inputs, targets, 10, 6, sample_weight=weights),
]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"torch": torch.__version__, "cases": cases}) + "\n")
