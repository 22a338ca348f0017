"""Golden values of the public ops from PyTorch, in float64: python3 tests/golden/public_ops.py > tests/golden/public_ops.json

Each case: the op, its arguments ("$0" stands for the first tensor), the tensors, the output y, the weights dy, and the gradients of
sum(dy * y) by the tensors; null where there is none.
"""

import json

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(31)


def numbers(t):
    # 14 digits are 1e-14 of a number, a hundredth of what the test allows.
    return {"shape": list(t.shape), "data": [float(f"{v:.14g}") for v in t.detach().reshape(-1).tolist()]}


def short(t):
    # Multiples of 1/64: float32 kernels read the same numbers, and the file stays small.
    return torch.round(t * 64) / 64


def drawn(*shape, scale=1.0, shift=0.0):
    return short(scale * torch.randn(shape) + shift)


cases = []


def case(op, f, tensors, args=None):
    """`args` are the op's arguments; by default its tensors."""
    leaves = [t.clone().requires_grad_() for t in tensors]
    results = f(*leaves)
    listed = list(results) if isinstance(results, (list, tuple)) else [results]
    ys, dys, total = [], [], None
    for y in listed:
        dy = drawn(*y.shape)
        ys.append(numbers(y))
        dys.append(numbers(dy))
        if y.requires_grad:
            total = (y * dy).sum() if total is None else total + (y * dy).sum()
    grads = [None] * len(leaves) if total is None else torch.autograd.grad(total, leaves, allow_unused=True)
    cases.append(
        {
            "op": op,
            "args": [f"${i}" for i in range(len(tensors))] if args is None else args,
            "tensors": [numbers(t) for t in tensors],
            "y": ys,
            "dy": dys,
            "dx": [None if g is None else numbers(g) for g in grads],
        }
    )


SHAPES = [(1,), (1, 1), (5, 3), (4, 6), (2, 3, 5), (1, 33)]


def away(t, points=(0.0,), margin=0.05):
    """Moved off kinks."""
    for p in points:
        t = torch.where((t - p).abs() < margin, t + 2 * margin, t)
    return short(t)


# Functions of one tensor.
for shape in SHAPES:
    x = away(drawn(*shape))
    p = short(drawn(*shape).abs() + 0.1)
    case("negative", lambda x: -x, [x])
    case("abs", torch.abs, [x])
    case("sign", lambda x: torch.sign(x.detach()), [x])
    case("square", torch.square, [x])
    case("sqrt", torch.sqrt, [p])
    case("exp", torch.exp, [x])
    case("expm1", torch.expm1, [x])
    case("log", torch.log, [p])
    case("log1p", torch.log1p, [p])
    case("erf", torch.erf, [x])
    case("clip", lambda x: torch.clamp(x, -0.5, 0.8), [away(x, (-0.5, 0.8))], ["$0", -0.5, 0.8])

# The activations, with their defaults and with options.
kinks = (0.0, 1.0, -1.0, 3.0, -3.0, 6.0, 0.5, -0.5, 0.3, -0.3)
for shape in [(1, 1), (5, 3), (2, 3, 5)]:
    x = away(drawn(*shape, scale=2.5), kinks)
    for op, f, options in [
        ("sigmoid", torch.sigmoid, None),
        ("tanh", torch.tanh, None),
        ("relu", F.relu, None),
        ("relu", lambda x: torch.where(x > 0.3, torch.clamp(x, max=3.0), 0.1 * (x - 0.3)), {"maxValue": 3, "negativeSlope": 0.1, "threshold": 0.3}),
        ("relu6", F.relu6, None),
        ("leakyRelu", lambda x: F.leaky_relu(x, 0.2), None),
        ("leakyRelu", lambda x: F.leaky_relu(x, 0.05), {"negativeSlope": 0.05}),
        ("elu", F.elu, None),
        ("elu", lambda x: F.elu(x, 0.7), {"alpha": 0.7}),
        ("selu", F.selu, None),
        ("celu", lambda x: torch.where(x > 0, x, 1.3 * torch.expm1(x / 1.3)), {"alpha": 1.3}),
        ("gelu", F.gelu, None),
        ("gelu", lambda x: F.gelu(x, approximate="tanh"), {"approximate": True}),
        ("silu", F.silu, None),
        ("softplus", F.softplus, None),
        ("softsign", F.softsign, None),
        ("hardSigmoid", lambda x: torch.clamp(x / 6 + 0.5, 0, 1), None),
        ("hardSilu", lambda x: x * torch.clamp(x / 6 + 0.5, 0, 1), None),
        ("hardTanh", F.hardtanh, None),
        ("logSigmoid", F.logsigmoid, None),
        ("mish", F.mish, None),
        ("tanhShrink", F.tanhshrink, None),
        ("threshold", lambda x: F.threshold(x, 0.3, -2.0), {"threshold": 0.3, "defaultValue": -2}),
        ("hardShrink", F.hardshrink, None),
        ("softShrink", F.softshrink, None),
    ]:
        case(op, f, [x], ["$0"] if options is None else ["$0", options])

