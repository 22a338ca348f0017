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


def ftrl(power=-0.5, l1=0.0, l2=0.0, shrinkage=0.0, beta=0.0, initial=0.1):
    # McMahan et al. 2013, algorithm 1, with Keras's general power and its shrinkage.
    def step(get, put, g, rate, t, w):
        n = get("n") + (initial if t == 1 else 0)
        z = get("z")
        grown = n + g * g
        sigma = (grown ** -power - n ** -power) / rate
        z = z + g + 2 * shrinkage * w - sigma * w
        put("n", grown)
        put("z", z)
        below = grown ** -power / rate + 2 * l2 + beta / rate
        new = np.where(np.abs(z) <= l1, 0.0, (np.sign(z) * l1 - z) / np.where(below == 0, 1, below))
        return w - new
    return step


def schedule_free(beta1, beta2, eps, warmup=0, decay=0.0):
    """The weights x and the points y of every step."""
    # Defazio et al. 2024, with Keras's weights 1 / t: z is the base sequence, x its average, y between them.
    def run(rate):
        x = np.array(W)
        y, z, v = x, x, np.zeros_like(x)
        found, points = [], []
        for t, g in enumerate(G, 1):
            g = np.array(g)
            now = (rate(t) if callable(rate) else rate) * (min(1, t / warmup) if warmup else 1)
            v = beta2 * v + (1 - beta2) * g * g
            z = z - now * (g / (np.sqrt(v / (1 - beta2 ** t)) + eps) + decay * y)
            x = (1 - 1 / t) * x + z / t
            y = (1 - beta1) * z + beta1 * x
            found.append(x.tolist())
            points.append(y.tolist())
        return found, points
    return run


def schedule_free_case(options, run, rate):
    weights, points = run(rate)
    return {**case("adam_schedule_free", options, "numpy", weights), "slots": {"point": points}}


def decayed(step, decay):
    """Decoupled decay before the step."""
    def both(get, put, g, rate, t, w):
        return rate * decay * w + step(get, put, g, rate, t, w)
    return both


def before_step(step, decay):
    """Decay of the weights that the step sees."""
    def both(get, put, g, rate, t, w):
        v = w - w * decay * rate
        return w - v + step(get, put, g, rate, t, v)
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
    case("ftrl", {}, "numpy", with_numpy(ftrl(), 0.001)),
    case("ftrl", {"learningRate": 0.5, "l1RegularizationStrength": 0.5, "l2RegularizationStrength": 0.25}, "numpy",
         with_numpy(ftrl(l1=0.5, l2=0.25), 0.5)),
    case("ftrl", {"learningRate": 0.5, "l2ShrinkageRegularizationStrength": 0.125, "beta": 0.5}, "numpy",
         with_numpy(ftrl(shrinkage=0.125, beta=0.5), 0.5)),
    case("ftrl", {"learningRate": 0.25, "learningRatePower": 0, "l2RegularizationStrength": 0.5}, "numpy",
         with_numpy(ftrl(power=0, l2=0.5), 0.25)),
    case("ftrl", {"learningRate": 0.5, "learningRatePower": -0.75, "initialAccumulatorValue": 0.5}, "numpy",
         with_numpy(ftrl(power=-0.75, initial=0.5), 0.5)),
    # Weights that no gradient has reached, and nothing to divide by.
    case("ftrl", {"learningRate": 0.25, "initialAccumulatorValue": 0, "l1RegularizationStrength": 0.25}, "numpy",
         with_numpy(ftrl(initial=0, l1=0.25), 0.25)),
    case("ftrl", {"learningRate": 0.5, "l1RegularizationStrength": 0.1, "weightDecay": 0.25}, "numpy",
         with_numpy(before_step(ftrl(l1=0.1), 0.25), 0.5)),
    schedule_free_case({}, schedule_free(0.9, 0.999, 1e-8), 0.0025),
    schedule_free_case({"learningRate": 0.1, "beta1": 0.8, "beta2": 0.9}, schedule_free(0.8, 0.9, 1e-8), 0.1),
    schedule_free_case({"learningRate": 0.1, "warmupSteps": 3}, schedule_free(0.9, 0.999, 1e-8, warmup=3), 0.1),
    schedule_free_case({"learningRate": 0.1, "weightDecay": 0.25}, schedule_free(0.9, 0.999, 1e-8, decay=0.25), 0.1),
    schedule_free_case({"learningRate": 0.1, "epsilon": 0.01, "beta1": 0.5}, schedule_free(0.5, 0.999, 0.01), 0.1),
    schedule_free_case({"learningRate": HALVING, "warmupSteps": 2, "weightDecay": 0.1},
                       schedule_free(0.9, 0.999, 1e-8, warmup=2, decay=0.1), halving),
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


