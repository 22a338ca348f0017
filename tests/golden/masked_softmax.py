"""Golden values of the softmax layer with masks, from PyTorch in float64: python3 tests/golden/masked_softmax.py > tests/golden/masked_softmax.json

As in Keras 3: what is masked counts as -1e9, and its probability is 0 afterwards. Each case: axis, x, mask (the shape of x's first axes), the
output y, the weights dy, and the gradient of sum(dy * y) by x.
"""

import json

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(7)


def numbers(t):
    return {"shape": list(t.shape), "data": [float(f"{v:.14g}") for v in t.detach().reshape(-1).tolist()]}


cases = []
for shape, axis, rank in [
    ((1, 1), -1, 2),
    ((1, 5), -1, 2),
    ((3, 7), 1, 2),
    ((2, 3, 5), -1, 3),
    ((2, 3, 5), 1, 2),
    ((3, 4, 1), 1, 3),
    ((2, 3, 2, 3), -2, 3),
    ((2, 3, 2, 3), 1, 4),
]:
    x = (torch.round(3 * torch.randn(shape) * 64) / 64).requires_grad_()
    mask = (torch.rand(shape[:rank]) > 0.4).double()
    mask[0] = 1 if shape[0] == 1 else 0  # a sample that is masked altogether
    wide = mask.reshape(list(mask.shape) + [1] * (len(shape) - rank)).expand(shape)
    y = torch.softmax(torch.where(wide > 0.5, x, torch.tensor(-1e9)), axis) * wide
    dy = torch.round(torch.randn(shape) * 64) / 64
    (dx,) = torch.autograd.grad((y * dy).sum(), [x])
    cases.append({"axis": axis, **{k: numbers(v) for k, v in {"x": x, "mask": mask, "y": y, "dy": dy, "dx": dx}.items()}})

print(json.dumps(cases, separators=(",", ":")))