# Arithmetic and comparisons, of equal shapes, of shapes that are broadcast either way, and with numbers.
PAIRS = [
    ((5, 3), (5, 3)),
    ((1, 1), (1, 1)),
    ((5, 3), (3,)),
    ((5, 3), (1,)),
    ((5, 3), ()),
    ((4, 6), (4, 1)),
    ((1, 5), (4, 1)),
    ((3,), (5, 3)),
    ((2, 3, 5), (3, 5)),
    ((2, 3, 5), (2, 1, 5)),
    ((2, 3, 5), (3, 1)),
    ((2, 1, 5), (4, 1)),
    ((1,), (1, 1, 1)),
    ((6,), (6,)),
]
for left, right in PAIRS:
    a, b = drawn(*left), drawn(*right)
    positive = short(drawn(*left).abs() + 0.2)
    far = short(torch.where(b < 0, b - 0.3, b + 0.3))
    case("add", lambda a, b: a + b, [a, b])
    case("subtract", lambda a, b: a - b, [a, b])
    case("multiply", lambda a, b: a * b, [a, b])
    case("divide", lambda a, b: a / b, [a, far])
    case("maximum", torch.maximum, [a, b])
    case("minimum", torch.minimum, [a, b])
    case("power", torch.pow, [positive, b])
    r, s = torch.round(a), torch.round(b)
    for op, f in [
        ("greater", torch.gt),
        ("greaterEqual", torch.ge),
        ("less", torch.lt),
        ("lessEqual", torch.le),
        ("equal", torch.eq),
        ("notEqual", torch.ne),
    ]:
        case(op, lambda a, b, f=f: f(a.detach(), b.detach()).to(torch.float64), [r, s])
    case("where", lambda c, a, b: torch.where(c != 0, a, b), [r, a, b])
for shape in [(1, 1), (5, 3), (2, 3, 5)]:
    x = away(drawn(*shape), (0.25,))
    n = 0.75
    case("add", lambda x: x + n, [x], ["$0", n])
    case("add", lambda x: n + x, [x], [n, "$0"])
    case("subtract", lambda x: x - n, [x], ["$0", n])
    case("subtract", lambda x: n - x, [x], [n, "$0"])
    case("multiply", lambda x: n * x, [x], ["$0", n])
    case("multiply", lambda x: n * x, [x], [n, "$0"])
    case("divide", lambda x: x / 3, [x], ["$0", 3])
    case("divide", lambda x: 3 / x, [away(x)], [3, "$0"])
    case("maximum", lambda x: x.clamp(min=0.25), [x], ["$0", 0.25])
    case("maximum", lambda x: x.clamp(min=0.25), [x], [0.25, "$0"])
    case("minimum", lambda x: x.clamp(max=0.25), [x], ["$0", 0.25])
    case("minimum", lambda x: x.clamp(max=0.25), [x], [0.25, "$0"])
    for e in [0, 1, 2, 3, 7, -1, -2]:
        case("power", lambda x, e=e: x**e, [away(x)], ["$0", e])
    p = short(x.abs() + 0.1)
    for e in [0.5, 1.5, -0.3]:
        case("power", lambda x, e=e: x**e, [p], ["$0", e])
    case("power", lambda x: torch.pow(torch.tensor(2.5), x), [x], [2.5, "$0"])
    r = torch.round(x)
    case("greater", lambda x: (x.detach() > 0).to(x.dtype), [r], ["$0", 0])
    case("less", lambda x: (1 < x.detach()).to(x.dtype), [r], [1, "$0"])
    case("where", lambda c, x: torch.where(c != 0, x, torch.zeros(())), [r, x], ["$0", "$1", 0])

