"""A training step of a recurrent network in PyTorch: forward, loss, backward, Adam. Usage: python3 bench/peers/sequences.py <lstm|gru|simple_rnn>
<milliseconds> <steps in a window>; threads by OMP_NUM_THREADS and OPENBLAS_NUM_THREADS."""
import os
import sys

import torch
from torch import nn

from print_times import print_times

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
torch.manual_seed(0)
kind, milliseconds, window = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])


class Last(nn.Module):
    def __init__(self):
        super().__init__()
        make = {"lstm": nn.LSTM, "gru": nn.GRU, "simple_rnn": nn.RNN}[kind]
        self.cell, self.dense = make(16, 64, batch_first=True), nn.Linear(64, 10)

    def forward(self, x):
        return self.dense(self.cell(x)[0][:, -1])


model, x, y = Last(), torch.randn(32, 50, 16), torch.randint(0, 10, (32,))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)


def step():
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


print_times(step, milliseconds, window)
