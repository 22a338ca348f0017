"""Makes safetensors_files.json: files written by the reference implementation, as hexadecimal text.

Needs the package safetensors (0.8.0) and numpy from PyPI: python3 tests/golden/safetensors_files.py > tests/golden/safetensors_files.json
"""

import json

import numpy
from safetensors.numpy import save

FILES = {
    "mixed": (
        {
            "steps": numpy.array([3, -7], dtype=numpy.int32),
            "kernel": numpy.array([[0.5, -1.25, 3.0], [2.0, 1e-7, -0.0]], dtype=numpy.float32),
            "mask": numpy.array([1, 0, 255], dtype=numpy.uint8),
            "half": numpy.array([1.0, -2.0, 65504.0], dtype=numpy.float16),
            "double": numpy.array(numpy.pi, dtype=numpy.float64),
            "empty": numpy.zeros((0, 4), dtype=numpy.float32),
            'quote"back\\slash': numpy.array([-128, 127], dtype=numpy.int8),
        },
        {"retroprop": '{"version":1,"name":"gr\u00fc\u00df \u20ac \U0001f600"}'},
    ),
    "nothing": ({}, None),
}

print(json.dumps({name: save(tensors, metadata).hex() for name, (tensors, metadata) in FILES.items()}, indent=1))
