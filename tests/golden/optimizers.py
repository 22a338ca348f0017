"""Five golden steps of every optimizer, in float64. Writes optimizers.json beside this file.

Each case: the name of our optimizer, its options, where the values come from, the initial weights, the gradient of every step and
the weights after every step. The gradients are given numbers: they do not depend on the weights. `cases` have one variable of six
elements, for optimizers that treat each by itself; `layered` have variables of several shapes, for those that look at them as a whole.

`pytorch`: PyTorch's own optimizer, where its definition agrees with Keras 3's, if need be after a change of parameters that the
comment states. `numpy`: a transcription of the published formula with Keras 3's placement of epsilon, where PyTorch's differs.
"""
import json
import math
import pathlib

import numpy as np
import torch
from torch import optim

W = [0.5, -1.25, 2.0, 0.03125, -0.0625, 3.5]
G = [
    [0.25, -0.5, 0.03125, 1.5, -0.0078125, 0.0],
    [0.5, 0.75, -0.0625, 1.25, 0.015625, 0.0],
    [-0.125, 0.5, 0.25, -2.0, -0.03125, 0.5],
    [1.0, -0.375, 0.125, 0.5, 0.0, -4.0],
    [-0.75, 0.0625, -0.5, 0.25, 0.0234375, 8.0],
]


def with_torch(make, before_step=lambda group, t: None):
    w = torch.nn.Parameter(torch.tensor(W, dtype=torch.float64))
    optimizer = make([w])
    found = []
    for t, g in enumerate(G, 1):
        before_step(optimizer.param_groups[0], t)
        w.grad = torch.tensor(g, dtype=torch.float64)
        optimizer.step()
        found.append(w.detach().tolist())
    return found


def with_numpy(step, rate):
    """`step` returns what is subtracted from w; it gets and puts arrays that begin as zeros."""
    w = np.array(W)
    state = {}
    zero = np.zeros_like(w)
    found = []
    for t, g in enumerate(G, 1):
        now = rate(t) if callable(rate) else rate
        w = w - step(lambda name: state.get(name, zero), state.__setitem__, np.array(g), now, t, w)
        found.append(w.tolist())
    return found


def case(name, options, source, weights):
    return {"optimizer": name, "options": options, "source": source, "weights": weights}


def hat(beta2, eps):
    """PyTorch adds its epsilon after the bias correction of v: epsilon / sqrt(1 - beta2^t) makes it Keras's (Kingma's epsilon hat)."""
    def before(group, t):
        group["eps"] = eps / math.sqrt(1 - beta2 ** t)
    return before


def rmsprop(rho, eps, momentum=0.0, centered=False):
    # Tieleman and Hinton 2012, Graves 2013; Keras adds epsilon under the root, PyTorch to the root.
    def step(get, put, g, rate, t, w):
        put("v", rho * get("v") + (1 - rho) * g * g)
        under = get("v")
        if centered:
            put("a", rho * get("a") + (1 - rho) * g)
            under = under - get("a") ** 2
        s = rate * g / np.sqrt(under + eps)
        put("m", momentum * get("m") + s)
        return get("m")
    return step


def adamax(beta1, beta2, eps):
    # Kingma and Ba 2015, algorithm 2; Keras adds epsilon to u, PyTorch to |g|.
    def step(get, put, g, rate, t, w):
        put("m", beta1 * get("m") + (1 - beta1) * g)
        put("u", np.maximum(beta2 * get("u"), np.abs(g)))
        return rate / (1 - beta1 ** t) * get("m") / (get("u") + eps)
    return step


def nadam(beta1, beta2, eps):
    # Dozat 2015 with Keras's 0.96^t (PyTorch's momentum_decay 1). PyTorch 1.13 multiplies u(t) twice into U(t + 1), which later
    # versions mend, and keeps the product in float32.
    def u(t):
        return beta1 * (1 - 0.5 * 0.96 ** t)

    def product(t):
        return math.prod(u(i) for i in range(1, t + 1))

    def step(get, put, g, rate, t, w):
        put("m", beta1 * get("m") + (1 - beta1) * g)
        put("v", beta2 * get("v") + (1 - beta2) * g * g)
        m = u(t + 1) * get("m") / (1 - product(t + 1)) + (1 - u(t)) * g / (1 - product(t))
        return rate * m / (np.sqrt(get("v") / (1 - beta2 ** t)) + eps)
    return step


def lion(beta1, beta2, decay=0.0):
    # Chen et al. 2023, algorithm 2.
    def step(get, put, g, rate, t, w):
        c = beta1 * get("m") + (1 - beta1) * g
        put("m", beta2 * get("m") + (1 - beta2) * g)
        return rate * (np.sign(c) + decay * w)
    return step


