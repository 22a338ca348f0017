"""What the Python peers share: the same samples as the others, and the protocol.

A peer is called with the name of a workload and prints one line of JSON: the median and the best milliseconds of a call after a
warm-up. `version` prints its version; `cold` trains XOR once and prints nothing.
"""
import json
import sys
import time

import numpy as np

WARM_SECONDS = 0.6
SECONDS = 1.0

MLPS = {
    "mlp-32": ([784, 512, 512, 10], 32),
    "mlp-128": ([784, 512, 512, 10], 128),
    "mlp-512": ([784, 512, 512, 10], 512),
    "small-32": ([20, 64, 64, 3], 32),
}
PRODUCTS = {"matmul-512": 512, "matmul-1024": 1024}
# glibc gives large arrays back to the system at every free until one as large as this was freed; numpy's step is three times slower then.
np.ones(31 << 18, np.float32)
XOR_X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], np.float32)
XOR_Y = np.array([[0], [1], [1], [0]], np.float32)


def draw_samples(widths, rows):
    """Uniform inputs and random class indices, in pairs of equal inputs and different labels, as bench/lib/create_mlp.ts says."""
    random = np.random.default_rng(1)
    x, y = random.uniform(-1, 1, (rows, widths[0])).astype(np.float32), random.integers(0, widths[-1], rows)
    x[1::2] = x[::2]
    y[1::2] = (y[::2] + 1) % widths[-1]
    return x, y


def draw_kernels(widths):
    """Glorot uniform kernels."""
    random = np.random.default_rng(2)
    limits = [(6 / (a + b)) ** 0.5 for a, b in zip(widths, widths[1:])]
    return [random.uniform(-l, l, (a, b)).astype(np.float32) for a, b, l in zip(widths, widths[1:], limits)]


def sample(call):
    """Milliseconds of calls, after a warm-up. `call` returns the seconds that count, or None where all do."""
    times = []
    end = time.perf_counter() + WARM_SECONDS
    calls = 0
    while calls < 3 or time.perf_counter() < end:
        call()
        calls += 1
    end = time.perf_counter() + SECONDS
    while len(times) < 5 or time.perf_counter() < end:
        start = time.perf_counter()
        own = call()
        times.append((time.perf_counter() - start if own is None else own) * 1000)
    return times


def main(version, fit_xor, create_step, create_product):
    """Does what the command line asks. `create_*` return the function to be timed, or None where the peer has none."""
    name = sys.argv[1]
    if name == "version":
        print(json.dumps({"version": version}))
        return
    if name == "cold":
        fit_xor()
        return
    if name == "xor":
        call = fit_xor
    elif name in MLPS:
        call = create_step(*MLPS[name])
    elif name in PRODUCTS:
        call = create_product(PRODUCTS[name])
    else:
        raise SystemExit(f"unknown workload {name}")
    if call is None:
        print(json.dumps({"skipped": True}))
        return
    times = sorted(sample(call))
    print(json.dumps({"median": times[len(times) // 2], "min": times[0], "count": len(times)}))
