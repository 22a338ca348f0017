"""Writes evolution.json: generations of the methods without gradients, transcribed in numpy (float64) from the papers.

Run: /usr/bin/python3 tests/golden/evolution.py  (numpy 1.24)
Random numbers are fed in: a linear congruential generator seeded by (step, member), from which both sides take uniform numbers, and as
normal ones the sum of twelve of these less 6. The objective is Rosenbrock's function, from (-1, 1, -1, 1, ...).
"""

import json
import math
import pathlib

import numpy as np


class Draws:
    def at(self, step, member):
        self.state = (step * 7919 + member * 104729 + 12345) % 2**32
        for _ in range(3):
            self.word()
        return self

    def word(self):
        self.state = (self.state * 1664525 + 1013904223) % 2**32
        return self.state

    def uniform(self):
        return self.word() / 2**32

    def normal(self):
        total = 0.0
        for _ in range(12):
            total += self.uniform()
        return total - 6

    def cauchy(self):
        a = self.normal()
        return a / self.normal()

    def integer(self, n):
        return math.floor(n * self.uniform())


draws = Draws()


def f(x):
    return float(np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2))


def start(n):
    return np.array([-1.0 if i % 2 == 0 else 1.0 for i in range(n)])


def normals(n):
    return np.array([draws.normal() for _ in range(n)])


def scatter(w, sigma, rows, step=0):
    return np.array([w + sigma * normals(len(w)) for row in rows if draws.at(step, row)])


def cma(n, lam, sigma, active, generations, diagonal):
    """Hansen 2016: equations and table 1; Ros and Hansen 2008 for the diagonal."""
    raw = np.log((lam + 1) / 2) - np.log(np.arange(1, lam + 1))
    mu = lam // 2
    mueff = raw[:mu].sum() ** 2 / (raw[:mu] ** 2).sum()
    mueff_minus = raw[mu:].sum() ** 2 / (raw[mu:] ** 2).sum()
    speed = (n + 2) / 3 if diagonal else 1
    cs = (mueff + 2) / (n + mueff + 5)
    ds = 1 + 2 * max(0, np.sqrt((mueff - 1) / (n + 1)) - 1) + cs
    cc = (4 + mueff / n) / (n + 4 + 2 * mueff / n)
    c1 = min(1, speed * 2 / ((n + 1.3) ** 2 + mueff))
    cmu = min(1 - c1, speed * 2 * (0.25 + mueff + 1 / mueff - 2) / ((n + 2) ** 2 + 2 * mueff / 2))
    a_mu, a_eff, a_pos = 1 + c1 / cmu, 1 + 2 * mueff_minus / (mueff + 2), (1 - c1 - cmu) / (n * cmu)
    w = np.where(raw >= 0, raw / raw[:mu].sum(), min(a_mu, a_eff, a_pos) * raw / -raw[mu:].sum() if active else 0)
    w[mu:] = min(a_mu, a_eff, a_pos) * raw[mu:] / -raw[mu:].sum() if active else 0
    chi = np.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n**2))
    m, C, ps, pc = start(n), np.eye(n), np.zeros(n), np.zeros(n)
    out = []
    for g in range(generations):
        values, B = np.linalg.eigh(C)
        inverse = B @ np.diag(1 / np.sqrt(values)) @ B.T
        # Any square root of C gives the distribution. Of a full one the library has another than this, so it is given the members.
        A = np.diag(np.sqrt(np.diag(C))) if diagonal else np.linalg.cholesky(C)
        y = np.array([A @ normals(n) for k in range(lam) if draws.at(g, k)])
        x = m + sigma * y
        scores = np.array([f(v) for v in x])
        order = np.argsort(scores, kind="stable")
        ys = y[order]
        yw = w[:mu] @ ys[:mu]
        m = m + sigma * yw
        ps = (1 - cs) * ps + np.sqrt(cs * (2 - cs) * mueff) * (inverse @ yw)
        h = 1 if np.linalg.norm(ps) / np.sqrt(1 - (1 - cs) ** (2 * (g + 1))) < (1.4 + 2 / (n + 1)) * chi else 0
        pc = (1 - cc) * pc + h * np.sqrt(cc * (2 - cc) * mueff) * yw
        wo = np.array([wi if wi >= 0 else wi * n / np.linalg.norm(inverse @ yi) ** 2 for wi, yi in zip(w, ys)])
        C = (1 + c1 * (1 - h) * cc * (2 - cc) - c1 - cmu * w.sum()) * C + c1 * np.outer(pc, pc)
        C += cmu * sum(wi * np.outer(yi, yi) for wi, yi in zip(wo, ys))
        if diagonal:
            C = np.diag(np.diag(C))
        sigma *= np.exp(min(1, cs / ds * (np.linalg.norm(ps) / chi - 1)))
        out.append({"mean": m.tolist(), "sigma": float(sigma), "diagonal": np.diag(C).tolist(), "best": float(scores.min()), "members": x.tolist()})
    return out


