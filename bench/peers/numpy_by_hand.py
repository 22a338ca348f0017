"""numpy with gradients written by hand. Usage: python3 bench/peers/numpy_by_hand.py <workload>; threads by OPENBLAS_NUM_THREADS."""
import time

import numpy as np

from measure import XOR_X, XOR_Y, draw_kernels, draw_samples, main

f = np.float32


def fit_xor():
    w1, w2 = draw_kernels([2, 7, 1])
    b1, b2 = np.zeros(7, f), np.zeros(1, f)
    start = time.perf_counter()
    for _ in range(200):
        h = 1 / (1 + np.exp(-(XOR_X @ w1 + b1)))
        p = 1 / (1 + np.exp(-(h @ w2 + b2)))
        float(-np.mean(XOR_Y * np.log(p) + (1 - XOR_Y) * np.log(1 - p)))
        dz2 = (p - XOR_Y) / f(4)
        dz1 = (dz2 @ w2.T) * h * (1 - h)
        w2 -= f(4.5) * (h.T @ dz2)
        b2 -= f(4.5) * dz2.sum(0)
        w1 -= f(4.5) * (XOR_X.T @ dz1)
        b1 -= f(4.5) * dz1.sum(0)
    return time.perf_counter() - start


def create_step(widths, batch):
    x, y = draw_samples(widths, batch)
    labels = np.eye(widths[-1], dtype=f)[y]
    parameters = []
    for kernel in draw_kernels(widths):
        parameters += [kernel, np.zeros(kernel.shape[1], f)]
    means = [np.zeros_like(p) for p in parameters]
    squares = [np.zeros_like(p) for p in parameters]
    layers = len(widths) - 1
    steps = [0]

    def step():
        steps[0] += 1
        t = steps[0]
        h = [x]
        for i in range(layers):
            z = h[-1] @ parameters[2 * i] + parameters[2 * i + 1]
            h.append(np.maximum(z, 0) if i < layers - 1 else z)
        z = h[-1] - h[-1].max(1, keepdims=True)
        e = np.exp(z)
        p = e / e.sum(1, keepdims=True)
        g = (p - labels) / f(batch)
        gradients = [None] * (2 * layers)
        for i in reversed(range(layers)):
            gradients[2 * i] = h[i].T @ g
            gradients[2 * i + 1] = g.sum(0)
            if i:
                g = (g @ parameters[2 * i].T) * (h[i] > 0)
        rate, scale = f(1e-3 / (1 - 0.9**t)), f(1 / (1 - 0.999**t))
        for w, g, m, v in zip(parameters, gradients, means, squares):
            m *= f(0.9)
            m += f(0.1) * g
            v *= f(0.999)
            v += f(0.001) * g * g
            w -= rate * m / (np.sqrt(v * scale) + f(1e-7))
        float(-np.log(p[np.arange(batch), y] + f(1e-30)).mean())

    return step


def create_product(size):
    a, b = (np.random.default_rng(i).random((size, size), f) for i in (1, 2))

    def product():
        a @ b

    return product


main(np.__version__, fit_xor, create_step, create_product)
