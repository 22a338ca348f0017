"""How many evaluations the methods without gradients need, by DEAP's cma.Strategy (Hansen's algorithm, not active) and SciPy's
differential_evolution without polishing.

Run: /usr/bin/python3 bench/peers/evaluations.py  (DEAP 1.3, SciPy 1.10); bench/evaluations.ts runs it beside the library's.
Prints JSON: median evaluations of 15 seeds until the best is below 1e-10, by method, function and number of weights.
"""

import json
import sys

import numpy as np
from deap import base, cma, creator
from scipy.optimize import differential_evolution

FUNCTIONS = {
    "sphere": lambda x: float(np.sum(x**2)),
    "ellipsoid": lambda x: float(np.sum(1e6 ** (np.arange(len(x)) / (len(x) - 1)) * x**2)),
    "rosenbrock": lambda x: float(np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)),
}
SEEDS, LIMIT = int(sys.argv[1]) if len(sys.argv) > 1 else 15, 200000

creator.create("Fitness", base.Fitness, weights=(-1.0,))
creator.create("Member", list, fitness=creator.Fitness)


def count_cma(f, n, seed):
    np.random.seed(seed)
    strategy = cma.Strategy(centroid=[3.0 if f is not FUNCTIONS["rosenbrock"] else 0.0] * n, sigma=0.5)
    evaluations = 0
    while evaluations < LIMIT:
        population = strategy.generate(creator.Member)
        for member in population:
            member.fitness.values = (f(np.array(member)),)
            evaluations += 1
        if min(member.fitness.values[0] for member in population) < 1e-10:
            return evaluations
        strategy.update(population)
    return LIMIT


def count_de(f, n, seed):
    best = [np.inf, 0, 0]

    def counted(x):
        best[1] += 1
        best[0] = min(best[0], f(x))
        if best[0] < 1e-10 and best[2] == 0:
            best[2] = best[1]
        return f(x)

    rng = np.random.RandomState(seed)
    start = 3.0 + rng.normal(size=(64, n)) if f is not FUNCTIONS["rosenbrock"] else rng.normal(size=(64, n))
    bounds = [(-100, 100)] * n
    stop = lambda xk, convergence: best[2] > 0
    differential_evolution(counted, bounds, init=start, polish=False, updating="deferred", tol=0, atol=0,
                           maxiter=LIMIT // 64, seed=seed, callback=stop)
    return best[2] or LIMIT


found = {}
for method, count, sizes in [("cma_es", count_cma, (2, 5, 10, 20)), ("differential_evolution", count_de, (2, 5, 10))]:
    for name, f in FUNCTIONS.items():
        for n in sizes:
            if method != "cma_es" and name == "rosenbrock" and n > 5:
                continue
            found[f"{method} {name} {n}"] = float(np.median([count(f, n, seed) for seed in range(SEEDS)]))
print(json.dumps(found))
