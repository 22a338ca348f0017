"""Masked losses, metrics, layers and gradients, by PyTorch's autograd in float64. Writes masks.json beside this file.

models: x [n, steps, 3] with steps whose features are all -1 -> those steps are 0 and masked -> dense(5, tanh) -> dense(units). The loss of a
row is l, its mask m, its sample weight w, and c is 0 where its label is the ignored one. As Keras has it:

    sum                   sum(w m c l)
    sum_over_batch_size   sum(w m c l) / sum(m c)
    mean_with_sample_weight  sum(w m c l) / sum(w m c)

and 0 where the divisor is 0. Each case: weights [in, out] and biases, data, then loss and gradients of the first step, the losses of three
steps of SGD, the weights behind them, and the mean of l over the rows with m = 1.

merging: layers that merge inputs with masks, as Keras 3 has them: y, its mask, and the gradients of sum(dy * y).

masking: steps whose features all equal a number become 0, and are masked.

batchNormalization: statistics of the rows that count, with 1e-7 added to their number.
"""
import json
import pathlib

import numpy as np
import torch

torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(41)


def draw(*shape):
    """Numbers that float32 holds exactly."""
    return rng.normal(size=shape).astype(np.float32).astype(np.float64)


def listed(t):
    return np.asarray(t.detach() if isinstance(t, torch.Tensor) else t).tolist()


def divided(a, b):
    return a / b if float(b) != 0 else a * 0


def reduce(reduction, l, w, m, c):
    total = (w * m * c * l).sum()
    if reduction == "sum":
        return total
    return divided(total, (m * c).sum() if reduction == "sum_over_batch_size" else (w * m * c).sum())


def model_case(name, loss, reduction, n, steps, units, weighted=False, masked=None, ignored=None):
    start = {
        "hidden/kernel": draw(3, 5) * 0.5,
        "hidden/bias": draw(5) * 0.1,
        "out/kernel": draw(5, units) * 0.5,
        "out/bias": draw(units) * 0.1,
    }
    start = {key: np.float32(value).astype(np.float64) for key, value in start.items()}
    x = draw(n, steps, 3)
    mask = rng.random((n, steps)) < 0.6 if masked is None else np.full((n, steps), masked)
    x[~mask] = -1
    y = rng.integers(0, units, (n, steps)).astype(np.float64) if loss == "sparse" else draw(n, steps, units)
    counts = np.ones((n, steps))
    if ignored is not None:
        counts = (rng.random((n, steps)) < 0.7).astype(np.float64)
        y[counts == 0] = ignored
    sample_weight = np.float32(rng.random(n)).astype(np.float64) if weighted else None
    w = np.ones((n, steps)) if sample_weight is None else np.broadcast_to(sample_weight[:, None], (n, steps))
    params = {key: torch.tensor(value, requires_grad=True) for key, value in start.items()}
    step = torch.optim.SGD(list(params.values()), 0.1, momentum=0.9)
    m, c, w = (torch.tensor(np.array(v, dtype=np.float64)) for v in (mask, counts, w))

    def rows():
        h = torch.tanh(torch.where(m[..., None] > 0, torch.tensor(x), 0.0) @ params["hidden/kernel"] + params["hidden/bias"])
        p = h @ params["out/kernel"] + params["out/bias"]
        if loss == "sparse":
            labels = torch.tensor(np.where(counts > 0, y, 0)).long()
            return p, -torch.log_softmax(p, -1).gather(-1, labels[..., None])[..., 0]
        return p, ((p - torch.tensor(y)) ** 2).mean(-1)

    found = {"losses": []}
    for number in range(3):
        p, l = rows()
        value = reduce(reduction, l, w, m, c)
        step.zero_grad()
        value.backward()
        if number == 0:
            found["outputs"] = listed(p)
            found["gradients"] = {key: listed(v.grad) for key, v in params.items()}
            found["metric"] = listed(divided((m * l).sum(), m.sum()))
            found["weightedMetric"] = listed(divided((w * m * l).sum(), (w * m).sum()))
        found["losses"].append(listed(value))
        step.step()
    return {
        "name": name,
        "loss": loss,
        "reduction": reduction,
        "ignored": ignored,
        "start": {key: listed(v) for key, v in start.items()},
        "x": listed(x),
        "y": listed(y),
        "sampleWeight": None if sample_weight is None else listed(sample_weight),
        **found,
        "weights": {key: listed(v) for key, v in params.items()},
    }


