"""A training step in PyTorch: embedding 10,000 x 64 of 50 words, mean, dense 10, batch 32; forward, loss, backward, step. Usage:
python3 bench/peers/embedding.py <adam|sgd|adagrad> <dense|sparse> <milliseconds> <steps in a window>; threads by OMP_NUM_THREADS and
OPENBLAS_NUM_THREADS."""
import itertools
import os
import sys

import torch
from torch import nn

from print_times import print_times

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

batches = itertools.cycle(range(window))


def step():
    i = next(batches)
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(x[i]), y[i])
    loss.backward()
    optimizer.step()
    return loss.item()


print_times(step, milliseconds, window)
