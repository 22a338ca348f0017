"""How many evaluations the methods without gradients need, by DEAP's cma.Strategy (Hansen's algorithm, not active) and SciPy's
differential_evolution without polishing; and how far SciPy's dual_annealing without local search comes in 20,000.

Run: /usr/bin/python3 bench/peers/evaluations.py  (DEAP 1.3, SciPy 1.10); bench/evaluations.ts runs it beside the library's.
Prints JSON by method, function and number of weights, for 15 seeds: median evaluations until the best is below 1e-10, and how many seeds come
there; of annealing the median of the best.
"""

import json
import sys

import numpy as np
from deap import base, cma, creator
from scipy.optimize import differential_evolution, dual_annealing

FUNCTIONS = {
    "sphere": lambda x: float(np.sum(x**2)),
    "ellipsoid": lambda x: float(np.sum(1e6 ** (np.arange(len(x)) / (len(x) - 1)) * x**2)),
    "rosenbrock": lambda x: float(np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)),
    "rastrigin": lambda x: float(np.sum(x**2 - 10 * np.cos(2 * np.pi * x) + 10)),
    "ackley": lambda x: float(
        20 - 20 * np.exp(-0.2 * np.sqrt(np.mean(x**2))) + np.e - np.exp(np.mean(np.cos(2 * np.pi * x)))
    ),
}
SEEDS, LIMIT = int(sys.argv[1]) if len(sys.argv) > 1 else 15, 100000

creator.create("Fitness", base.Fitness, weights=(-1.0,))
creator.create("Member", list, fitness=creator.Fitness)


def start_of(f):
    return 0.0 if f is FUNCTIONS["rosenbrock"] else 3.0


def count_cma(f, n, seed):
    np.random.seed(seed)
    # Many hills: as wide as they lie apart, and with as many members as Hansen and Kern 2004 take.
    hills = {"sigma": 2.0, "lambda_": 20 * n} if f in (FUNCTIONS["rastrigin"], FUNCTIONS["ackley"]) else {"sigma": 0.5}
    strategy = cma.Strategy(centroid=[start_of(f)] * n, **hills)
    evaluations = 0
    while evaluations < LIMIT:
        population = strategy.generate(creator.Member)
        for member in population:
            member.fitness.values = (f(np.array(member)),)
            evaluations += 1
        if min(member.fitness.values[0] for member in population) < 1e-10:
            return evaluations
        try:
            strategy.update(population)
        except np.linalg.LinAlgError:  # its covariance is no more finite: it does not come there
            return LIMIT
    return LIMIT


def count_de(f, n, seed):
    best = [np.inf, 0, 0]

    def counted(x):
        best[1] += 1
        value = f(x)
        best[0] = min(best[0], value)
        if best[0] < 1e-10 and best[2] == 0:
            best[2] = best[1]
        return value

    rng = np.random.RandomState(seed)
    start = start_of(f) + rng.normal(size=(64, n))
    bounds = [(-100, 100)] * n
    stop = lambda xk, convergence: best[2] > 0
    differential_evolution(counted, bounds, init=start, polish=False, updating="deferred", tol=0, atol=0,
                           maxiter=LIMIT // 64, seed=seed, callback=stop)
    return best[2] or LIMIT


def anneal(f, n, seed):
    """The best after 20,000 evaluations."""
    bounds = [(-10, 10)] * n
    return dual_annealing(f, bounds, no_local_search=True, maxfun=20000, maxiter=20000, seed=seed,
                          x0=np.full(n, start_of(f))).fun


found = {}
for method, run, names, sizes in [
    ("cma_es", count_cma, ("sphere", "ellipsoid", "rosenbrock"), (2, 5, 10, 20, 40)),
    ("cma_es", count_cma, ("rastrigin", "ackley"), (2, 5, 10)),
    ("differential_evolution", count_de, ("sphere", "ellipsoid", "rastrigin", "ackley"), (2, 5, 10)),
    ("differential_evolution", count_de, ("rosenbrock",), (2, 5)),
    ("simulated_annealing", anneal, ("sphere", "rosenbrock", "rastrigin", "ackley"), (2, 5, 10)),
]:
    for name in names:
        for n in sizes:
            results = [run(FUNCTIONS[name], n, seed) for seed in range(SEEDS)]
            solved = sum(result < LIMIT for result in results)
            found[f"{method} {name} {n}"] = [float(np.median(results)), solved]
print(json.dumps(found))
