"""A training step of attention in PyTorch: forward, mean squared error, backward, Adam. Usage: python3 bench/peers/attention.py
<heads|block|long> <milliseconds> <steps in a window>; threads by OMP_NUM_THREADS and OPENBLAS_NUM_THREADS."""
import os
import sys

import torch
from torch import nn

from print_times import print_times

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
torch.manual_seed(0)
case, milliseconds, window = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])


class Heads(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)

    def forward(self, x):
        return self.attention(x, x, x, need_weights=False)[0]


batch, steps, width, model = {
    "heads": lambda: (16, 64, 64, Heads(64, 4)),
    "block": lambda: (8, 128, 128, nn.TransformerEncoderLayer(128, 4, 512, dropout=0.0, batch_first=True)),
    "long": lambda: (16, 512, 256, Heads(256, 8)),
}[case]()
x, y = torch.randn(batch, steps, width), torch.randn(batch, steps, width)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)


def step():
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item()


print_times(step, milliseconds, window)
