"""Golden values of the layers of attention from PyTorch, in float64: python3 tests/golden/attention.py > tests/golden/attention.json

Keras's layouts and masks, written out. Each case: the options of the layer and of the call, the inputs, their masks of steps, the weights by path, the
result y, the probabilities, the weights dy and dp, and the gradient of sum(dy * y) by every input and weight, and with dp also that of sum(dp * p).
"""

import json
import math

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(61)


def numbers(t):
    return {"shape": list(t.shape), "data": t.detach().reshape(-1).tolist()}


def drawn(*shape):
    # Rounded to float32, so that float32 kernels read the same numbers.
    return torch.randn(shape).to(torch.float32).to(torch.float64).requires_grad_()


def probabilities(scores, keys, queries, pairs, causal):
    """Softmax over the last axis of [b, h, t, s]; a row without keys is uniform."""
    t, s = scores.shape[-2:]
    counts = torch.ones_like(scores, dtype=torch.bool)
    if keys is not None:
        counts = counts & keys[:, None, None, :]
    if queries is not None:
        counts = counts & queries[:, None, :, None]
    if pairs is not None:
        counts = counts & (pairs[:, None] if pairs.dim() == 3 else pairs)
    if causal:
        counts = counts & torch.ones(t, s, dtype=torch.bool).tril()
    return torch.softmax(torch.where(counts, scores, torch.tensor(-1e9)), -1)


def project(x, w, name, bias):
    y = torch.einsum("btd,dhk->bthk", x, w[f"{name}/kernel"])
    return y + w[f"{name}/bias"] if bias else y


