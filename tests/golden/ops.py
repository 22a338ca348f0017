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


# grid_sample has no "wrap": the images are tiled. What lies beyond the border is 0 there: the fill value is taken off and added again.
PADDINGS = {"constant": "zeros", "nearest": "border", "reflect": "reflection", "wrap": "zeros"}


def affine_sample(x, t, attributes):
    n, h, w, c = x.shape
    mode, value = attributes["fillMode"], attributes.get("fillValue", 0)
    rows, columns = torch.meshgrid(torch.arange(attributes["height"]), torch.arange(attributes["width"]), indexing="ij")
    a = t.reshape(n, 6, 1, 1)
    px = a[:, 0] * columns + a[:, 1] * rows + a[:, 2]
    py = a[:, 3] * columns + a[:, 4] * rows + a[:, 5]
    images = x.permute(0, 3, 1, 2) - value
    if mode == "wrap":
        images, px, py = images.repeat(1, 1, 9, 9), px + 4 * w, py + 4 * h
    size = images.shape[2:]
    grid = torch.stack([(2 * px + 1) / size[1] - 1, (2 * py + 1) / size[0] - 1], -1)
    kind = "nearest" if attributes["nearest"] else "bilinear"
    y = F.grid_sample(images, grid, kind, PADDINGS[mode], align_corners=False)
    return y.permute(0, 2, 3, 1) + value


for shape, size in [((1, 1, 1, 1), (2, 3)), ((2, 4, 5, 3), (4, 5)), ((3, 6, 3, 1), (5, 4)), ((1, 5, 7, 4), (3, 8)), ((4, 3, 2, 5), (3, 2))]:
    for mode in ["constant", "nearest", "reflect", "wrap"]:
        for nearest in [False, True]:
            n, h, w = shape[:3]
            # About the identity, with shifts of up to an image: places within and beyond.
            turned = torch.tensor([1.0, 0, 0, 0, 1, 0]) + 0.4 * (torch.rand(n, 6) - 0.5)
            shifts = (torch.rand(n, 6) - 0.5) * torch.tensor([0.0, 0, 2 * w, 0, 0, 2 * h])
            t = (turned + shifts).to(torch.float32).to(torch.float64)
            attributes = {"height": size[0], "width": size[1], "nearest": nearest, "fillMode": mode}
            if mode == "constant":
                attributes["fillValue"] = 0.25
            cases.append(case("affine_sample", lambda x, t: affine_sample(x, t, attributes), [drawn(*shape), t], attributes))

print(json.dumps(cases))