def picks(count, own, n):
    found = []
    while len(found) < n:
        k = draws.integer(count)
        if k != own and k not in found:
            found.append(k)
    return found


def de(n, size, strategy, generations, F=(0.5, 1.0), CR=0.7):
    """Storn and Price 1997; SciPy's names of strategies."""
    X = scatter(start(n), 1.0, range(size))
    X[0] = start(n)
    s = np.array([f(v) for v in X])
    out = [{"best": float(s.min()), "members": X.tolist()}]
    for g in range(1, generations):
        scale = F[0] + (F[1] - F[0]) * draws.at(g, 2 * size).uniform()
        best = X[int(np.argmin(s))].copy()
        trials = []
        for i in range(size):
            draws.at(g, size + i)
            r = picks(size, i, 3 if strategy == "rand1bin" else 2)
            always = draws.integer(n)
            if strategy == "best1bin":
                v = best + scale * (X[r[0]] - X[r[1]])
            elif strategy == "rand1bin":
                v = X[r[0]] + scale * (X[r[1]] - X[r[2]])
            else:
                v = X[i] + scale * (best - X[i]) + scale * (X[r[0]] - X[r[1]])
            trials.append(np.array([v[j] if draws.uniform() < CR or j == always else X[i][j] for j in range(n)]))
        for i, t in enumerate(trials):
            if f(t) <= s[i]:
                X[i], s[i] = t, f(t)
        out.append({"best": float(s.min()), "members": X.tolist()})
    return out


def jade(n, size, generations, p=0.05, c=0.1):
    """Zhang and Sanderson 2009, with archive."""
    X = scatter(start(n), 1.0, range(size))
    X[0] = start(n)
    s = np.array([f(v) for v in X])
    mu_f, mu_cr, archive = 0.5, 0.5, []
    out = [{"best": float(s.min()), "members": X.tolist()}]
    for g in range(1, generations):
        order = np.argsort(s, kind="stable")
        trials, fs, crs = [], [], []
        for i in range(size):
            draws.at(g, size + i)
            cr = min(1, max(0, mu_cr + 0.1 * draws.normal()))
            scale = mu_f + 0.1 * draws.cauchy()
            while scale <= 0:
                scale = mu_f + 0.1 * draws.cauchy()
            scale = min(1, scale)
            leader = X[order[draws.integer(max(1, round(p * size)))]]
            r1 = i
            while r1 == i:
                r1 = draws.integer(size)
            r2 = i
            while r2 in (i, r1):
                r2 = draws.integer(size + len(archive))
            other = X[r2] if r2 < size else archive[r2 - size]
            v = X[i] + scale * (leader - X[i]) + scale * (X[r1] - other)
            always = draws.integer(n)
            trials.append(np.array([v[j] if draws.uniform() < cr or j == always else X[i][j] for j in range(n)]))
            fs.append(scale)
            crs.append(cr)
        sf, scr = [], []
        draws.at(g, 2 * size)
        for i, t in enumerate(trials):
            score = f(t)
            if score < s[i]:
                sf.append(fs[i])
                scr.append(crs[i])
                if len(archive) < size:
                    archive.append(X[i].copy())
                else:
                    archive[draws.integer(size)] = X[i].copy()
            if score <= s[i]:
                X[i], s[i] = t, score
        if sf:
            mu_cr = (1 - c) * mu_cr + c * np.mean(scr)
            mu_f = (1 - c) * mu_f + c * sum(v * v for v in sf) / sum(sf)
        out.append({"best": float(s.min()), "members": X.tolist()})
    return out


