"""Golden penalties and gradients of the regularizers, by PyTorch's autograd in float64. Writes regularizers.json beside this file."""
import json
import pathlib

import torch

MATRIX = [[0.5, -1.25, 2.0], [0.75, 0.0, -0.125], [-3.0, 0.25, 1.5], [1.0, -0.5, 0.625]]


def l1(factor):
    return lambda w: factor * w.abs().sum()


def l2(factor):
    return lambda w: factor * (w * w).sum()


def orthogonal(factor, mode):
    def penalty(w):
        vectors = w if mode == "rows" else w.T
        unit = torch.nn.functional.normalize(vectors, dim=1)
        cosines = unit @ unit.T
        i, j = torch.triu_indices(len(vectors), len(vectors), 1)
        return factor * cosines[i, j].abs().mean()
    return penalty


def case(name, options, penalty, matrix=MATRIX):
    w = torch.tensor(matrix, dtype=torch.float64, requires_grad=True)
    value = penalty(w)
    value.backward()
    return {"regularizer": name, "options": options, "weight": matrix, "penalty": value.item(), "gradient": w.grad.tolist()}


WIDE = [[0.5, -1.25, 2.0, 0.25, -0.75], [0.75, 0.5, -0.125, 1.0, 3.0]]

cases = [
    case("l1", {}, l1(0.01)),
    case("l1", {"l1": 0.5}, l1(0.5)),
    case("l2", {}, l2(0.01)),
    case("l2", {"l2": 0.25}, l2(0.25)),
    case("l1_l2", {"l1": 0.5, "l2": 0.25}, lambda w: l1(0.5)(w) + l2(0.25)(w)),
    case("l1_l2", {"l1": 0.5}, l1(0.5)),
    case("l1_l2", {"l2": 0.5}, l2(0.5)),
    case("orthogonal_regularizer", {}, orthogonal(0.01, "rows")),
    case("orthogonal_regularizer", {"factor": 2, "mode": "columns"}, orthogonal(2, "columns")),
    case("orthogonal_regularizer", {"factor": 1, "mode": "rows"}, orthogonal(1, "rows"), WIDE),
    case("orthogonal_regularizer", {"factor": 1, "mode": "columns"}, orthogonal(1, "columns"), WIDE),
]

path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"cases": cases}, indent=1) + "\n")
