"""Writes losses.json: the loss of every row and the derivative by the predictions, from PyTorch in float64.

Run: /usr/bin/python3 tests/golden/losses.py  (PyTorch 1.13)
PyTorch's own losses are used where it has them; the others are written from the formulas in Keras 3's documentation. The
derivative is that of sum(weights * losses). `activation` says that the predictions go through a sigmoid or softmax first; the
derivative is then by the logits.
"""

import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

rng = np.random.default_rng(11)
EPSILON = 1e-7
f64 = lambda a: np.asarray(a, np.float32).astype(np.float64)
rows, width = 7, 4
mean = lambda e: e.mean(-1)


def own(formula):
    """A loss that PyTorch lacks."""
    return lambda t, p: formula(t, p)


real = lambda scale=1.0: f64(rng.normal(size=(rows, width)) * scale)
positive = lambda: f64(rng.gamma(2.0, 1.0, size=(rows, width)) + 0.05)
unit = lambda: f64(rng.uniform(0.02, 0.98, size=(rows, width)))
bits = lambda: f64(rng.integers(0, 2, size=(rows, width)))
one_hot = lambda: f64(np.eye(width)[rng.integers(0, width, rows)])
indices = lambda: f64(rng.integers(0, width, rows))


def simplex():
    e = rng.uniform(0.05, 1, size=(rows, width))
    return e / e.sum(-1, keepdims=True)


def focal_binary(gamma, alpha=None, smoothing=0.0):
    def loss(t, p):
        t = t * (1 - smoothing) + smoothing / 2
        p_t = t * p + (1 - t) * (1 - p)
        e = (1 - p_t) ** gamma * F.binary_cross_entropy(p, t, reduction="none")
        return mean(e if alpha is None else (t * alpha + (1 - t) * (1 - alpha)) * e)

    return loss


def focal_categorical(gamma=2.0, alpha=0.25, smoothing=0.0):
    def loss(t, p):
        t = t * (1 - smoothing) + smoothing / width
        p = p / p.sum(-1, keepdim=True)
        return (alpha * (1 - p) ** gamma * -t * torch.log(p)).sum(-1)

    return loss


def categorical_hinge(t, p):
    return F.relu(((1 - t) * p).max(-1).values - (t * p).sum(-1) + 1)


def sparse(z, t, **options):
    return F.cross_entropy(z, t.long(), reduction="none", **options)


log = torch.log
sides = lambda t: 2 * t - 1
cases = []


def case(id, options, t, p, loss, activation=None):
    z = torch.tensor(p, requires_grad=True)
    weights = f64(rng.normal(size=rows))
    outputs = {"sigmoid": torch.sigmoid, "softmax": lambda v: F.softmax(v, -1)}.get(activation, lambda v: v)(z)
    losses = loss(torch.tensor(t), outputs)
    (dp,) = torch.autograd.grad((torch.tensor(weights) * losses).sum(), z)
    flat = lambda a: np.asarray(a).ravel().tolist()
    assert np.isfinite(flat(losses.detach())).all() and np.isfinite(flat(dp)).all(), (id, options)
    cases.append({
        "id": id, "options": options, "activation": activation, "shape": [rows, width], "labelShape": list(t.shape),
        "t": flat(t), "p": flat(p), "weights": flat(weights), "losses": flat(losses.detach()), "dp": flat(dp),
    })


case("mean_squared_error", {}, real(), real(), lambda t, p: mean(F.mse_loss(p, t, reduction="none")))
case("half_sum_of_squares", {}, real(), real(), lambda t, p: F.mse_loss(p, t, reduction="none").sum(-1) / 2)
case("mean_absolute_error", {}, real(), real(), lambda t, p: mean(F.l1_loss(p, t, reduction="none")))
t = real()
t[0, 0] = 0
case("mean_absolute_percentage_error", {}, t, real(), own(lambda t, p: 100 * mean(abs((t - p) / t.abs().clamp(min=EPSILON)))))
case("mean_squared_logarithmic_error", {}, positive(), f64(positive() - 1), own(
    lambda t, p: mean((log(p.clamp(min=EPSILON) + 1) - log(t.clamp(min=EPSILON) + 1)) ** 2)))
for options in ({}, {"delta": 0.3}):
    delta = options.get("delta", 1.0)
    case("huber", options, real(), real(2), lambda t, p: mean(F.huber_loss(p, t, reduction="none", delta=delta)))
case("log_cosh", {}, real(), real(3), own(lambda t, p: mean(log(torch.cosh(p - t)))))
case("poisson", {}, positive(), positive(), lambda t, p: mean(
    F.poisson_nll_loss(p, t, log_input=False, reduction="none", eps=EPSILON)))
case("kl_divergence", {}, f64(simplex()), f64(simplex()), lambda t, p: F.kl_div(log(p), t, reduction="none").sum(-1))
t, p = f64(simplex()), f64(simplex())
t[0, 1] = p[1, 2] = 0
p[2, 3] = 1.5
case("kl_divergence", {}, t, p, own(lambda t, p: (
    t.clamp(EPSILON, 1) * log(t.clamp(EPSILON, 1) / p.clamp(EPSILON, 1))).sum(-1)))
