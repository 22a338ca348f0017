"""A training step in PyTorch: embedding 10,000 x 64 of 50 words, mean, dense 10, batch 32; forward, loss, backward, step. Usage:
python3 bench/peers/embedding.py <adam|sgd|adagrad> <dense|sparse> <milliseconds> <steps in a window>; threads by OMP_NUM_THREADS and
OPENBLAS_NUM_THREADS."""
import json
import os
import sys
import time

import torch
from torch import nn

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
torch.manual_seed(0)
rule, kind, milliseconds, window = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])


class Words(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(10000, 64, sparse=kind == "sparse")
        self.head = nn.Linear(64, 10)

    def forward(self, x):
        return self.head(self.words(x).mean(1))


model = Words()
x, y = torch.randint(0, 10000, (window, 32, 50)), torch.randint(0, 10, (window, 32))
optimizer = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD, "adagrad": torch.optim.Adagrad}[rule](model.parameters(), lr=1e-3)


def step(i):
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(x[i]), y[i])
    loss.backward()
    optimizer.step()
    return loss.item()


for i in range(2 * window):
    step(i % window)
samples = []
end = time.perf_counter() + milliseconds / 1e3
while time.perf_counter() < end or len(samples) < 3:
    start = time.perf_counter()
    for i in range(window):
        step(i)
    samples.append((time.perf_counter() - start) * 1e3 / window)
samples.sort()
print(json.dumps({"version": torch.__version__, "median": samples[len(samples) // 2], "least": samples[0]}))
