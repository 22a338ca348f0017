"""A training step of a convolutional network in PyTorch: forward, loss, backward, Adam. Usage: python3 bench/peers/cnn.py <small|large>
<plain|channels_last> <milliseconds> <steps in a window>; threads by OMP_NUM_THREADS and OPENBLAS_NUM_THREADS."""
import os
import sys

import torch
from torch import nn

from print_times import print_times

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
torch.manual_seed(0)
size, order, milliseconds, window = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
if size == "small":
    model = nn.Sequential(nn.Conv2d(1, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
                          nn.Flatten(), nn.Linear(800, 10))
    x, y = torch.randn(32, 1, 28, 28), torch.randint(0, 10, (32,))
else:
    model = nn.Sequential(nn.Conv2d(3, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                          nn.Linear(12544, 128), nn.ReLU(), nn.Linear(128, 10))
    x, y = torch.randn(64, 3, 32, 32), torch.randint(0, 10, (64,))
if order == "channels_last":
    model, x = model.to(memory_format=torch.channels_last), x.contiguous(memory_format=torch.channels_last)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)


def step():
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


print_times(step, milliseconds, window)
