"""scikit-learn's MLPClassifier. Usage: python3 bench/peers/scikit_learn.py <workload>."""
import time
import warnings

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

from measure import XOR_X, XOR_Y, draw_samples, main

warnings.filterwarnings("ignore")


def fit_xor():
    model = MLPClassifier(
        (7,), activation="logistic", solver="sgd", learning_rate_init=4.5, momentum=0, alpha=0, batch_size=4, max_iter=200,
        tol=0, n_iter_no_change=10**6,
    )
    start = time.perf_counter()
    model.fit(XOR_X, XOR_Y.ravel())
    return time.perf_counter() - start


def create_step(widths, batch):
    x, y = draw_samples(widths, batch)
    model = MLPClassifier(tuple(widths[1:-1]), learning_rate_init=1e-3, alpha=0, batch_size=batch)
    classes = np.arange(widths[-1])
    model.partial_fit(x, y, classes)

    def step():
        model.partial_fit(x, y)

    return step


main(sklearn.__version__, fit_xor, create_step, lambda size: None)
