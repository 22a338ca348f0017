"""Golden projections of the constraints, by PyTorch in float64. Writes constraints.json beside this file.

PyTorch divides by the norm alone (`normalize`) or by the norm + 1e-7 (`renorm`) where Keras divides by the norm + 1e-7 always: the
values agree to 1e-6 for norms of 0.1 and more.
"""
import json
import pathlib

import torch
from torch.nn.functional import normalize

MATRIX = [[3.0, -0.25, 0.5], [4.0, 0.125, 0.0], [0.0, 0.25, -1.5], [-12.0, -0.5, 2.0]]
VECTOR = [6.0, -8.0, 0.0, 0.5, 1.25]
CUBE = [[[1.0, -2.0], [0.5, 3.0]], [[-4.0, 0.25], [2.0, 1.5]], [[0.75, -0.5], [0.125, 2.0]]]


def norms(w, axis):
    return w.pow(2).sum(axis, keepdim=True).sqrt()


def case(name, options, weight, project):
    w = torch.tensor(weight, dtype=torch.float64)
    return {"constraint": name, "options": options, "weight": weight, "projected": project(w).tolist()}


def scaled_to(limit, axis):
    return lambda w: w * torch.minimum(norms(w, axis), torch.tensor(float(limit))) / norms(w, axis)


def clamped(low, high, rate, axis):
    def project(w):
        n = norms(w, axis)
        return normalize(w, dim=axis) * (rate * n.clamp(low, high) + (1 - rate) * n)
    return project


cases = [
    case("max_norm", {}, MATRIX, lambda w: torch.renorm(w, 2, 1, 2.0)),
    case("max_norm", {"maxValue": 1, "axis": 1}, MATRIX, lambda w: torch.renorm(w, 2, 0, 1.0)),
    case("max_norm", {"maxValue": 1, "axis": -1}, MATRIX, lambda w: torch.renorm(w, 2, 0, 1.0)),
    case("max_norm", {"maxValue": 5}, VECTOR, scaled_to(5, 0)),
    case("max_norm", {"maxValue": 3, "axis": [0, 1]}, MATRIX, scaled_to(3, (0, 1))),
    case("max_norm", {"maxValue": 2.5, "axis": [0, 1]}, CUBE, lambda w: torch.renorm(w, 2, 2, 2.5)),
    case("max_norm", {"maxValue": 1, "axis": 2}, CUBE, scaled_to(1, 2)),
    case("non_neg", {}, MATRIX, torch.relu),
    case("non_neg", {}, VECTOR, torch.relu),
    case("unit_norm", {}, MATRIX, lambda w: normalize(w, dim=0)),
    case("unit_norm", {"axis": 1}, MATRIX, lambda w: normalize(w, dim=1)),
    case("unit_norm", {}, VECTOR, lambda w: normalize(w, dim=0)),
    case("min_max_norm", {}, MATRIX, clamped(0, 1, 1, 0)),
    case("min_max_norm", {"minValue": 1, "maxValue": 2, "rate": 0.25}, MATRIX, clamped(1, 2, 0.25, 0)),
    case("min_max_norm", {"minValue": 3, "maxValue": 4, "axis": 1}, MATRIX, clamped(3, 4, 1, 1)),
]

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"cases": cases}, indent=1) + "\n")
