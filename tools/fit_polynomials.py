"""Fits the polynomials of asm/simd: near-minimax by Lawson's iteration, rounded to float32 term by term.

Run by hand: python3 tools/fit_polynomials.py. Needs numpy and mpmath. Nothing else reads this file: the coefficients it
prints (lowest order first) are copied into the tables of asm/simd/*.ts.

Each fit is g(t) ~ c0 + c1 t + ... with an error weight w(t), so that w times the error of the polynomial is the relative
error of the function it serves. After a fit the lowest coefficient is rounded to float32 and the rest are fitted again,
so that later terms make up for the rounding of earlier ones.
"""

import mpmath as m
import numpy as np

m.mp.dps = 40
LN2 = float(m.log(2))


def values(function, points):
    """The function at the points, each computed with 40 digits and rounded to float64."""
    return np.array([float(function(m.mpf(float(t)))) for t in points])


def fit_minimax(target, weight, points, powers):
    """Lawson's iteration: least squares, reweighted by the error until the error levels out."""
    basis = np.stack([points**k for k in powers], axis=1)
    scale = np.abs(basis * weight[:, None]).max(axis=0)
    lawson = np.ones_like(points)
    best, best_error = None, np.inf
    for _ in range(300):
        w = weight * np.sqrt(lawson)
        solution = np.linalg.lstsq(basis * w[:, None] / scale, target * w, rcond=None)[0] / scale
        error = np.abs((basis @ solution - target) * weight)
        if error.max() < best_error:
            best, best_error = solution, error.max()
        lawson *= error / error.max() + 1e-3
        lawson /= lawson.mean()
    return best, best_error


def fit_rounded(name, g, w, low, high, degree, count=800):
    """Fits g on [low, high] and prints the float32 coefficients and the largest weighted error."""
    cosines = np.cos(np.pi * (np.arange(count) + 0.5) / count)
    points = (low + high) / 2 + (high - low) / 2 * cosines
    target, weight = values(g, points), values(w, points)
    fixed, rest = [], target.copy()
    error = None
    for k in range(degree + 1):
        solution, plain = fit_minimax(rest, weight, points, range(k, degree + 1))
        error = plain if error is None else error
        fixed.append(np.float32(solution[0]))
        rest = rest - float(fixed[-1]) * points**k
    print(f"{name}: degree {degree}, error {error:.2e} exact, {np.abs(rest * weight).max():.2e} rounded (2^-24 = 6.0e-8)")
    print("  " + ", ".join(repr(float(c)) for c in fixed))


ERF_CENTER = 2.4375


def erfc_root(t):
    """The fourth root of erfc(t + ERF_CENTER): close to a polynomial where erfc itself is not."""
    return m.erfc(t + ERF_CENTER) ** (m.mpf(1) / 4)


def main():
    half = LN2 / 2 * 1.0005
    # exp(r) = 1 + r + r^2 q(r), relative error of exp: exp.ts, sigmoid.ts
    fit_rounded("exp", lambda r: (m.expm1(r) - r) / r**2, lambda r: r**2 * m.exp(-r), -half, half, 4)
    # expm1(r) = r + r^2 q(r), relative error of expm1: half_expm1.ts
    fit_rounded("expm1", lambda r: (m.expm1(r) - r) / r**2, lambda r: abs(r**2 / m.expm1(r)), -half, half, 4)
    # log(1 + f) = f - f^2 / 2 + f^3 q(f): combine_log.ts
    low, high = 2**-0.5 - 1.0001, 2**0.5 - 0.9999
    fit_rounded(
        "log", lambda f: (m.log1p(f) - f + f * f / 2) / f**3, lambda f: abs(f**3 / m.log1p(f)), low, high, 7
    )
    # log(1 + t) = t + t^2 q(t): softplus.ts
    fit_rounded("softplus", lambda t: (m.log1p(t) - t) / t**2, lambda t: t**2 / m.log1p(t), 0.0, 1.0, 8)
    # erf(x) = x + x q(x^2) for |x| < 1: erf.ts
    fit_rounded(
        "erf below 1",
        lambda z: m.erf(m.sqrt(z)) / m.sqrt(z) - 1,
        lambda z: m.sqrt(z) / m.erf(m.sqrt(z)),
        1e-12,
        1.0,
        6,
    )
    # erf(a) = 1 - p(a - ERF_CENTER)^4 for 1 <= a <= 3.93: erf.ts
    fit_rounded("erf above 1", erfc_root, lambda t: 4 * erfc_root(t) ** 3, 1 - ERF_CENTER, 3.93 - ERF_CENTER, 8)
    # sin(r) = r + r^3 s(r^2) and cos(r) = 1 - r^2 / 2 + r^4 c(r^2) for |r| <= pi / 4: sine.ts
    quarter = float(m.pi / 4) * 1.0005
    fit_rounded(
        "sin",
        lambda z: (m.sin(m.sqrt(z)) / m.sqrt(z) - 1) / z,
        lambda z: z * m.sqrt(z) / m.sin(m.sqrt(z)),
        1e-12,
        quarter**2,
        2,
    )
    fit_rounded("cos", lambda z: (m.cos(m.sqrt(z)) - 1 + z / 2) / z**2, lambda z: z**2, 1e-6, quarter**2, 2)


if __name__ == "__main__":
    main()