def pso(n, size, generations, ring, w=0.7298, c=1.49618):
    """Bratton and Kennedy 2007."""
    X = scatter(start(n), 1.0, range(size))
    X[0] = start(n)
    V = np.array([(start(n) + normals(n) - X[i]) / 2 for i in range(size) if draws.at(0, size + i)])
    P, s = X.copy(), np.array([f(v) for v in X])
    out = [{"best": float(s.min()), "members": X.tolist()}]
    for g in range(1, generations):
        leaders = []
        for i in range(size):
            around = [i, (i + size - 1) % size, (i + 1) % size] if ring else range(size)
            leaders.append(min(around, key=lambda k: s[k]))
        for i in range(size):
            draws.at(g, i)
            for j in range(n):
                u1, u2 = draws.uniform(), draws.uniform()
                V[i][j] = w * V[i][j] + c * u1 * (P[i][j] - X[i][j]) + c * u2 * (P[leaders[i]][j] - X[i][j])
                X[i][j] += V[i][j]
        # Places of leaders are those of before this step: P changes only here.
        for i in range(size):
            if f(X[i]) < s[i]:
                P[i], s[i] = X[i].copy(), f(X[i])
        out.append({"best": float(s.min()), "members": X.tolist()})
    return out


def es(n, size, sigma, generations, rate=0.05):
    """Salimans et al. 2017, with centred ranks, and plain descent on the estimate."""
    w = start(n)
    out = []
    for g in range(generations):
        noise = [normals(n) for k in range(0, size, 2) if draws.at(g, k)]
        scores = np.array([f(w + sign * sigma * e) for e in noise for sign in (1, -1)])
        ranks = np.empty(size)
        ranks[np.argsort(scores, kind="stable")] = np.arange(size)
        u = ranks / (size - 1) - 0.5
        gradient = sum((u[2 * k] - u[2 * k + 1]) * e for k, e in enumerate(noise)) / (size * sigma)
        w = w - rate * gradient
        out.append({"gradient": gradient.tolist(), "best": float(scores.min())})
    return out


def ga(n, size, generations, elitism=2, cross_rate=0.7, rate=0.2, spread=0.3, tournament=3):
    """Tournament selection, uniform crossover, Gaussian mutation, elitism."""
    X = scatter(start(n), 1.0, range(size, 2 * size))
    X[0] = start(n)
    order = np.argsort([f(v) for v in X], kind="stable")
    X = X[order]
    out = [{"best": f(X[0]), "members": X.tolist()}]
    for g in range(1, generations):
        children = []
        for row in range(size, 2 * size - elitism):
            draws.at(g, row)
            mixed = draws.uniform() < cross_rate
            child = X[min(draws.integer(size) for _ in range(tournament))].copy()
            if mixed:
                other = X[min(draws.integer(size) for _ in range(tournament))]
                # The bits of a uniform number say it for 24 weights, the lowest one first.
                bits = [math.floor(draws.uniform() * 2**24) for _ in range(0, n, 24)]
                child = np.array([other[j] if bits[j // 24] >> j % 24 & 1 else child[j] for j in range(n)])
            for j in range(n):
                if draws.uniform() < rate:
                    child[j] += spread * draws.normal()
            children.append(child)
        X = np.array(children + [v.copy() for v in X[:elitism]])
        X = X[np.argsort([f(v) for v in X], kind="stable")]
        out.append({"best": f(X[0]), "members": X.tolist()})
    return out


golden = {
    "cma_es": [
        {"options": {"populationSize": lam, "initialSigma": 0.3, "active": active}, "size": n, "generations": cma(n, lam, 0.3, active, 6, False)}
        for n, lam, active in [(3, 6, True), (5, 8, False), (4, 9, True)]
    ],
    "separable_cma_es": [
        {"options": {"populationSize": lam, "initialSigma": 0.3, "active": active}, "size": n, "generations": cma(n, lam, 0.3, active, 6, True)}
        for n, lam, active in [(3, 6, True), (5, 8, False), (4, 9, True)]
    ],
    "differential_evolution": [
        {"options": {"populationSize": 7, "strategy": strategy}, "size": n, "generations": de(n, 7, strategy, 6)}
        for n, strategy in [(3, "best1bin"), (5, "rand1bin"), (4, "currenttobest1bin")]
    ]
    + [{"options": {"populationSize": size, "strategy": "jade"}, "size": n, "generations": jade(n, size, 9)} for n, size in [(3, 5), (5, 8)]],
    "particle_swarm": [
        {"options": {"populationSize": 5, "topology": "ring" if ring else "global"}, "size": n, "generations": pso(n, 5, 6, ring)}
        for n, ring in [(3, False), (4, True)]
    ],
    "evolution_strategy": [{"options": {"populationSize": 6, "sigma": 0.2}, "size": n, "generations": es(n, 6, 0.2, 6)} for n in (3, 5)],
    "genetic_algorithm": [{"options": {"populationSize": 6}, "size": n, "generations": ga(n, 6, 6)} for n in (3, 5)],
}
path = pathlib.Path(__file__).with_name("evolution.json")
path.write_text(json.dumps(golden) + "\n")
