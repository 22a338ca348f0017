"""Golden values of batch normalization from PyTorch, in float64: python3 tests/golden/batch_normalization.py > tests/golden/batch_normalization.json

Each case: three training steps of SGD on sum(dy * y) / n of the layer alone; after each, gamma, beta and the moving statistics (the
population's variance, as Keras keeps it; PyTorch keeps the sample's, so it is kept by hand here). Then the output in prediction.
"""

import json

import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(30)


def numbers(t):
    return {"shape": list(t.shape), "data": t.detach().reshape(-1).tolist()}


def drawn(*shape, scale=1.0, shift=0.0):
    return (scale * torch.randn(*shape) + shift).to(torch.float32).to(torch.float64)


def case(shape, momentum, epsilon, center=True, scale=True, spread=1.0, shift=0.0, rate=0.5):
    width = shape[-1]
    axes = list(range(len(shape) - 1))
    gamma = torch.ones(width, requires_grad=scale)
    beta = torch.zeros(width, requires_grad=center)
    mean, variance = torch.zeros(width), torch.ones(width)
    steps = []
    for _ in range(3):
        x = drawn(*shape, scale=spread, shift=shift)
        y_true = drawn(*shape)
        m = x.mean(axes)
        v = x.var(axes, unbiased=False)
        y = torch.nn.functional.batch_norm(
            x.reshape(-1, width), None, None, gamma, beta, training=True, eps=epsilon
        ).reshape(shape)
        loss = (y - y_true).square().mean()
        if scale or center:
            loss.backward()
        with torch.no_grad():
            if scale:
                gamma -= rate * gamma.grad
                gamma.grad = None
            if center:
                beta -= rate * beta.grad
                beta.grad = None
            mean = mean * momentum + m * (1 - momentum)
            variance = variance * momentum + v * (1 - momentum)
        steps.append(
            {
                "x": numbers(x),
                "y": numbers(y_true),
                "loss": loss.item(),
                "gamma": numbers(gamma),
                "beta": numbers(beta),
                "mean": numbers(mean),
                "variance": numbers(variance),
            }
        )
    x = drawn(*shape, scale=spread, shift=shift)
    y = (x - mean) / (variance + epsilon).sqrt() * gamma + beta
    options = {"momentum": momentum, "epsilon": epsilon, "center": center, "scale": scale}
    return {"options": options, "rate": rate, "steps": steps, "predict": {"x": numbers(x), "y": numbers(y)}}


print(
    json.dumps(
        [
            case((5, 3), 0.99, 1e-3),
            case((8, 10), 0.9, 1e-3, spread=3),
            case((1, 3, 4), 0.5, 1e-2),
            case((4, 3, 7), 0.8, 1e-5),
            case((6, 1), 0.9, 1e-3, scale=False),
            case((9, 5), 0.9, 1e-3, center=False),
            case((33, 17), 0.9, 1e-3, spread=0.1, shift=20),
            case((2, 2, 3, 2), 0.6, 1e-3, center=False, scale=False),
            case((6, 3, 3, 5), 0.9, 1e-3, spread=2, shift=-3),
            case((3, 70, 2), 0.9, 1e-3),
        ]
    )
)