case("cosine_similarity", {}, real(), real(), lambda t, p: -F.cosine_similarity(t, p, dim=-1))
case("hinge", {}, f64(sides(bits())), real(), own(lambda t, p: mean(F.relu(1 - t * p))))
case("hinge", {}, bits(), real(), own(lambda t, p: mean(F.relu(1 - sides(t) * p))))
case("squared_hinge", {}, f64(sides(bits())), real(), own(lambda t, p: mean(F.relu(1 - t * p) ** 2)))
case("squared_hinge", {}, bits(), real(), own(lambda t, p: mean(F.relu(1 - sides(t) * p) ** 2)))
case("categorical_hinge", {}, one_hot(), real(), own(categorical_hinge))

bce = lambda t, p: mean(F.binary_cross_entropy(p, t, reduction="none"))
bce_logits = lambda t, z: mean(F.binary_cross_entropy_with_logits(z, t, reduction="none"))
smooth = lambda t, s, n: t * (1 - s) + s / n
case("binary_crossentropy", {}, bits(), unit(), bce)
case("binary_crossentropy", {}, unit(), unit(), bce)
case("binary_crossentropy", {}, bits(), real(4), bce, "sigmoid")
case("binary_crossentropy", {"labelSmoothing": 0.1}, bits(), real(4), lambda t, p: bce(smooth(t, 0.1, 2), p), "sigmoid")
case("binary_crossentropy", {"labelSmoothing": 0.3}, bits(), unit(), lambda t, p: bce(smooth(t, 0.3, 2), p))
case("binary_crossentropy", {"fromLogits": True}, unit(), real(30), bce_logits)
case("binary_crossentropy", {"fromLogits": True}, bits(), real(1e4), bce_logits)
case("binary_focal_crossentropy", {}, bits(), unit(), own(focal_binary(2.0)))
case("binary_focal_crossentropy", {}, unit(), real(3), own(focal_binary(2.0)), "sigmoid")
case("binary_focal_crossentropy", {"gamma": 0.5, "labelSmoothing": 0.2}, bits(), real(3), own(
    focal_binary(0.5, smoothing=0.2)), "sigmoid")
case("binary_focal_crossentropy", {"applyClassBalancing": True, "alpha": 0.4, "gamma": 3}, bits(), unit(), own(
    focal_binary(3.0, 0.4)))
case("binary_focal_crossentropy", {"applyClassBalancing": True, "fromLogits": True}, bits(), real(3), own(
    lambda t, z: focal_binary(2.0, 0.25)(t, torch.sigmoid(z))))
case("binary_focal_crossentropy", {"gamma": 0}, bits(), unit(), bce)

soft = lambda z, t, **options: F.cross_entropy(z, t, reduction="none", **options)
nll = lambda t, p: -(t * log(p / p.sum(-1, keepdim=True))).sum(-1)
case("categorical_crossentropy", {}, one_hot(), f64(simplex()), nll)
case("categorical_crossentropy", {}, f64(simplex()), unit(), nll)
case("categorical_crossentropy", {}, one_hot(), real(3), nll, "softmax")
case("categorical_crossentropy", {"labelSmoothing": 0.1}, one_hot(), real(3), lambda t, p: nll(smooth(t, 0.1, width), p), "softmax")
case("categorical_crossentropy", {"fromLogits": True, "labelSmoothing": 0.2}, one_hot(), real(3), lambda t, z: soft(
    z, t, label_smoothing=0.2))
case("categorical_crossentropy", {"fromLogits": True}, f64(simplex()), real(40), lambda t, z: soft(z, t))
pick = lambda t, p: -log(p / p.sum(-1, keepdim=True)).gather(-1, t.long()[:, None])[:, 0]
case("sparse_categorical_crossentropy", {}, indices(), unit(), pick)
case("sparse_categorical_crossentropy", {}, indices()[:, None], real(3), lambda t, p: pick(t[:, 0], p), "softmax")
case("sparse_categorical_crossentropy", {"fromLogits": True}, indices(), real(40), lambda t, z: sparse(z, t))
for ignored in (-1, 2):
    t = indices()
    t[[1, 4]] = ignored
    case("sparse_categorical_crossentropy", {"fromLogits": True, "ignoreClass": ignored}, t, real(3), lambda t, z: sparse(
        z, t, ignore_index=ignored))
case("categorical_focal_crossentropy", {}, one_hot(), f64(simplex()), own(focal_categorical()))
case("categorical_focal_crossentropy", {}, one_hot(), real(3), own(focal_categorical()), "softmax")
case("categorical_focal_crossentropy", {"alpha": 0.6, "gamma": 0.5, "labelSmoothing": 0.1}, one_hot(), unit(), own(
    focal_categorical(0.5, 0.6, 0.1)))
case("categorical_focal_crossentropy", {"alpha": 1, "gamma": 0, "fromLogits": True}, one_hot(), real(3), lambda t, z: soft(z, t))

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(cases) + "\n")