def adafactor(beta2_decay=-0.8, eps1=1e-30, eps2=1e-3, clip=1.0, relative=True):
    # Shazeer and Stern 2018, algorithms 4 and 5; of more than two axes the last two are factored, as in Keras.
    def rms(x):
        return np.sqrt(np.mean(np.square(x)))

    def step(state, name, w, g, rate, t):
        rho = min(rate, 1 / math.sqrt(t)) if relative else rate
        keep = 1 - t ** beta2_decay
        s = g * g + eps1
        if w.ndim >= 2:
            r = keep * state.get("r", np.zeros(w.shape[:-1])) + (1 - keep) * s.mean(-1)
            c = keep * state.get("c", np.zeros(w.shape[:-2] + w.shape[-1:])) + (1 - keep) * s.mean(-2)
            state["r"], state["c"] = r, c
            v = (r / r.mean(-1, keepdims=True))[..., None] * c[..., None, :]
        else:
            v = state["v"] = keep * state.get("v", np.zeros(w.shape)) + (1 - keep) * s
        u = g / np.sqrt(v)
        u = u / max(1.0, rms(u) / clip)
        return w - max(eps2, rms(w)) * rho * u
    return step


def muon(beta1=0.9, beta2=0.999, eps=1e-7, excluded=(), embeddings=True, a=3.4445, b=-4.775, c=2.0315, ratio=1.0,
         momentum=0.95, steps=5, nesterov=True, rms_rate=0.2):
    # Jordan et al. 2024 with the scale of Liu et al. 2025, as in Keras; Adam with Kingma's epsilon hat.
    def step(state, name, w, g, rate, t):
        if left_to_adam(name, w, excluded, embeddings):
            m = state["m"] = beta1 * state.get("m", 0 * w) + (1 - beta1) * g
            v = state["v"] = beta2 * state.get("v", 0 * w) + (1 - beta2) * g * g
            alpha = rate * ratio * math.sqrt(1 - beta2 ** t) / (1 - beta1 ** t)
            return w - alpha * m / (np.sqrt(v) + eps)
        m = state["m"] = momentum * state.get("m", 0 * w) + g
        x = g + momentum * m if nesterov else m
        tall = x.shape[0] > x.shape[1]
        x = x.T if tall else x
        x = x / (np.linalg.norm(x) + 1e-7)
        for _ in range(steps):
            s = x @ x.T
            x = a * x + (b * s + c * s @ s) @ x
        x = x.T if tall else x
        return w - rate * (rms_rate * math.sqrt(max(w.shape)) if rms_rate else 1) * x
    return step


def left_to_adam(name, w, excluded, embeddings):
    return w.ndim != 2 or (embeddings and "embedding" in name) or any(part in name for part in excluded)


def muon_decay(decay, adam_decay, excluded=(), embeddings=True):
    return lambda name, w: adam_decay if left_to_adam(name, w, excluded, embeddings) else decay


def always(value):
    return lambda name, w: value


layered_cases = [
    layered("lamb", {}, lamb(0.9, 0.999, 1e-7), 0.001),
    layered("lamb", {"learningRate": 0.1}, lamb(0.9, 0.999, 1e-7), 0.1),
    layered("lamb", {"learningRate": 0.1, "beta1": 0.8, "beta2": 0.9}, lamb(0.8, 0.9, 1e-7), 0.1),
    layered("lamb", {"learningRate": 0.25, "epsilon": 0.01}, lamb(0.9, 0.999, 0.01), 0.25),
    layered("lamb", {"learningRate": 0.1, "weightDecay": 0.25}, lamb(0.9, 0.999, 1e-7), 0.1, always(0.25)),
    layered("lamb", {"learningRate": HALVING, "beta1": 0}, lamb(0, 0.999, 1e-7), halving),
    layered("adafactor", {}, adafactor(), 0.001),
    layered("adafactor", {"learningRate": 0.5}, adafactor(), 0.5),
    layered("adafactor", {"learningRate": 0.75, "relativeStep": False}, adafactor(relative=False), 0.75),
    layered("adafactor", {"learningRate": 0.25, "beta2Decay": -0.5, "clipThreshold": 0.5},
            adafactor(beta2_decay=-0.5, clip=0.5), 0.25),
    layered("adafactor", {"learningRate": 0.25, "epsilon1": 0.01, "epsilon2": 0.5}, adafactor(eps1=0.01, eps2=0.5), 0.25),
    layered("adafactor", {"learningRate": HALVING, "weightDecay": 0.1}, adafactor(), halving, always(0.1)),
    layered("muon", {}, muon(), 0.001, muon_decay(0.004, 0.004)),
    layered("muon", {"learningRate": 0.1, "excludeLayers": ["tall/"], "adamLrRatio": 0.1},
            muon(excluded=["tall/"], ratio=0.1), 0.1, muon_decay(0.004, 0.004, ["tall/"])),
    layered("muon", {"learningRate": 0.1, "nesterov": False, "momentum": 0.8, "rmsRate": None, "nsSteps": 3},
            muon(nesterov=False, momentum=0.8, rms_rate=None, steps=3), 0.1, muon_decay(0.004, 0.004)),
    layered("muon", {"learningRate": 0.1, "weightDecay": 0.25, "adamWeightDecay": None, "excludeEmbeddings": False},
            muon(embeddings=False), 0.1, muon_decay(0.25, 0.0, embeddings=False)),
    layered("muon", {"learningRate": 0.05, "muonA": 2, "muonB": -1.5, "muonC": 0.5, "weightDecay": None, "adamBeta1": 0.8},
            muon(a=2, b=-1.5, c=0.5, beta1=0.8), 0.05, muon_decay(0.0, 0.004)),
    layered("muon", {"learningRate": HALVING, "adamBeta2": 0.9, "epsilon": 0.001},
            muon(beta2=0.9, eps=0.001), halving, muon_decay(0.004, 0.004)),
]