# Reductions.
for shape, axes in [
    ((7,), [None, 0]),
    ((1, 1), [None, 0, 1, [0, 1]]),
    ((5, 3), [None, 0, 1, -1, [0, 1]]),
    ((1, 13), [None, 0, 1]),
    ((4, 3, 7), [None, 0, 1, 2, -2, [0, 1], [1, 2], [2, 0], [0, 1, 2]]),
    ((2, 3, 4, 5), [1, 2, [1, 2], [1, 3], [0, 2], [0, 3]]),
]:
    x = drawn(*shape)
    for axis in axes:
        dims = tuple(range(len(shape))) if axis is None else tuple(axis) if isinstance(axis, list) else (axis,)
        for keep in [False, True] if shape in [(5, 3), (4, 3, 7)] else [False]:
            options = {**({} if axis is None else {"axis": axis}), **({"keepdims": True} if keep else {})}
            args = ["$0", options] if options else ["$0"]
            case("sum", lambda x: x.sum(dims, keepdim=keep), [x], args)
            case("mean", lambda x: x.mean(dims, keepdim=keep), [x], args)
            case("variance", lambda x: x.var(dims, unbiased=False, keepdim=keep), [x], args)
            if all(shape[d] > 1 for d in dims):
                case("std", lambda x: x.std(dims, unbiased=False, keepdim=keep), [x], args)
            case("max", lambda x: x.amax(dims, keepdim=keep), [torch.round(x)], args)
            case("min", lambda x: x.amin(dims, keepdim=keep), [torch.round(x)], args)

# Along an axis.
for shape in [(1, 1), (5, 3), (4, 6), (2, 3, 5), (1, 4, 1), (3, 2, 2, 5)]:
    x = drawn(*shape, scale=2.0)
    for axis in [None, *range(-len(shape), len(shape))]:
        args = ["$0"] if axis is None else ["$0", {"axis": axis}]
        d = -1 if axis is None else axis
        case("softmax", lambda x: F.softmax(x, d), [x], args)
        case("logSoftmax", lambda x: F.log_softmax(x, d), [x], args)
        case("l2Normalize", lambda x: x * (x * x).sum(d, keepdim=True).clamp(min=1e-12).rsqrt(), [x], args)

