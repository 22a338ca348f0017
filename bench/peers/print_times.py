"""How the scripts of PyTorch time their steps."""
import json
import time

import torch


def print_times(step, milliseconds, window):
    """Prints the median and the least mean of `window` steps in a row as JSON, after a warm-up."""
    for _ in range(2 * window):
        step()
    samples = []
    end = time.perf_counter() + milliseconds / 1e3
    while time.perf_counter() < end or len(samples) < 3:
        start = time.perf_counter()
        for _ in range(window):
            step()
        samples.append((time.perf_counter() - start) * 1e3 / window)
    samples.sort()
    print(json.dumps({"version": torch.__version__, "median": samples[len(samples) // 2], "least": samples[0]}))
