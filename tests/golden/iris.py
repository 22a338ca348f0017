"""Writes examples/data/iris.csv: Fisher's iris data (1936) as scikit-learn has them.

Run: /usr/bin/python3 tests/golden/iris.py
"""

import csv
from pathlib import Path

from sklearn.datasets import load_iris

iris = load_iris()
path = Path(__file__).parents[2] / "examples" / "data" / "iris.csv"
path.parent.mkdir(parents=True, exist_ok=True)
with path.open("w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["sepal_length", "sepal_width", "petal_length", "petal_width", "species"])
    for row, target in zip(iris.data, iris.target):
        writer.writerow([*row, iris.target_names[target]])
