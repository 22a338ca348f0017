"""The grid of bench/grid.ts with scikit-learn: waits for lines `split JOBS` or `folds JOBS`, answers with seconds from call to result."""
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import warnings

import numpy as np
from joblib import Parallel, delayed
from sklearn.datasets import make_moons
from sklearn.model_selection import GridSearchCV, ParameterGrid, train_test_split
from sklearn.neural_network import MLPClassifier

warnings.filterwarnings("ignore")
os.environ["PYTHONWARNINGS"] = "ignore"

SPACE = {"hidden_layer_sizes": [(4,), (8,), (16,), (32,)], "learning_rate_init": [0.001, 0.003, 0.01, 0.03]}
x, y = make_moons(1000, noise=0.2, random_state=1)
x = x.astype(np.float32)


def model(**params):
    return MLPClassifier(activation="relu", solver="adam", batch_size=32, max_iter=50, tol=0, n_iter_no_change=1000,
                         alpha=0, random_state=1, **params)


def trial(params, a, b, c, d):
    return model(**params).fit(a, c).score(b, d)


def split(jobs):
    a, b, c, d = train_test_split(x, y, test_size=0.2, random_state=1)
    scores = Parallel(n_jobs=jobs)(delayed(trial)(params, a, b, c, d) for params in ParameterGrid(SPACE))
    return max(scores)


def folds(jobs):
    search = GridSearchCV(model(), SPACE, cv=3, n_jobs=jobs, refit=True).fit(x, y)
    return search.best_score_


for line in sys.stdin:
    kind, jobs = line.split()
    start = time.perf_counter()
    score = {"split": split, "folds": folds}[kind](int(jobs))
    print(time.perf_counter() - start, score, flush=True)
