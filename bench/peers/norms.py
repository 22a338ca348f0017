"""PyTorch's LayerNorm or BatchNorm1d, forward and backward. Usage: python3 bench/peers/norms.py <layer|batch> <rows> <width> <runs in a
window>; threads by OMP_NUM_THREADS."""
import json
import os
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
rows, width, window = map(int, sys.argv[2:5])
layer = {"layer": lambda: nn.LayerNorm(width, eps=1e-3), "batch": lambda: nn.BatchNorm1d(width, eps=1e-3)}[sys.argv[1]]()
x, dy = torch.randn(rows, width, requires_grad=True), torch.randn(rows, width)


def step():
    x.grad = None
    layer.zero_grad()
    layer(x).backward(dy)


for _ in range(200):
    step()
samples = []
end = time.perf_counter() + 0.7
while time.perf_counter() < end:
    start = time.perf_counter()
    step()
    samples.append((time.perf_counter() - start) * 1e3)


def median(values):
    return sorted(values)[len(values) // 2]


windows = [samples[i : i + window] for i in range(0, max(1, len(samples) - window), window)]
print(json.dumps({"version": torch.__version__, "median": median(samples), "best": min(map(median, windows))}))
