"""Golden values of losses and softmax over an axis, from PyTorch in float64: python3 tests/golden/loss_axes.py > tests/golden/loss_axes.json

Each case: the loss with its options, logits or probabilities p, labels t, the losses of all rows, and the gradient of their mean by p.
"""

import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(77)


def numbers(t):
    return {"shape": list(t.shape), "data": [float(f"{v:.14g}") for v in t.detach().reshape(-1).tolist()]}


def short(t):
    # Multiples of 1/64: float32 kernels read the same numbers.
    return torch.round(t * 64) / 64


cases = []


def case(id, options, p, t, f):
    x = p.clone().requires_grad_()
    loss = f(x, t)
    (dx,) = torch.autograd.grad(loss.mean(), x)
    cases.append({"id": id, "options": options, "p": numbers(p), "t": numbers(t), "loss": numbers(loss), "dp": numbers(dx)})


for shape, axis in [((1, 4, 1), 1), ((2, 3, 5), 1), ((5, 2, 3), -2), ((3, 4, 2, 3), 1), ((2, 3, 4, 2), 2), ((4, 7), 1), ((2, 3, 5), -1)]:
    d = axis % len(shape)
    z = short(2 * torch.randn(shape))
    soft = F.softmax(torch.randn(shape), d)
    labels = torch.randint(0, shape[d], [n for k, n in enumerate(shape) if k != d])
    hot = F.one_hot(labels, shape[d]).to(torch.float64).movedim(-1, d)
    binary = torch.randint(0, 2, shape).to(torch.float64)
    logits = {"fromLogits": True, "axis": axis}

    def sparse(z, t):
        return F.cross_entropy(z.movedim(d, 1), t.long(), reduction="none")

    case("sparse_categorical_crossentropy", logits, z, labels.to(torch.float64), sparse)
    case("categorical_crossentropy", logits, z, hot, lambda z, t: -(t * F.log_softmax(z, d)).sum(d))
    smooth = {**logits, "labelSmoothing": 0.125}
    n = shape[d]
    case("categorical_crossentropy", smooth, z, hot, lambda z, t: -((t * 0.875 + 0.125 / n) * F.log_softmax(z, d)).sum(d))
    case(
        "categorical_focal_crossentropy",
        {**logits, "alpha": 0.5, "gamma": 1.5},
        z,
        hot,
        lambda z, t: -(0.5 * (1 - F.softmax(z, d)) ** 1.5 * t * F.log_softmax(z, d)).sum(d),
    )
    case(
        "binary_crossentropy",
        logits,
        z,
        binary,
        lambda z, t: F.binary_cross_entropy_with_logits(z, t, reduction="none").mean(d),
    )

    def focal(z, t):
        s = torch.sigmoid(z)
        right = t * s + (1 - t) * (1 - s)
        return ((1 - right) ** 2 * F.binary_cross_entropy_with_logits(z, t, reduction="none")).mean(d)

    case("binary_focal_crossentropy", logits, z, binary, focal)
    target = short(torch.randn(shape))
    if shape[d] > 1:
        case("cosine_similarity", {"axis": axis}, z, target, lambda z, t: -F.cosine_similarity(z, t, d, 0))

print(json.dumps(cases, separators=(",", ":")))
