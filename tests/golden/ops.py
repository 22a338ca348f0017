"""Golden values of the ops from PyTorch, in float64: python3 tests/golden/ops.py > tests/golden/ops.json

Each case: inputs, attributes, the output y, the weights dy, and the gradient of sum(dy * y) by the first input.
"""

import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(20)


def numbers(t):
    return {"shape": list(t.shape), "data": t.detach().reshape(-1).tolist()}


def case(op, f, inputs, attributes=None):
    x = inputs[0].clone().requires_grad_()
    y = f(x, *inputs[1:])
    dy = torch.randn(y.shape)
    (dx,) = torch.autograd.grad((y * dy).sum(), x)
    return {
        "op": op,
        "attributes": attributes or {},
        "inputs": [numbers(t) for t in inputs],
        "y": numbers(y),
        "dy": numbers(dy),
        "dx": numbers(dx),
    }


def drawn(*shape, scale=1.0):
    # Rounded to float32, so that float32 kernels read the same numbers.
    return (scale * torch.randn(*shape)).to(torch.float32).to(torch.float64)


cases = []
for shape, scale in [((1, 1), 1), ((5, 3), 1), ((4, 10), 3), ((2, 3, 7), 30), ((3, 33), 0.1)]:
    x = drawn(*shape, scale=scale)
    cases.append(case("softmax", lambda x: F.softmax(x, -1), [x]))
    cases.append(case("log_softmax", lambda x: F.log_softmax(x, -1), [x]))
    width = shape[-1]
    rows = x.numel() // width
    leading = shape[:-1]

    t = F.softmax(drawn(*shape), -1).to(torch.float32).to(torch.float64)

    def dense(z, t):
        return F.cross_entropy(z.reshape(rows, width), t.reshape(rows, width), reduction="none").reshape(leading)

    cases.append(case("softmax_crossentropy", dense, [x, t]))

    labels = torch.randint(0, width, leading)
    for ignored in [None, int(labels.reshape(-1)[0])]:

        def sparse(z, labels):
            index = -100 if ignored is None else ignored
            flat = labels.reshape(rows).long()
            return F.cross_entropy(z.reshape(rows, width), flat, reduction="none", ignore_index=index).reshape(leading)

        cases.append(
            case("sparse_softmax_crossentropy", sparse, [x, labels.to(torch.float64)], {"ignoreClass": ignored})
        )
    cases.append(case("l2_normalize", lambda x: x * (x * x).sum(-1, keepdim=True).clamp(min=1e-12).rsqrt(), [x]))
    cases.append(case("max_rows", lambda x: x.amax(-1), [torch.round(x)]))

# In the order of drawing, so that the cases above stay as they are.
for shape, scale, shift in [((1, 1), 1, 0), ((5, 3), 1, 1), ((4, 10), 3, 0), ((2, 3, 7), 30, -5), ((3, 33), 0.1, 2), ((1, 8), 1, 0)]:
    x = drawn(*shape, scale=scale) + shift
    w, b = drawn(shape[-1]), drawn(shape[-1])
    for inputs in [[], ["scale"], ["scale", "offset"]]:
        given = [w, b][: len(inputs)]
        attributes = {"epsilon": 1e-3, "center": True, "inputs": inputs}
        cases.append(case("layer_norm", lambda x, *p: F.layer_norm(x, shape[-1:], *p, eps=1e-3), [x, *given], attributes))

        def rms(x, w=torch.ones(()), b=torch.zeros(())):
            return x * (x.square().mean(-1, keepdim=True) + 1e-3).rsqrt() * w + b

        cases.append(case("layer_norm", rms, [x, *given], {**attributes, "center": False}))

print(json.dumps(cases))