models = []
for reduction in ["sum_over_batch_size", "sum", "mean_with_sample_weight"]:
    models.append(model_case(f"{reduction}", "mse", reduction, 5, 4, 2))
    models.append(model_case(f"{reduction}, weights of samples", "mse", reduction, 7, 3, 3, True))
    models.append(model_case(f"{reduction}, weights of samples, one column", "mse", reduction, 3, 5, 1, True))
    models.append(model_case(f"{reduction}, ignored class", "sparse", reduction, 6, 4, 3, False, None, -1))
    models.append(model_case(f"{reduction}, ignored class and weights", "sparse", reduction, 4, 6, 4, True, None, -1))
    models.append(model_case(f"{reduction}, all masked", "mse", reduction, 3, 2, 2, False, False))
    models.append(model_case(f"{reduction}, one sample, all count", "mse", reduction, 1, 3, 2, False, True))


def merge_case(layer, shapes, masked, options=None):
    xs = [torch.tensor(draw(*s), requires_grad=True) for s in shapes]
    masks = [torch.tensor(rng.random(s[:-1]) < 0.5) if has else None for s, has in zip(shapes, masked)]
    full = torch.broadcast_shapes(*shapes) if layer != "concatenate" else None
    wide = [None if m is None else m[..., None] for m in masks]
    either = None
    if all(m is not None for m in masks):
        for m in wide:
            either = m if either is None else either | m
    if layer == "concatenate":
        axis = (options or {}).get("axis", -1) % len(shapes[0])
        y = torch.cat(xs, axis)
        parts = [torch.ones(x.shape, dtype=torch.bool) if m is None else m.broadcast_to(x.shape) for x, m in zip(xs, wide)]
        mask = torch.cat(parts, axis).any(-1) if any(masked) else None
    else:
        if layer in ["add", "average", "subtract"]:
            y = xs[0]
            for x in xs[1:]:
                y = y - x if layer == "subtract" else y + x
            y = y / len(xs) if layer == "average" else y
        elif layer == "multiply":
            y = 1
            for x, m in zip(xs, wide):
                y = y * (x if m is None else torch.where(m, x, 1.0))
            y = y if either is None else torch.where(either, y, 0.0)
        else:
            op = torch.maximum if layer == "maximum" else torch.minimum
            y, so_far = xs[0], wide[0]
            for x, m in zip(xs[1:], wide[1:]):
                x = x if m is None else torch.where(m, x, y)
                y = y if so_far is None else torch.where(so_far, y, x)
                so_far = None if so_far is None or m is None else so_far | m
                y = op(y, x)
        mask = None if either is None else either.broadcast_to(full[:-1] + (1,))[..., 0]
    dy = draw(*y.shape)
    grads = torch.autograd.grad((y * torch.tensor(dy)).sum(), xs, allow_unused=True)
    return {
        "layer": layer,
        "options": options or {},
        "inputs": [{"shape": list(x.shape), "data": listed(x.reshape(-1))} for x in xs],
        "masks": [None if m is None else listed(m.double().reshape(-1)) for m in masks],
        "y": listed(y.reshape(-1)),
        "mask": None if mask is None else {"shape": list(mask.shape), "data": listed(mask.double().reshape(-1))},
        "dy": listed(dy.reshape(-1)),
        "dx": [listed(g.reshape(-1)) for g in grads],
    }


