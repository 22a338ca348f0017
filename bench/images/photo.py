"""Makes photo.jpg, 224 × 224 pixels that look like a photograph to a codec: /usr/bin/python3 bench/images/photo.py (Debian: python3-pil, python3-numpy)"""

import numpy
from PIL import Image

y, x = numpy.mgrid[0:224, 0:224]
smooth = numpy.stack([120 + 70 * numpy.sin(x / 37) * numpy.cos(y / 23), 130 + 60 * numpy.cos(y / 19 + x / 61), 90 + 0.5 * y], axis=2)
grain = numpy.random.default_rng(1).normal(0, 8, smooth.shape)
for axis in (0, 1):  # of a few pixels, as a lens gives it
    grain = (grain + numpy.roll(grain, 1, axis) + numpy.roll(grain, 2, axis)) / 2
edges = 40 * (numpy.hypot(x - 90, y - 120) < 60)[:, :, None]
pixels = (smooth + grain + edges).clip(0, 255).astype(numpy.uint8)
Image.fromarray(pixels).save("bench/images/photo.jpg", quality=85)