def sgd(momentum, nesterov=False):
    # Keras 3: the learning rate is inside the velocity, so that it matters when it changes; PyTorch's is outside.
    def step(get, put, g, rate, t, w):
        put("m", momentum * get("m") - rate * g)
        return -(momentum * get("m") - rate * g) if nesterov else -get("m")
    return step


def decayed(step, decay):
    """Decoupled decay before the step."""
    def both(get, put, g, rate, t, w):
        return rate * decay * w + step(get, put, g, rate, t, w)
    return both


def halving(t):
    return 0.5 * 0.5 ** (t - 1)


HALVING = {"id": "exponential_decay", "config": {"initialLearningRate": 0.5, "decaySteps": 1, "decayRate": 0.5}}

cases = [
    case("sgd", {}, "pytorch", with_torch(lambda p: optim.SGD(p, 0.01))),
    case("sgd", {"learningRate": 0.1, "momentum": 0.9}, "pytorch",
         with_torch(lambda p: optim.SGD(p, 0.1, momentum=0.9))),
    case("sgd", {"learningRate": 0.1, "momentum": 0.8, "nesterov": True}, "pytorch",
         with_torch(lambda p: optim.SGD(p, 0.1, momentum=0.8, nesterov=True))),
    case("sgd", {"learningRate": HALVING, "momentum": 0.9}, "numpy", with_numpy(sgd(0.9), halving)),
    case("sgd", {"learningRate": HALVING, "momentum": 0.9, "nesterov": True}, "numpy",
         with_numpy(sgd(0.9, True), halving)),
    case("sgd", {"learningRate": 0.1, "momentum": 0.9, "weightDecay": 0.25}, "numpy",
         with_numpy(decayed(sgd(0.9), 0.25), 0.1)),
    case("rmsprop", {}, "numpy", with_numpy(rmsprop(0.9, 1e-7), 0.001)),
    case("rmsprop", {"learningRate": 0.01, "rho": 0.8, "epsilon": 1e-3}, "numpy", with_numpy(rmsprop(0.8, 1e-3), 0.01)),
    case("rmsprop", {"learningRate": 0.01, "momentum": 0.5}, "numpy", with_numpy(rmsprop(0.9, 1e-7, 0.5), 0.01)),
    case("rmsprop", {"learningRate": 0.01, "centered": True}, "numpy",
         with_numpy(rmsprop(0.9, 1e-7, centered=True), 0.01)),
    case("rmsprop", {"learningRate": 0.01, "momentum": 0.5, "centered": True, "weightDecay": 0.1}, "numpy",
         with_numpy(decayed(rmsprop(0.9, 1e-7, 0.5, True), 0.1), 0.01)),
    case("adam", {}, "pytorch", with_torch(lambda p: optim.Adam(p, 0.001), hat(0.999, 1e-7))),
    case("adam", {"learningRate": 0.1, "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-3}, "pytorch",
         with_torch(lambda p: optim.Adam(p, 0.1, betas=(0.8, 0.9)), hat(0.9, 1e-3))),
    case("adam", {"learningRate": 0.1, "beta2": 0.9, "amsgrad": True}, "pytorch",
         with_torch(lambda p: optim.Adam(p, 0.1, betas=(0.9, 0.9), amsgrad=True), hat(0.9, 1e-7))),
    case("adamw", {}, "pytorch", with_torch(lambda p: optim.AdamW(p, 0.001, weight_decay=0.004), hat(0.999, 1e-7))),
    case("adamw", {"learningRate": 0.1, "weightDecay": 0.5, "amsgrad": True}, "pytorch",
         with_torch(lambda p: optim.AdamW(p, 0.1, weight_decay=0.5, amsgrad=True), hat(0.999, 1e-7))),
    case("adamax", {}, "numpy", with_numpy(adamax(0.9, 0.999, 1e-7), 0.001)),
    case("adamax", {"learningRate": 0.1, "beta1": 0.8, "beta2": 0.7, "epsilon": 1e-3}, "numpy",
         with_numpy(adamax(0.8, 0.7, 1e-3), 0.1)),
    case("nadam", {}, "numpy", with_numpy(nadam(0.9, 0.999, 1e-7), 0.001)),
    case("nadam", {"learningRate": 0.1, "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-3}, "numpy",
         with_numpy(nadam(0.8, 0.9, 1e-3), 0.1)),
    # Keras's epsilon under the root is a larger initial sum and no epsilon in PyTorch.
    case("adagrad", {}, "pytorch",
         with_torch(lambda p: optim.Adagrad(p, 0.001, initial_accumulator_value=0.1 + 1e-7, eps=0))),
    case("adagrad", {"learningRate": 0.5, "initialAccumulatorValue": 0, "epsilon": 0.01}, "pytorch",
         with_torch(lambda p: optim.Adagrad(p, 0.5, initial_accumulator_value=0.01, eps=0))),
    case("adadelta", {}, "pytorch", with_torch(lambda p: optim.Adadelta(p, 0.001, rho=0.95, eps=1e-7))),
    case("adadelta", {"learningRate": 1, "rho": 0.8, "epsilon": 0.01}, "pytorch",
         with_torch(lambda p: optim.Adadelta(p, 1.0, rho=0.8, eps=0.01))),
    case("lion", {}, "numpy", with_numpy(lion(0.9, 0.99), 0.001)),
    case("lion", {"learningRate": 0.01, "beta1": 0.7, "beta2": 0.8, "weightDecay": 0.5}, "numpy",
         with_numpy(lion(0.7, 0.8, 0.5), 0.01)),
]


# Variables of several shapes: matrices broad and tall, a bias, one of zeros, one of three axes, one number.
rng = np.random.RandomState(7)


def draw(*shape, scale=1.0):
    """Numbers that float32 holds as they are."""
    return np.round(rng.randn(*shape) * scale * 64) / 64


LAYERS = {
    "broad/kernel": draw(4, 6),
    "broad/bias": np.zeros(6),
    "tall/kernel": draw(7, 3, scale=0.5),
    "tall/gamma": draw(3) + 1,
    "embedding/embeddings": draw(5, 4),
    "cube/weight": draw(2, 3, 4),
    "last/scale": np.array(1.5),
}
LAYER_GRADIENTS = [{name: draw(*w.shape, scale=0.25 * (1 + t % 2)) for name, w in LAYERS.items()} for t in range(5)]
# A row and a column without a gradient.
for gradients in LAYER_GRADIENTS[:2]:
    gradients["broad/kernel"][1] = 0
    gradients["broad/kernel"][:, 2] = 0


def layered(name, options, step, rate, decay=lambda name, w: 0.0):
    """`step` returns the new weights of one variable, from its state, a dictionary that is its own."""
    weights = dict(LAYERS)
    states = {n: {} for n in weights}
    found = []
    for t, gradients in enumerate(LAYER_GRADIENTS, 1):
        now = rate(t) if callable(rate) else rate
        for n, w in weights.items():
            w = w - w * decay(n, w) * now
            weights[n] = step(states[n], n, w, gradients[n], now, t)
        found.append([np.ravel(w).tolist() for w in weights.values()])
    return {"optimizer": name, "options": options, "source": "numpy", "weights": found}


def lamb(beta1, beta2, eps):
    # You et al. 2020, algorithm 2, with Keras's epsilon, and 1 for the ratio where a norm is 0.
    def step(state, name, w, g, rate, t):
        state["m"] = beta1 * state.get("m", 0 * w) + (1 - beta1) * g
        state["v"] = beta2 * state.get("v", 0 * w) + (1 - beta2) * g * g
        u = state["m"] / (1 - beta1 ** t) / (np.sqrt(state["v"] / (1 - beta2 ** t)) + eps)
        w_norm, u_norm = np.sqrt(np.sum(w ** 2)), np.sqrt(np.sum(u ** 2))
        ratio = w_norm / u_norm if w_norm > 0 and u_norm > 0 else 1.0
        return w - rate * ratio * u
    return step


def always(value):
    return lambda name, w: value


layered_cases = [
    layered("lamb", {}, lamb(0.9, 0.999, 1e-7), 0.001),
    layered("lamb", {"learningRate": 0.1}, lamb(0.9, 0.999, 1e-7), 0.1),
    layered("lamb", {"learningRate": 0.1, "beta1": 0.8, "beta2": 0.9}, lamb(0.8, 0.9, 1e-7), 0.1),
    layered("lamb", {"learningRate": 0.25, "epsilon": 0.01}, lamb(0.9, 0.999, 0.01), 0.25),
    layered("lamb", {"learningRate": 0.1, "weightDecay": 0.25}, lamb(0.9, 0.999, 1e-7), 0.1, always(0.25)),
    layered("lamb", {"learningRate": HALVING, "beta1": 0}, lamb(0, 0.999, 1e-7), halving),
]

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({
    "initial": W,
    "gradients": G,
    "cases": cases,
    "layers": {
        "names": list(LAYERS),
        "shapes": [w.shape for w in LAYERS.values()],
        "initial": [np.ravel(w).tolist() for w in LAYERS.values()],
        "gradients": [[np.ravel(g).tolist() for g in gradients.values()] for gradients in LAYER_GRADIENTS],
    },
    "layered": layered_cases,
}, indent=1) + "\n")
