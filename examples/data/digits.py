"""Makes digits-images-idx3-ubyte.gz and digits-labels-idx1-ubyte.gz of scikit-learn's digits.csv.gz (Debian: python3-sklearn).

/usr/bin/python3 examples/data/digits.py; what they are, says examples/data/README.md.
"""

import gzip
import struct
from pathlib import Path

import numpy

SOURCE = "/usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz"
HERE = Path(__file__).parent


def write_idx(name, numbers):
    """Unsigned bytes in the IDX format, packed without a date, so that the same numbers give the same file."""
    header = struct.pack(">HBB", 0, 8, numbers.ndim) + b"".join(struct.pack(">I", length) for length in numbers.shape)
    packed = gzip.compress(header + numbers.astype(numpy.uint8).tobytes(), 9, mtime=0)
    (HERE / name).write_bytes(packed)


with gzip.open(SOURCE) as file:
    rows = numpy.loadtxt(file, delimiter=",")
assert rows.shape == (1797, 65) and rows[:, :-1].max() == 16
write_idx("digits-images-idx3-ubyte.gz", rows[:, :-1].reshape(-1, 8, 8))
write_idx("digits-labels-idx1-ubyte.gz", rows[:, -1])