# Moving elements.
for shape in [(1, 1), (5, 3), (4, 6), (2, 3, 8), (1, 4, 1), (3, 2, 2, 5)]:
    x = drawn(*shape)
    n = len(shape)
    total = x.numel()
    case("reshape", lambda x: x.reshape(total), [x], ["$0", [total]])
    case("reshape", lambda x: x.reshape(shape[0], -1, 1), [x], ["$0", [shape[0], -1, 1]])
    case("transpose", lambda x: x.permute(*reversed(range(n))), [x], ["$0"])
    order = [0, *range(n - 1, 0, -1)]
    case("transpose", lambda x: x.permute(*order), [x], ["$0", [o - n if o else 0 for o in order]])
    for axis in [0, -1, 1]:
        case("expandDims", lambda x: x.unsqueeze(axis), [x], ["$0", axis])
    one = x.unsqueeze(1)
    case("squeeze", lambda x: x.squeeze(1), [one], ["$0", 1])
    case("squeeze", lambda x: x.squeeze(), [one], ["$0"])
    start = [0, *[s // 2 for s in shape[1:]]]
    size = [s - b for s, b in zip(shape, start)]
    index = tuple(slice(b, b + s) for b, s in zip(start, size))
    case("slice", lambda x: x[index], [x], ["$0", start, size])
    case("broadcastTo", lambda x: x.expand(2, *shape), [x], ["$0", [2, *shape]])
    case("broadcastTo", lambda x: x.expand(shape[0], 3, *shape[1:]), [one], ["$0", [shape[0], 3, *shape[1:]]])
    for axis in [0, -1]:
        case("flip", lambda x: x.flip(axis), [x], ["$0", {"axis": axis}])
        case("repeat", lambda x: x.repeat_interleave(3, axis), [x], ["$0", 3, {"axis": axis}])
        others = [x, drawn(*shape), drawn(*shape)]
        case("concatenate", lambda *t: torch.cat(t, axis), others, [["$0", "$1", "$2"], {"axis": axis}])
        case("stack", lambda *t: torch.stack(t, axis), others, [["$0", "$1", "$2"], {"axis": axis}])
        case("split", lambda x: torch.split(x, shape[axis], axis), [x], ["$0", 1, {"axis": axis}])
    case("flip", lambda x: x.flip(*range(n)), [x], ["$0"])
    case("tile", lambda x: x.repeat(*[k % 3 + 1 for k in range(n)]), [x], ["$0", [k % 3 + 1 for k in range(n)]])
    case("tile", lambda x: x.repeat(*[2] * n), [x], ["$0", [2] * n])
    case("repeat", lambda x: x.repeat_interleave(2), [x], ["$0", 2])
    width = [[k % 3, (k + 1) % 2] for k in range(n)]
    flat = [m for pair in reversed(width) for m in pair]
    case("pad", lambda x: F.pad(x, flat), [x], ["$0", width])
    case("pad", lambda x: F.pad(x, flat, value=-1.5), [x], ["$0", width, {"value": -1.5}])
x = drawn(4, 9, 2)
case("split", lambda x: torch.split(x, 3, 1), [x], ["$0", 3, {"axis": 1}])
case("split", lambda x: torch.tensor_split(x, (2, 3), 1), [x], ["$0", [2, 3], {"axis": 1}])
case("split", lambda x: torch.split(x, 2, 0), [x], ["$0", 2])

# Products.
for left, right in [
    ((1, 1), (1, 1)),
    ((5, 3), (3, 4)),
    ((4, 6), (6,)),
    ((5,), (5, 3)),
    ((5,), (5,)),
    ((2, 3, 5), (5, 7)),
    ((2, 3, 5), (2, 5, 7)),
    ((2, 3, 5), (1, 5, 7)),
    ((1, 3, 5), (4, 5, 7)),
    ((3, 5), (4, 5, 7)),
    ((2, 1, 3, 5), (4, 5, 1)),
    ((2, 3, 5), (5,)),
    ((5,), (4, 5, 7)),
    ((2, 17, 19), (2, 19, 5)),
]:
    case("matmul", torch.matmul, [drawn(*left), drawn(*right)])

# Looking up.
for shape, axis, places in [
    ((1, 1), 0, (1,)),
    ((7, 3), 0, (5,)),
    ((7, 3), 1, (4,)),
    ((7, 3), None, (2, 2)),
    ((6, 5), 0, (2, 3)),
    ((2, 5, 3), 1, (3, 2)),
    ((2, 5, 3), -1, (4,)),
    ((9,), 0, (1, 6)),
    ((4, 2, 3), 0, ()),
    ((13, 8), 0, (3, 1, 2)),
]:
    x = drawn(*shape)
    length = x.numel() if axis is None else shape[axis]
    index = torch.randint(0, length, places).to(torch.float64)

    def pick(x, i):
        flat = x.reshape(-1) if axis is None else x
        d = 0 if axis is None else axis % len(shape)
        found = flat.index_select(d, i.detach().long().reshape(-1))
        return found.reshape(*flat.shape[:d], *places, *flat.shape[d + 1 :])

    case("take", pick, [x, index], ["$0", "$1"] if axis is None else ["$0", "$1", {"axis": axis}])
for places, classes in [((1,), 1), ((5,), 3), ((1,), 7), ((2, 3), 4), ((3, 1), 10), ((), 5)]:
    index = torch.randint(0, classes, places)
    case("oneHot", lambda i: F.one_hot(i.detach().long(), classes).to(torch.float64), [index.to(torch.float64)], ["$0", classes])
for shape in [(1, 1), (5,), (5, 3), (1, 13), (2, 3, 5), (4, 6)]:
    x = torch.randperm(torch.Size(shape).numel()).reshape(shape).to(torch.float64) / 8
    for op, f in [("argmax", torch.argmax), ("argmin", torch.argmin)]:
        case(op, lambda x: f(x.detach()).to(torch.float64), [x], ["$0"])
        for axis in range(-1, len(shape)):
            case(op, lambda x: f(x.detach(), axis).to(torch.float64), [x], ["$0", {"axis": axis}])
        keep = {"axis": 0, "keepdims": True}
        case(op, lambda x: f(x.detach(), 0, keepdim=True).to(torch.float64), [x], ["$0", keep])

# Formulas: every primitive, and some of several.
def apply(primitive, *operands):
    return {"kind": "apply", "primitive": primitive, "operands": list(operands)}


def vector(name):
    return {"kind": "vector", "name": name}


def constant(value):
    return {"kind": "constant", "value": value}


X, T, S = vector("x"), vector("t"), {"kind": "scalar", "name": "s"}
both = {"x": "$0", "t": "$1"}
for left, right in [((1, 1), (1, 1)), ((5, 3), (5, 3)), ((2, 3, 5), (3, 5)), ((4, 1), (1, 3)), ((1, 7), (7,)), ((6,), (6,))]:
    x, t = away(drawn(*left)), away(drawn(*right))
    p = short(x.abs() + 0.1)
    binary = [
        ("add", torch.add),
        ("sub", torch.sub),
        ("mul", torch.mul),
        ("div", torch.div),
        ("min", torch.minimum),
        ("max", torch.maximum),
    ]
    for primitive, f in binary:
        case("formula", f, [x, t], [apply(primitive, X, T), both])
    for primitive, f, z in [
        ("neg", torch.neg, x),
        ("abs", torch.abs, x),
        ("sqrt", torch.sqrt, p),
        ("exp", torch.exp, x),
        ("expm1", torch.expm1, x),
        ("log", torch.log, p),
        ("log1p", torch.log1p, p),
        ("tanh", torch.tanh, x),
        ("sigmoid", torch.sigmoid, x),
        ("erf", torch.erf, x),
        ("softplus", F.softplus, x),
    ]:
        case("formula", f, [z], [apply(primitive, X), {"x": "$0"}])
    for primitive, f in [("greater", torch.gt), ("greaterEqual", torch.ge), ("equal", torch.eq)]:
        chosen = apply("select", apply(primitive, X, T), apply("mul", X, T), apply("exp", T))
        r, q = torch.round(x), torch.round(t)
        case("formula", lambda x, t: torch.where(f(x, t), x * t, torch.exp(t)), [r, q], [chosen, both])
    # s · x² − ln(1 + e^(x·t)) · 0.5, with x·t in it twice.
    product = apply("mul", X, T)
    long = apply("sub", apply("mul", S, apply("mul", product, product)), apply("mul", constant(0.5), apply("softplus", product)))
    case("formula", lambda x, t: 1.75 * (x * t) ** 2 - 0.5 * F.softplus(x * t), [x, t], [long, {**both, "s": 1.75}])

# Radians, of less than a turn and of many.
for shape, scale in [((7,), 1.0), ((3, 5), 4.0), ((2, 3, 2), 900.0), ((1, 4), 90.0), ((5,), 9.0)]:
    x = drawn(*shape, scale=scale)
    for name, f in [("sin", torch.sin), ("cos", torch.cos)]:
        case(name, f, [x])
        case("formula", f, [x], [apply(name, X), {"x": "$0"}])

print(json.dumps(cases, separators=(",", ":")))