def headed(inputs, w, heads, groups, masks, pairs, causal, bias=True):
    query, value = inputs[0], inputs[min(1, len(inputs) - 1)]
    key = inputs[2] if len(inputs) > 2 else value
    q, k, v = project(query, w, "query", bias), project(key, w, "key", bias), project(value, w, "value", bias)
    k, v = k.repeat_interleave(heads // groups, 2), v.repeat_interleave(heads // groups, 2)
    scores = torch.einsum("bthk,bshk->bhts", q, k) / math.sqrt(q.shape[-1])
    keys = masks[min(1, len(inputs) - 1)]
    if len(inputs) > 2 and masks[2] is not None:
        keys = masks[2] if keys is None else keys & masks[2]
    p = probabilities(scores, keys, masks[0], pairs, causal)
    out = torch.einsum("bhts,bshv->bthv", p, v)
    y = torch.einsum("bthv,hvo->bto", out, w["attention_output/kernel"])
    return (y + w["attention_output/bias"] if bias else y), p


def scored(inputs, masks, pairs, causal, score):
    query, value = inputs[:2]
    key = inputs[2] if len(inputs) > 2 else value
    p = probabilities(score(query, key)[:, None], masks[1], None, pairs, causal)[:, 0]
    y = p @ value
    return (y if masks[0] is None else y * masks[0][:, :, None]), p


def norm(x, w, name, epsilon):
    return torch.layer_norm(x, x.shape[-1:], w[f"{name}/gamma"], w[f"{name}/beta"], epsilon)


def encoder(x, w, heads, masks, pairs, causal, first, epsilon, activation):
    inner = {name[len("self_attention_layer/"):]: t for name, t in w.items() if name.startswith("self_attention_layer/")}
    given = norm(x, w, "self_attention_layer_norm", epsilon) if first else x
    a, p = headed([given], inner, heads, heads, masks, pairs, causal)
    h = x + a if first else norm(x + a, w, "self_attention_layer_norm", epsilon)
    given = norm(h, w, "feedforward_layer_norm", epsilon) if first else h
    z = activation(given @ w["feedforward_intermediate_dense/kernel"] + w["feedforward_intermediate_dense/bias"])
    z = z @ w["feedforward_output_dense/kernel"] + w["feedforward_output_dense/bias"]
    return (h + z if first else norm(h + z, w, "feedforward_layer_norm", epsilon)), p


cases = []


def case(layer, options, inputs, weights, compute, masks=None, pairs=None, causal=False, scores=False):
    masks = masks or [None] * len(inputs)
    steps = [None if m is None else torch.tensor(m, dtype=torch.bool) for m in masks]
    which = None if pairs is None else torch.tensor(pairs, dtype=torch.bool)
    y, p = compute(inputs, weights, steps, which, causal)
    dy, dp = torch.randn(y.shape), torch.randn(p.shape)
    loss = (dy * y).sum() + ((dp * p).sum() if scores else 0)
    given = [*inputs, *weights.values()]
    gradients = torch.autograd.grad(loss, given, allow_unused=True)
    zero = [numbers(torch.zeros_like(t) if g is None else g) for t, g in zip(given, gradients)]
    cases.append({
        "layer": layer,
        "options": options,
        "inputs": [numbers(t) for t in inputs],
        "masks": [None if m is None else numbers(m.to(torch.float64)) for m in steps],
        "pairs": None if which is None else numbers(which.to(torch.float64)),
        "causal": causal,
        "weights": {name: numbers(t) for name, t in weights.items()},
        "y": numbers(y),
        "probabilities": numbers(p) if scores else None,
        "dy": numbers(dy),
        "dp": numbers(dp) if scores else None,
        "dx": zero[:len(inputs)],
        "dweights": dict(zip(weights, zero[len(inputs):])),
    })


def mask_of(rows, steps, kind):
    """Masks in front, in the middle, at the end, and of all steps, one after the other."""
    def one(row):
        n = steps
        return {
            "front": [int(i >= 1 + row % 2) for i in range(n)],
            "middle": [int(not n // 3 <= i < n // 3 + 1 + row % 2) for i in range(n)],
            "end": [int(i < n - 1 - row % 2) for i in range(n)],
            "all": [int(row % 2 == 0)] * n,
        }[kind]
    return [one(row) for row in range(rows)]


def drawn_pairs(*shape):
    return (torch.rand(*shape) < 0.6).to(torch.int64).tolist()


def heads_of(q, v, k, h, g, kd, vd, out, bias=True):
    w = {"query/kernel": drawn(q, h, kd), "query/bias": drawn(h, kd), "key/kernel": drawn(k, g, kd), "key/bias": drawn(g, kd),
         "value/kernel": drawn(v, g, vd), "value/bias": drawn(g, vd),
         "attention_output/kernel": drawn(h, vd, out), "attention_output/bias": drawn(out)}
    return {name: t for name, t in w.items() if bias or not name.endswith("bias")}


def mha(h, kd, shapes, vd=None, out=None, bias=True, **more):
    """shapes: of query, value and key, as many as the layer is given."""
    q, v = shapes[0][-1], shapes[min(1, len(shapes) - 1)][-1]
    k = shapes[2][-1] if len(shapes) > 2 else v
    w = heads_of(q, v, k, h, h, kd, vd or kd, out or q, bias)
    options = {"numHeads": h, "keyDim": kd, **({"valueDim": vd} if vd else {}), **({"outputShape": out} if out else {}),
               **({} if bias else {"useBias": False})}
    case("multiHeadAttention", options, [drawn(*s) for s in shapes], w,
         lambda x, w, m, p, c: headed(x, w, h, h, m, p, c, bias), **more)


mha(1, 1, [(1, 1, 1)])
mha(3, 5, [(2, 7, 6)])
mha(2, 4, [(1, 3, 5), (1, 6, 4)])
mha(2, 3, [(5, 4, 3), (5, 3, 7), (5, 3, 2)], vd=5, out=9)
mha(2, 8, [(2, 5, 4)], bias=False, causal=True)
mha(2, 3, [(4, 5, 4)], masks=[mask_of(4, 5, "front")])
mha(2, 3, [(3, 5, 4)], masks=[mask_of(3, 5, "end")], causal=True, scores=True)
mha(1, 2, [(4, 3, 2), (4, 6, 3)], masks=[None, mask_of(4, 6, "middle")])
mha(2, 2, [(3, 4, 2), (3, 6, 3), (3, 6, 5)], masks=[mask_of(3, 4, "end"), mask_of(3, 6, "front"), mask_of(3, 6, "middle")])
mha(2, 3, [(3, 4, 2)], masks=[mask_of(3, 4, "all")], causal=True)
mha(3, 2, [(2, 5, 3), (2, 4, 3)], pairs=drawn_pairs(2, 5, 4), scores=True)
mha(3, 2, [(2, 5, 3)], pairs=drawn_pairs(2, 3, 5, 5), causal=True)
mha(4, 16, [(1, 21, 8)], masks=[mask_of(1, 21, "front")], causal=True)
mha(1, 9, [(1, 43, 5), (1, 45, 3)])


def gqa(kd, h, g, shapes, **more):
    q, v = shapes[0][-1], shapes[min(1, len(shapes) - 1)][-1]
    k = shapes[2][-1] if len(shapes) > 2 else v
    case("groupedQueryAttention", {"headDim": kd, "numQueryHeads": h, "numKeyValueHeads": g}, [drawn(*s) for s in shapes],
         heads_of(q, v, k, h, g, kd, kd, q), lambda x, w, m, p, c: headed(x, w, h, g, m, p, c), **more)


gqa(3, 2, 1, [(1, 1, 4)])
gqa(2, 4, 2, [(3, 5, 3)])
gqa(5, 3, 1, [(2, 4, 3), (2, 7, 5)], causal=True)
gqa(4, 6, 3, [(2, 3, 5), (2, 5, 2), (2, 5, 3)])
gqa(3, 2, 2, [(4, 4, 2)], masks=[mask_of(4, 4, "middle")], causal=True, scores=True)
gqa(8, 4, 1, [(1, 6, 3), (1, 9, 3)], masks=[mask_of(1, 6, "end"), mask_of(1, 9, "front")])
gqa(2, 4, 2, [(2, 5, 3)], pairs=drawn_pairs(2, 4, 5, 5))


def dot_score(w):
    return lambda q, k: q @ k.transpose(1, 2) * w.get("scale", 1)


def concat_score(w):
    return lambda q, k: w["concat_score_weight"] * torch.tanh(w.get("scale", 1) * (q[:, :, None] + k[:, None])).sum(-1)


def attention(shapes, scale=False, concat=False, **more):
    w = {**({"scale": drawn()} if scale else {}), **({"concat_score_weight": drawn()} if concat else {})}
    options = {**({"useScale": True} if scale else {}), **({"scoreMode": "concat"} if concat else {})}
    case("attention", options, [drawn(*s) for s in shapes], w,
         lambda x, w, m, p, c: scored(x, m, p, c, (concat_score if concat else dot_score)(w)), **more)


attention([(1, 1, 1), (1, 1, 1)])
attention([(3, 5, 2), (3, 4, 2)], scale=True, scores=True)
attention([(2, 3, 4), (2, 7, 5), (2, 7, 4)], masks=[None, mask_of(2, 7, "middle")])
attention([(4, 5, 3), (4, 5, 3)], masks=[mask_of(4, 5, "end"), mask_of(4, 5, "front")], causal=True)
attention([(2, 4, 3), (2, 6, 3)], masks=[None, mask_of(2, 6, "all")])
attention([(1, 3, 2), (1, 5, 2)], concat=True)
attention([(2, 3, 3), (2, 4, 1), (2, 4, 3)], scale=True, concat=True, masks=[mask_of(2, 3, "front"), mask_of(2, 4, "end")], scores=True)
attention([(2, 3, 2), (2, 4, 2)], pairs=drawn_pairs(2, 3, 4), concat=True)


def additive(shapes, scale=True, **more):
    w = {"scale": drawn(shapes[0][-1])} if scale else {}
    score = lambda w: lambda q, k: (w.get("scale", torch.ones(1)) * torch.tanh(q[:, :, None] + k[:, None])).sum(-1)
    case("additiveAttention", {} if scale else {"useScale": False}, [drawn(*s) for s in shapes], w,
         lambda x, w, m, p, c: scored(x, m, p, c, score(w)), **more)


additive([(1, 1, 1), (1, 1, 1)])
additive([(3, 5, 2), (3, 4, 2)], scores=True)
additive([(2, 3, 4), (2, 7, 5), (2, 7, 4)], scale=False, masks=[None, mask_of(2, 7, "front")])
additive([(3, 5, 3), (3, 5, 3)], masks=[mask_of(3, 5, "middle"), mask_of(3, 5, "end")], causal=True)
additive([(2, 4, 3), (2, 6, 3)], masks=[None, mask_of(2, 6, "all")])
additive([(2, 3, 9), (2, 4, 9)], pairs=drawn_pairs(2, 3, 4))


def block(shape, h, units, first=False, epsilon=1e-5, activation="relu", **more):
    d = shape[-1]
    kd = d // h
    inner = {f"self_attention_layer/{name}": t for name, t in heads_of(d, d, d, h, h, kd, kd, d).items()}
    w = {**inner, "self_attention_layer_norm/gamma": drawn(d), "self_attention_layer_norm/beta": drawn(d),
         "feedforward_layer_norm/gamma": drawn(d), "feedforward_layer_norm/beta": drawn(d),
         "feedforward_intermediate_dense/kernel": drawn(d, units), "feedforward_intermediate_dense/bias": drawn(units),
         "feedforward_output_dense/kernel": drawn(units, d), "feedforward_output_dense/bias": drawn(d)}
    options = {"intermediateDim": units, "numHeads": h, **({"normalizeFirst": True} if first else {}),
               **({} if epsilon == 1e-5 else {"layerNormEpsilon": epsilon}), **({} if activation == "relu" else {"activation": activation})}
    act = {"relu": torch.relu, "gelu": torch.nn.functional.gelu, "tanh": torch.tanh}[activation]
    case("transformerEncoder", options, [drawn(*shape)], w,
         lambda x, w, m, p, c: encoder(x[0], w, h, m, p, c, first, epsilon, act), **more)


block((1, 1, 2), 1, 1, epsilon=0.1)
block((2, 5, 6), 2, 7)
block((3, 4, 5), 2, 3, first=True, activation="gelu")
block((2, 6, 4), 4, 9, epsilon=0.01, causal=True, scores=True)
block((3, 5, 4), 1, 5, first=True, masks=[mask_of(3, 5, "end")], causal=True)
block((2, 5, 3), 1, 4, masks=[mask_of(2, 5, "front")], pairs=drawn_pairs(2, 5, 5), activation="tanh")

# What is written out above is PyTorch's own layer where that has the same layout.
own = torch.nn.MultiheadAttention(6, 2, batch_first=True)
with torch.no_grad():
    own.in_proj_bias.normal_(), own.out_proj.bias.normal_()
parts = zip(("query", "key", "value"), own.in_proj_weight.chunk(3), own.in_proj_bias.chunk(3))
w = {k: t for name, a, b in parts for k, t in ((f"{name}/kernel", a.T.reshape(6, 2, 3)), (f"{name}/bias", b.reshape(2, 3)))}
w.update({"attention_output/kernel": own.out_proj.weight.T.reshape(2, 3, 6), "attention_output/bias": own.out_proj.bias})
x = torch.randn(3, 5, 6)
end = torch.tensor(mask_of(3, 5, "end"), dtype=torch.bool)
found = headed([x, x], w, 2, 2, [None, end], None, False)
wanted = own(x, x, x, key_padding_mask=~end, average_attn_weights=False)
assert all(torch.allclose(a, b, atol=1e-12) for a, b in zip(found, wanted))

print(json.dumps(cases))
