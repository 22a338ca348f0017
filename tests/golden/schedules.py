"""Golden values of the schedules that PyTorch has too. Writes schedules.json beside this file.

Each case: the name of our schedule, its options, the steps, and PyTorch's learning rate at each.
"""
import json
import pathlib
import warnings

import torch
from torch.optim import SGD
from torch.optim import lr_scheduler as lrs

warnings.simplefilter("ignore")


def rates(make, lr, count):
    optimizer = SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr, momentum=0.9)
    scheduler = make(optimizer)
    found = []
    while True:
        found.append(optimizer.param_groups[0]["lr"])
        if len(found) == count:
            break
        optimizer.step()
        scheduler.step()
    return found


def case(name, options, lr, make, count=60):
    return {"schedule": name, "options": options, "rates": rates(make, lr, count)}


cases = [
    case("exponential_decay", {"initialLearningRate": 0.3, "decaySteps": 1, "decayRate": 0.93}, 0.3,
         lambda o: lrs.ExponentialLR(o, 0.93)),
    case("exponential_decay", {"initialLearningRate": 0.3, "decaySteps": 7, "decayRate": 0.5, "staircase": True}, 0.3,
         lambda o: lrs.StepLR(o, 7, 0.5)),
    # Keras: values[i] while step <= boundaries[i]; PyTorch changes at step >= milestone.
    case("piecewise_constant_decay", {"boundaries": [9, 24], "values": [1.0, 0.5, 0.25]}, 1.0,
         lambda o: lrs.MultiStepLR(o, [10, 25], 0.5)),
    case("polynomial_decay", {"initialLearningRate": 0.1, "decaySteps": 40, "endLearningRate": 0, "power": 2.5}, 0.1,
         lambda o: lrs.PolynomialLR(o, 40, 2.5)),
    case("polynomial_decay", {"initialLearningRate": 0.1, "decaySteps": 40, "endLearningRate": 0.02}, 0.1,
         lambda o: lrs.LinearLR(o, 1.0, 0.2, 40)),
    case("cosine_decay", {"initialLearningRate": 0.1, "decaySteps": 60, "alpha": 0.05}, 0.1,
         lambda o: lrs.CosineAnnealingLR(o, 60, 0.005), 61),
    case("cosine_decay_restarts", {"initialLearningRate": 0.1, "firstDecaySteps": 5, "alpha": 0.02}, 0.1,
         lambda o: lrs.CosineAnnealingWarmRestarts(o, 5, 2, 0.002), 160),
    case("cosine_decay_restarts", {"initialLearningRate": 0.1, "firstDecaySteps": 7, "tMul": 1}, 0.1,
         lambda o: lrs.CosineAnnealingWarmRestarts(o, 7, 1)),
    case("cosine_decay_restarts", {"initialLearningRate": 0.1, "firstDecaySteps": 2, "tMul": 3}, 0.1,
         lambda o: lrs.CosineAnnealingWarmRestarts(o, 2, 3), 100),
    case("one_cycle", {"maxLearningRate": 0.1, "totalSteps": 60}, 0.1,
         lambda o: lrs.OneCycleLR(o, 0.1, total_steps=60), 60),
    case("one_cycle", {"maxLearningRate": 0.5, "totalSteps": 37, "pctStart": 0.4, "annealStrategy": "linear",
                       "divFactor": 10, "finalDivFactor": 100}, 0.1,
         lambda o: lrs.OneCycleLR(o, 0.5, total_steps=37, pct_start=0.4, anneal_strategy="linear", div_factor=10,
                                  final_div_factor=100), 37),
    case("one_cycle", {"maxLearningRate": 0.5, "totalSteps": 20, "pctStart": 0}, 0.1,
         lambda o: lrs.OneCycleLR(o, 0.5, total_steps=20, pct_start=0.0), 20),
    case("one_cycle", {"maxLearningRate": 0.5, "totalSteps": 20, "pctStart": 1}, 0.1,
         lambda o: lrs.OneCycleLR(o, 0.5, total_steps=20, pct_start=1.0), 20),
]

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"source": f"PyTorch {torch.__version__}", "cases": cases}, indent=1) + "\n")
