"""PyTorch: eager, as a user writes it. Usage: python3 bench/peers/pytorch.py <workload>; threads by OMP_NUM_THREADS."""
import os
import time

import torch
from torch import nn

from measure import XOR_X, XOR_Y, draw_kernels, draw_samples, main

torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))


def fit_xor():
    model = nn.Sequential(nn.Linear(2, 7), nn.Sigmoid(), nn.Linear(7, 1), nn.Sigmoid())
    optimizer = torch.optim.SGD(model.parameters(), lr=4.5)
    loss_of = nn.BCELoss()
    x, y = torch.from_numpy(XOR_X), torch.from_numpy(XOR_Y)
    start = time.perf_counter()
    for _ in range(200):
        optimizer.zero_grad()
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        loss.item()
    return time.perf_counter() - start


def create_step(widths, batch):
    x, y = map(torch.from_numpy, draw_samples(widths, batch))
    parts = []
    for kernel in draw_kernels(widths):
        layer = nn.Linear(*kernel.shape)
        layer.weight.data = torch.from_numpy(kernel.T.copy())
        layer.bias.data.zero_()
        parts += [layer, nn.ReLU()]
    model = nn.Sequential(*parts[:-1])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss_of = nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        loss = loss_of(model(x), y)
        loss.backward()
        optimizer.step()
        loss.item()

    return step


def create_product(size):
    a, b = torch.rand(size, size), torch.rand(size, size)

    def product():
        torch.mm(a, b)

    return product


main(torch.__version__, fit_xor, create_step, create_product)
