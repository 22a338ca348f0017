"""What 100 generations of a genetic algorithm with 64 members take on XOR 2-7-1: by DEAP's toolbox, and by a loop in which numpy does all
members at once. Tournaments of 3, uniform crossover of 0.7 of the children, a normal change of 0.3 for 0.2 of the weights, binary crossentropy.

Run: /usr/bin/python3 bench/peers/without_gradients.py  (DEAP 1.3, numpy 1.24); bench/without_gradients.ts runs it beside the library's.
Prints JSON: milliseconds of every run but the first ones, and the loss that the last run has reached.
"""

import json
import math
import random
import time

import numpy as np
from deap import algorithms, base, creator, tools

MEMBERS, GENERATIONS, RUNS, WARM = 64, 100, 15, 3
SIZE = 29
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=float)
Y = np.array([0, 1, 1, 0], dtype=float)

creator.create("Fitness", base.Fitness, weights=(-1.0,))
creator.create("Member", list, fitness=creator.Fitness)


def losses_of(members):
    """The losses of members [m, 29], all at once."""
    kernel = members[:, :14].reshape(-1, 2, 7)
    hidden = 1 / (1 + np.exp(-(np.matmul(X, kernel) + members[:, None, 14:21])))
    z = np.einsum("mbh,mh->mb", hidden, members[:, 21:28]) + members[:, 28:29]
    return np.mean(np.maximum(z, 0) - z * Y + np.log1p(np.exp(-np.abs(z))), axis=1)


def sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def evaluate_one(member):
    """The loss of one member, in plain Python, which for so small a network is faster than numpy."""
    loss = 0.0
    for (a, b), y in zip(((0, 0), (0, 1), (1, 0), (1, 1)), (0, 1, 1, 0)):
        z = member[28]
        for j in range(7):
            z += member[21 + j] * sigmoid(a * member[j] + b * member[7 + j] + member[14 + j])
        loss += max(z, 0) - z * y + math.log1p(math.exp(-abs(z)))
    return (loss / 4,)


toolbox = base.Toolbox()
toolbox.register("weight", random.gauss, 0, 1)
toolbox.register("member", tools.initRepeat, creator.Member, toolbox.weight, SIZE)
toolbox.register("population", tools.initRepeat, list, toolbox.member)
toolbox.register("evaluate", evaluate_one)
toolbox.register("mate", tools.cxUniform, indpb=0.5)
toolbox.register("mutate", tools.mutGaussian, mu=0, sigma=0.3, indpb=0.2)
toolbox.register("select", tools.selTournament, tournsize=3)


def run_deap(seed):
    random.seed(seed)
    population, _ = algorithms.eaSimple(toolbox.population(MEMBERS), toolbox, 0.7, 1.0, GENERATIONS, verbose=False)
    return min(member.fitness.values[0] for member in population)


def run_numpy(seed):
    rng = np.random.default_rng(seed)
    members = rng.normal(size=(MEMBERS, SIZE))
    losses = losses_of(members)
    for _ in range(GENERATIONS):
        order = np.argsort(losses)
        members, losses = members[order], losses[order]
        parents = rng.integers(MEMBERS, size=(2, MEMBERS - 2, 3)).min(axis=2)
        mixed = (rng.random((MEMBERS - 2, 1)) < 0.7) & (rng.random((MEMBERS - 2, SIZE)) < 0.5)
        children = np.where(mixed, members[parents[1]], members[parents[0]])
        children += (rng.random(children.shape) < 0.2) * rng.normal(scale=0.3, size=children.shape)
        members = np.concatenate([members[:2], children])
        losses = np.concatenate([losses[:2], losses_of(children)])
    return losses.min()


found = {}
for name, run in [("DEAP", run_deap), ("numpy", run_numpy)]:
    times = []
    for seed in range(RUNS):
        begin = time.perf_counter()
        loss = run(seed)
        times.append(1000 * (time.perf_counter() - begin))
    found[name] = {"ms": times[WARM:], "loss": float(loss)}
print(json.dumps(found))
