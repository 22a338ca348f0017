"""Embeddings by PyTorch's autograd in float64: python3 tests/golden/embedding.py writes embedding.json beside this file.

cases: y = embeddings[x], and the gradient of sum(dy * y) by the table.

positional: y = x + positions, and the gradients of sum(dy * y) by x and the table, where there is one.

training: x -> embedding -> dense(units) for every place. l is the squared error of a place, m is 0 where x is 0 and maskZero is true, else 1;
the loss is sum(m l) / sum(m), 0 where all is masked, and l2 * sum(embeddings^2). Three steps of SGD with momentum 0.9: loss and gradients of the
first one, all losses, and the weights behind them.
"""
import json
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(29)


def draw(*shape):
    """Numbers that float32 holds exactly."""
    return rng.normal(size=shape).astype(np.float32).astype(np.float64)


def listed(t):
    return np.asarray(t.detach() if isinstance(t, torch.Tensor) else t).tolist()


cases = []
for rows, width, shape, high in [
    (1, 1, (1, 1), 1),
    (5, 3, (1, 7), 5),
    (7, 4, (3, 5), 7),
    (9, 5, (6, 9), 3),  # many places of a row
    (33, 17, (5, 2, 3), 33),
    (50, 1, (13, 4), 50),
    (4, 6, (2, 3, 2, 2), 4),
]:
    table = torch.tensor(draw(rows, width), requires_grad=True)
    x = rng.integers(0, high, shape)
    y = torch.nn.functional.embedding(torch.tensor(x), table)
    dy = torch.tensor(draw(*y.shape))
    (dtable,) = torch.autograd.grad((y * dy).sum(), [table])
    cases.append({
        "layer": "embedding",
        "options": {"inputDim": rows, "outputDim": width},
        "x": listed(x),
        "embeddings": listed(table),
        "y": listed(y),
        "dy": listed(dy),
        "dembeddings": listed(dtable),
    })

training = []
for rows, width, shape, units, mask_zero, l2, zeros in [
    (6, 3, (1, 4), 2, True, 0, 0.4),
    (9, 5, (4, 6), 1, True, 0, 0.5),
    (9, 5, (4, 6), 3, False, 0, 0.5),
    (30, 7, (5, 3), 2, True, 0.01, 0.2),
    (4, 2, (3, 2), 2, True, 0, 1),  # nothing counts
    (11, 4, (7, 5), 2, True, 0.02, 0),  # all counts
]:
    start = {"e/embeddings": draw(rows, width) * 0.5, "d/kernel": draw(width, units) * 0.5, "d/bias": draw(units) * 0.1}
    start = {key: np.float32(value).astype(np.float64) for key, value in start.items()}
    x = rng.integers(1, rows, shape)
    x[rng.random(shape) < zeros] = 0
    y = draw(*shape, units)
    params = {key: torch.tensor(value, requires_grad=True) for key, value in start.items()}
    step = torch.optim.SGD(list(params.values()), 0.1, momentum=0.9)
    m = torch.tensor((x != 0) * 1.0 if mask_zero else np.ones(shape))
    found = {"losses": []}
    for number in range(3):
        p = torch.nn.functional.embedding(torch.tensor(x), params["e/embeddings"]) @ params["d/kernel"] + params["d/bias"]
        l = ((p - torch.tensor(y)) ** 2).mean(-1)
        total = (m * l).sum()
        value = (total / m.sum() if m.sum() > 0 else total * 0) + l2 * (params["e/embeddings"] ** 2).sum()
        step.zero_grad()
        value.backward()
        if number == 0:
            found["gradients"] = {key: listed(v.grad) for key, v in params.items()}
        found["losses"].append(listed(value))
        step.step()
    training.append({
        "options": {"inputDim": rows, "outputDim": width, "maskZero": mask_zero, **({"embeddingsRegularizer": {"id": "l2", "config": {"l2": l2}}} if l2 else {})},
        "units": units,
        "x": listed(x),
        "y": listed(y),
        "start": {key: listed(v) for key, v in start.items()},
        **found,
        "weights": {key: listed(v) for key, v in params.items()},
    })

positional = []
for options, shape in [
    ({"sequenceLength": 1}, (1, 1, 1)),
    ({"sequenceLength": 5}, (1, 5, 3)),
    ({"sequenceLength": 9}, (4, 3, 2)),
    ({"sequenceLength": 7}, (3, 2, 6, 5)),
    ({"mode": "sinusoidal"}, (1, 1, 1)),
    ({"mode": "sinusoidal"}, (2, 11, 6)),
    ({"mode": "sinusoidal", "maxWavelength": 30}, (3, 17, 5)),
    ({"mode": "sinusoidal", "maxWavelength": 1.5}, (2, 2, 4, 1)),
]:
    steps, features = shape[-2:]
    x = torch.tensor(draw(*shape), requires_grad=True)
    weights = []
    if "sequenceLength" in options:
        weights = [torch.tensor(draw(options["sequenceLength"], features), requires_grad=True)]
        positions = weights[0][:steps]
    else:
        t, k = np.arange(steps)[:, None], np.arange(features)
        angles = t / options.get("maxWavelength", 10000) ** (2 * (k // 2) / features)
        positions = torch.tensor(np.where(k % 2 == 0, np.sin(angles), np.cos(angles)))
    y = x + positions
    dy = torch.tensor(draw(*shape))
    gradients = torch.autograd.grad((y * dy).sum(), [x, *weights])
    positional.append({
        "type": "positional_embedding",
        "options": options,
        "x": listed(x),
        "weights": [listed(v) for v in weights],
        "dy": listed(dy),
        "y": listed(y),
        "dx": listed(gradients[0]),
        "dweights": [listed(v) for v in gradients[1:]],
    })

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"cases": cases, "training": training, "positional": positional}) + "\n")