# Keras 3's defaults, of all optimizers and of each.
DEFAULTS = {
    "common": {
        "weightDecay": None, "clipnorm": None, "clipvalue": None, "globalClipnorm": None, "useEma": False, "emaMomentum": 0.99,
        "emaOverwriteFrequency": None, "gradientAccumulationSteps": None,
    },
    "sgd": {"learningRate": 0.01, "momentum": 0, "nesterov": False},
    "rmsprop": {"learningRate": 0.001, "rho": 0.9, "momentum": 0, "epsilon": 1e-7, "centered": False},
    "adam": {"learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7, "amsgrad": False},
    "adamw": {
        "learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7, "amsgrad": False, "weightDecay": 0.004,
    },
    "adamax": {"learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7},
    "nadam": {"learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7},
    "adagrad": {"learningRate": 0.001, "initialAccumulatorValue": 0.1, "epsilon": 1e-7},
    "adadelta": {"learningRate": 0.001, "rho": 0.95, "epsilon": 1e-7},
    "lion": {"learningRate": 0.001, "beta1": 0.9, "beta2": 0.99},
    "lamb": {"learningRate": 0.001, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7},
    "ftrl": {
        "learningRate": 0.001, "learningRatePower": -0.5, "initialAccumulatorValue": 0.1, "l1RegularizationStrength": 0,
        "l2RegularizationStrength": 0, "l2ShrinkageRegularizationStrength": 0, "beta": 0,
    },
    "adafactor": {
        "learningRate": 0.001, "beta2Decay": -0.8, "epsilon1": 1e-30, "epsilon2": 1e-3, "clipThreshold": 1,
        "relativeStep": True,
    },
    "muon": {
        "learningRate": 0.001, "adamBeta1": 0.9, "adamBeta2": 0.999, "adamWeightDecay": 0.004, "epsilon": 1e-7,
        "weightDecay": 0.004, "excludeLayers": [], "excludeEmbeddings": True, "muonA": 3.4445, "muonB": -4.775,
        "muonC": 2.0315, "adamLrRatio": 1, "momentum": 0.95, "nsSteps": 5, "nesterov": True, "rmsRate": 0.2,
    },
    "adam_schedule_free": {"learningRate": 0.0025, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "warmupSteps": 0},
}

# Rates with which each finds the minimum of a parabola and of Rosenbrock's function, found by trying a few; what counts is that each
# gets there. They fall to 0 in a straight line, but for ftrl, whose weights are proportional to the rate.
RATES = {
    "sgd": {"parabola": 0.02, "rosenbrock": 0.001, "options": {"momentum": 0.9}},
    "rmsprop": {"parabola": 0.01, "rosenbrock": 0.01},
    "adam": {"parabola": 0.01, "rosenbrock": 0.01},
    "adamw": {"parabola": 0.01, "rosenbrock": 0.01, "options": {"weightDecay": 0}},
    "adamax": {"parabola": 0.01, "rosenbrock": 0.02},
    "nadam": {"parabola": 0.01, "rosenbrock": 0.01},
    "adagrad": {"parabola": 0.5, "rosenbrock": 0.5},
    "adadelta": {"parabola": 1, "rosenbrock": 1},
    "lion": {"parabola": 0.003, "rosenbrock": 0.003},
    "lamb": {"parabola": 0.01, "rosenbrock": 0.01},
    "ftrl": {"parabola": 0.5, "rosenbrock": 0.5, "isConstant": True},
    "adafactor": {"parabola": 0.03, "rosenbrock": 0.03},
    "muon": {"parabola": 0.01, "rosenbrock": 0.01, "options": {"adamWeightDecay": 0}},
    "adam_schedule_free": {"parabola": 0.01, "rosenbrock": 0.01},
}


def written(value, depth=0):
    """JSON with one list of numbers a line."""
    if isinstance(value, dict):
        rows = [f"{json.dumps(key)}: {written(each, depth + 1)}" for key, each in value.items()]
    elif isinstance(value, (list, tuple)) and any(isinstance(each, (dict, list, tuple)) for each in value):
        rows = [written(each, depth + 1) for each in value]
    else:
        return json.dumps(value)
    begin, end = "{}" if isinstance(value, dict) else "[]"
    space = "\n" + " " * depth
    return f"{begin}{space} " + f",{space} ".join(rows) + f"{space}{end}"


path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(written({
    "defaults": DEFAULTS,
    "rates": RATES,
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
}) + "\n")
