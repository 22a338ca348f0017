"""Golden values of the layer dot from PyTorch, in float64: python3 tests/golden/dot.py > tests/golden/dot.json

Each case: the options, the inputs, the output y, the weights dy, and the gradient of sum(dy * y) by every input.
"""

import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(33)


def numbers(t):
    return {"shape": list(t.shape), "data": t.detach().reshape(-1).tolist()}


def drawn(*shape):
    # Rounded to float32, so that float32 kernels read the same numbers.
    return torch.randn(*shape).to(torch.float32).to(torch.float64)


cases = []
for axes, rule, a, b in [
    (1, "bk,bk->b", (1, 1), (1, 1)),
    (1, "bk,bk->b", (5, 3), (5, 3)),
    (-1, "bmk,bnk->bmn", (3, 4, 5), (3, 2, 5)),
    (2, "bmk,bnk->bmn", (1, 2, 7), (1, 1, 7)),
    (1, "bkm,bkn->bmn", (2, 3, 4), (2, 3, 5)),
    ([2, 1], "bmk,bkn->bmn", (4, 3, 2), (4, 2, 5)),
    ([1, 2], "bkm,bnk->bmn", (3, 5, 2), (3, 3, 5)),
    ([2, 1], "bmk,bk->bm", (5, 3, 4), (5, 4)),
    ([1, -1], "bk,bnk->bn", (2, 4), (2, 7, 4)),
    ([1, 2], "bkmn,bpk->bmnp", (2, 3, 2, 2), (2, 4, 3)),
    ([-2, -1], "bmkn,bpqk->bmnpq", (1, 2, 3, 2), (1, 2, 2, 3)),
    (2, "bmk,bnk->bmn", (2, 17, 12), (2, 21, 12)),
]:
    for normalize in [False, True]:
        x, y = [drawn(*shape).requires_grad_() for shape in (a, b)]
        at = [axes, axes] if isinstance(axes, int) else axes
        given = [F.normalize(t, dim=i, eps=1e-6) if normalize else t for t, i in zip((x, y), at)]
        out = torch.einsum(rule, *given)
        out = out.unsqueeze(-1) if out.dim() == 1 else out
        dy = torch.randn(out.shape)
        cases.append({
            "layer": "dot",
            "options": {"axes": axes, **({"normalize": True} if normalize else {})},
            "inputs": [numbers(x), numbers(y)],
            "y": numbers(out),
            "dy": numbers(dy),
            "dx": [numbers(t) for t in torch.autograd.grad((out * dy).sum(), [x, y])],
        })

print(json.dumps(cases))