merging = []
for layer in ["add", "subtract", "multiply", "average", "maximum", "minimum"]:
    merging.append(merge_case(layer, [(3, 5, 2), (3, 5, 2)], [True, True]))
    merging.append(merge_case(layer, [(2, 4, 3), (2, 4, 3)], [True, False]))
    merging.append(merge_case(layer, [(1, 3, 2), (1, 3, 2)], [False, True]))
    merging.append(merge_case(layer, [(4, 1, 3), (4, 6, 3)], [True, True]))
    merging.append(merge_case(layer, [(5, 3), (5, 3)], [True, True]))
    if layer != "subtract":
        merging.append(merge_case(layer, [(2, 5, 3)] * 3, [True, True, True]))
        merging.append(merge_case(layer, [(2, 5, 3)] * 3, [True, False, True]))
merging.append(merge_case("concatenate", [(3, 4, 2), (3, 4, 5)], [True, True]))
merging.append(merge_case("concatenate", [(3, 4, 2), (3, 4, 5)], [True, False]))
merging.append(merge_case("concatenate", [(2, 4, 3), (2, 1, 3), (2, 2, 3)], [True, False, True], {"axis": 1}))
merging.append(merge_case("concatenate", [(5, 2), (5, 1)], [True, True], {"axis": 1}))


def norm_case(shape, rate):
    x = torch.tensor(draw(*shape), requires_grad=True)
    gamma, beta = (torch.tensor(draw(shape[-1]), requires_grad=True) for _ in range(2))
    m = torch.tensor((rng.random(shape[:-1]) < rate).astype(np.float64))[..., None]
    axes = tuple(range(len(shape) - 1))
    count = m.sum() + 1e-7
    mean = (m * x).sum(axes) / count
    variance = (m * (x - mean) ** 2).sum(axes) / count
    y = gamma * (x - mean) / torch.sqrt(variance + 1e-3) + beta
    dy = draw(*shape)
    dx, dgamma, dbeta = torch.autograd.grad((y * torch.tensor(dy)).sum(), [x, gamma, beta])
    flat = lambda t: listed(t.reshape(-1))
    return {
        "shape": list(shape),
        "x": flat(x),
        "mask": flat(m),
        "gamma": flat(gamma),
        "beta": flat(beta),
        "y": flat(y),
        "mean": flat(mean),
        "variance": flat(variance),
        "dy": flat(dy),
        "dx": flat(dx),
        "dgamma": flat(dgamma),
        "dbeta": flat(dbeta),
    }


norms = [norm_case((5, 4, 3), 0.5), norm_case((7, 2), 0.6), norm_case((1, 6, 1), 0.7), norm_case((2, 3, 2, 5), 0.4), norm_case((3, 2, 4), 0)]


def masking_case(shape, value):
    x = draw(*shape)
    x[rng.random(shape[:-1]) < 0.4] = np.float32(value)
    x.reshape(-1)[0] = value  # one feature alone does not mask
    x = torch.tensor(x, requires_grad=True)
    mask = (x != float(np.float32(value))).any(-1)
    y = torch.where(mask[..., None], x, 0.0)
    dy = draw(*shape)
    (dx,) = torch.autograd.grad((y * torch.tensor(dy)).sum(), [x])
    return {
        "layer": "masking",
        "options": {"maskValue": value},
        "inputs": [{"shape": list(shape), "data": listed(x.reshape(-1))}],
        "masks": [None],
        "y": listed(y.reshape(-1)),
        "mask": {"shape": list(mask.shape), "data": listed(mask.double().reshape(-1))},
        "dy": listed(dy.reshape(-1)),
        "dx": [listed(dx.reshape(-1))],
    }


masking = [masking_case(*c) for c in [((3, 5, 2), 0.0), ((4, 3, 3), -1.5), ((2, 3, 4, 2), 0.1), ((7, 3), 0.0), ((1, 6, 5), 2.0), ((5, 4, 1), 0.0)]]

out = {"masking": masking, "models": models, "merging": merging, "batchNormalization": norms}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
