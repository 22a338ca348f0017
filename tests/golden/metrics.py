"""Writes metrics.json: what scikit-learn, SciPy, PyTorch or a plain numpy formula give for each metric.

Run: /usr/bin/python3 tests/golden/metrics.py  (numpy 1.24, scikit-learn 1.2, SciPy, PyTorch 1.13)
All data are float32 first; references compute in float64 from these.
"""

import json
import pathlib

import numpy as np
import torch
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import entropy
from sklearn import metrics as sk
from sklearn.metrics.pairwise import paired_cosine_distances

rng = np.random.default_rng(20240607)
f32 = np.float32


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def data(y_true, y_pred, zeros=0):
    """A set: labels and predictions [rows, width], and weights of which some are 0."""
    weights = rng.uniform(0.1, 3, len(y_true)).astype(f32)
    weights[rng.permutation(len(y_true))[:zeros]] = 0
    y_true, y_pred = np.asarray(y_true, f32), np.asarray(y_pred, f32)
    return {"yTrue": y_true.reshape(len(y_true), -1), "yPred": y_pred.reshape(len(y_pred), -1), "weights": weights}


def one_hot(indices, classes):
    return np.eye(classes)[indices]


n = 97
labels = rng.integers(0, 2, n)
scores = np.clip(rng.normal(0.4 + 0.2 * labels, 0.25), 0.01, 0.99)
classes = rng.integers(0, 7, n)
logits = rng.normal(size=(n, 7)) + 1.2 * one_hot(classes, 7)
tags = (rng.uniform(size=(n, 3)) < [0.5, 0.3, 0.7]).astype(float)
target = rng.normal(size=(n, 3)) * [1, 3, 0.5] + [0, 10, 1000]
positive_target = rng.gamma(2.0, 2.0, size=(n, 2)) + 0.1
sets = {
    "binary": data(labels, scores, 9),
    # Predictions at the centres of AUC's 200 buckets, many of them tied: the binned ROC area is then exact.
    "centred": data(labels, (2 * np.floor(scores * 60) * 3 + 1) / 398, 9),
    "onThreshold": data(labels, np.round(scores * 10) / 10, 9),
    "multiclass": data(one_hot(classes, 7), softmax(logits), 9),
    "sparse": data(classes, softmax(logits), 9),
    "logits": data(one_hot(classes, 7), logits, 9),
    "sparseLogits": data(classes, logits, 9),
    "binaryLogits": data(labels, 8 * scores - 4, 9),
    "multilabel": data(tags, np.clip(rng.normal(0.4 + 0.2 * tags, 0.3), 0.01, 0.99), 9),
    "regression": data(target, target + rng.normal(size=(n, 3)) * [0.3, 2, 0.4], 9),
    "positive": data(positive_target, positive_target * np.exp(rng.normal(0, 0.3, size=(n, 2))), 9),
    "distributions": data(softmax(rng.normal(size=(n, 5))), softmax(rng.normal(size=(n, 5))), 9),
    "signs": data(2 * labels - 1, rng.normal(size=n), 9),
    "noPositives": data(np.zeros(n), scores, 9),
    "onlyPositives": data(np.ones(n), scores, 9),
    "constant": data(np.full((n, 1), 3), np.full((n, 1), 3.5)),
}
cases = []


def case(set_name, metric, expected, source, config=None, tolerance=1e-12):
    """One metric on one set, with and without weights; expected(yTrue, yPred, weights) is computed in float64."""
    for weighted in (False, True):
        d = sets[set_name]
        y_true, y_pred = d["yTrue"].astype(float), d["yPred"].astype(float)
        weights = d["weights"].astype(float) if weighted else np.ones(len(y_true))
        value = np.asarray(expected(y_true, y_pred, weights), float)
        assert np.all(np.isfinite(value)), (metric, set_name)
        cases.append({"set": set_name, "metric": metric, "config": config or {}, "weighted": weighted,
                      "expected": value.tolist(), "source": source, "tolerance": tolerance})


def row_mean(f):
    """The weighted mean over rows of f(yTrue, yPred) [rows]."""
    return lambda t, p, w: np.average(f(t, p), weights=w)


def first(a):
    return a.ravel().astype(int)


# Accuracies.
for name, threshold in (("binary", 0.5), ("binary", 0.3), ("onThreshold", 0.5), ("onThreshold", 0.3)):
    case(name, "binary_accuracy",
         lambda t, p, w, c=threshold: sk.accuracy_score(first(t), p.ravel().astype(f32) > f32(c), sample_weight=w),
         "sklearn accuracy_score", {"threshold": threshold})
case("multilabel", "binary_accuracy", row_mean(lambda t, p: np.mean((p > 0.5) == (t > 0), axis=1)), "numpy")
case("multiclass", "categorical_accuracy",
     lambda t, p, w: sk.accuracy_score(t.argmax(1), p.argmax(1), sample_weight=w), "sklearn accuracy_score")
for name in ("sparse", "sparseLogits"):
    case(name, "sparse_categorical_accuracy",
         lambda t, p, w: sk.accuracy_score(first(t), p.argmax(1), sample_weight=w), "sklearn accuracy_score")
for k in (1, 3, 5):
    config = {} if k == 5 else {"k": k}
    case("multiclass", "top_k_categorical_accuracy",
         lambda t, p, w, k=k: sk.top_k_accuracy_score(t.argmax(1), p, k=k, labels=range(7), sample_weight=w),
         "sklearn top_k_accuracy_score", config)
    case("sparseLogits", "sparse_top_k_categorical_accuracy",
         lambda t, p, w, k=k: sk.top_k_accuracy_score(first(t), p, k=k, labels=range(7), sample_weight=w),
         "sklearn top_k_accuracy_score", config)

# Precision, recall, F1.
for metric, score in (("precision", sk.precision_score), ("recall", sk.recall_score)):
    source = f"sklearn {metric}_score"

    def at(threshold, score=score):
        return lambda t, p, w: score(first(t), p.ravel().astype(f32) > f32(threshold), sample_weight=w, zero_division=0)

    for name in ("binary", "onThreshold", "noPositives", "onlyPositives"):
        case(name, metric, at(0.5), source)
    case("onThreshold", metric, at(0.7), source, {"thresholds": 0.7})
    cuts = [0.0, 0.3, 0.6, 0.995]
    case("binary", metric, lambda t, p, w: [at(c)(t, p, w) for c in cuts], source, {"thresholds": cuts})
    for name in ("multiclass", "multilabel"):
        case(name, metric, lambda t, p, w, s=score: s(t, p > 0.5, average="micro", sample_weight=w, zero_division=0), source)
    case("multiclass", metric,
         lambda t, p, w, s=score: s(t[:, 2], p[:, 2] > 0.25, sample_weight=w, zero_division=0), source,
         {"classId": 2, "thresholds": 0.25})
    case("sparse", metric,
         lambda t, p, w, s=score: s(first(t) == 4, p[:, 4] > 0.5, sample_weight=w, zero_division=0), source, {"classId": 4})

    def top(t, p, w, s=score, k=2, cut=-1):
        inside = np.zeros_like(p, bool)
        np.put_along_axis(inside, np.argsort(-p, axis=1, kind="stable")[:, :k], True, axis=1)
        return s(t, inside & (p > cut), average="micro", sample_weight=w, zero_division=0)

    case("multiclass", metric, top, source, {"topK": 2})
    case("multiclass", metric, lambda t, p, w: top(t, p, w, cut=0.25), source, {"topK": 2, "thresholds": 0.25})

for average in (None, "micro", "macro", "weighted"):
    config = {} if average is None else {"average": average}

    def f1(t, p, w, average=average):
        return sk.f1_score(t, p, average=average, sample_weight=w, zero_division=0)

    case("multilabel", "f1_score", lambda t, p, w: f1(t, p > 0.5, w), "sklearn f1_score", {**config, "threshold": 0.5})
    for name in ("multiclass", "logits"):
        case(name, "f1_score", lambda t, p, w: f1(t, one_hot(p.argmax(1), 7), w), "sklearn f1_score", config)
    case("sparse", "f1_score", lambda t, p, w: f1(one_hot(first(t), 7), one_hot(p.argmax(1), 7), w),
         "sklearn f1_score", config)
case("binary", "f1_score", lambda t, p, w: sk.f1_score(first(t), p.ravel() > 0.5, sample_weight=w), "sklearn f1_score")
case("noPositives", "f1_score", lambda t, p, w: 0, "definition")

# Confusion matrix.
case("multiclass", "confusion_matrix",
     lambda t, p, w: sk.confusion_matrix(t.argmax(1), p.argmax(1), labels=range(7), sample_weight=w), "sklearn")
case("sparse", "confusion_matrix",
     lambda t, p, w: sk.confusion_matrix(first(t), p.argmax(1), labels=range(9), sample_weight=w), "sklearn",
     {"numClasses": 9})
case("binary", "confusion_matrix",
     lambda t, p, w: sk.confusion_matrix(first(t), p.ravel() > 0.5, labels=[0, 1], sample_weight=w), "sklearn")
case("onlyPositives", "confusion_matrix",
     lambda t, p, w: sk.confusion_matrix(first(t), p.ravel() > 0.3, labels=[0, 1], sample_weight=w), "sklearn",
     {"threshold": 0.3})


# AUC: every threshold is compared with every prediction, as its definition says (no histogram).
def binned_auc(t, p, w, thresholds, curve, method):
    t, p, w = t.ravel() > 0, p.ravel().astype(f32), np.repeat(w, t.shape[1])
    cuts = np.concatenate([[-1e-7], thresholds, [1 + 1e-7]]).astype(f32)
    tp = np.array([w[t & (p > c)].sum() for c in cuts])
    fp = np.array([w[~t & (p > c)].sum() for c in cuts])
    fn, tn = w[t].sum() - tp, w[~t].sum() - fp

    def div(a, b):
        return np.divide(a, b, out=np.zeros(len(cuts)), where=b != 0)

    if curve == "PR" and method == "interpolation":
        area = 0.0
        for i in range(len(cuts) - 1):  # integrate precision numerically, TP and FP moving in step
            high, low = (tp[i], fp[i]), (tp[i + 1], fp[i + 1])
            d_tp, d_fp = high[0] - low[0], high[1] - low[1]
            if d_tp + d_fp <= 0 or d_tp == 0:
                continue

            def precision(s):
                positives = low[0] + s * d_tp
                return positives / (positives + low[1] + s * d_fp)

            if low[0] + low[1] <= 0:  # precision is constant from nothing to the first point
                area += precision(1.0) * d_tp
            else:
                area += quad(precision, 0, 1, epsabs=1e-13, epsrel=1e-13)[0] * d_tp
        return area / w[t].sum() if t.any() else 0.0
    recall = div(tp, tp + fn)
    if curve == "ROC":
        x, y = div(fp, fp + tn), recall
    elif curve == "PR":
        x, y = recall, div(tp, tp + fp)
    else:
        scale = div(tp + fn, tn + fp)
        x = np.where(tp == 0, 0, np.maximum(1 - scale * div(fn, tp), 0))
        y = np.where(tp == 0, 1, 1 - scale * div(fp, tp))
    a, b = y[:-1], y[1:]
    height = {"interpolation": (a + b) / 2, "minoring": np.minimum(a, b), "majoring": np.maximum(a, b)}[method]
    return np.sum((x[:-1] - x[1:]) * height)


def even(count):
    return np.arange(1, count - 1) / (count - 1)


case("centred", "auc", lambda t, p, w: sk.roc_auc_score(first(t), p.ravel(), sample_weight=w), "sklearn roc_auc_score")
case("binary", "auc", lambda t, p, w: sk.roc_auc_score(first(t), p.ravel(), sample_weight=w), "sklearn roc_auc_score",
     {"numThresholds": 1_000_000}, 1e-9)
for curve in ("ROC", "PR", "PRGAIN"):
    for method in ("interpolation", "minoring", "majoring"):
        config = {"curve": curve, "summationMethod": method}
        case("binary", "auc", lambda t, p, w: binned_auc(t, p, w, even(200), curve, method), "numpy", config)
        case("binary", "auc", lambda t, p, w: binned_auc(t, p, w, even(11), curve, method), "numpy",
             {**config, "numThresholds": 11})
        for name in ("noPositives", "onlyPositives"):
            case(name, "auc", lambda t, p, w: binned_auc(t, p, w, even(200), curve, method), "numpy", config)
cuts = [0.9, 0.1, 0.3, 0.35, 0.6]
case("binary", "auc", lambda t, p, w: binned_auc(t, p, w, sorted(cuts), "ROC", "interpolation"), "numpy", {"thresholds": cuts})
case("onThreshold", "auc", lambda t, p, w: binned_auc(t, p, w, sorted(cuts), "PR", "interpolation"), "numpy",
     {"thresholds": cuts, "curve": "PR"})
case("multilabel", "auc", lambda t, p, w: binned_auc(t, p, w, even(200), "ROC", "interpolation"), "numpy")


def by_column(t, p, w, label_weights):
    areas = [binned_auc(t[:, [i]], p[:, [i]], w, even(200), "ROC", "interpolation") for i in range(3)]
    return np.average(areas, weights=label_weights)


case("multilabel", "auc", lambda t, p, w: by_column(t, p, w, None), "numpy", {"multiLabel": True})
case("multilabel", "auc", lambda t, p, w: by_column(t, p, w, [1, 0, 2.5]), "numpy",
     {"multiLabel": True, "numLabels": 3, "labelWeights": [1, 0, 2.5]})
case("binaryLogits", "auc",
     lambda t, p, w: binned_auc(t, expit(p).astype(f32), w, even(200), "ROC", "interpolation"), "numpy", {"fromLogits": True})

# Regression.
case("regression", "mean_squared_error", lambda t, p, w: sk.mean_squared_error(t, p, sample_weight=w), "sklearn")
case("regression", "root_mean_squared_error", lambda t, p, w: np.sqrt(sk.mean_squared_error(t, p, sample_weight=w)), "sklearn")
case("regression", "mean_absolute_error", lambda t, p, w: sk.mean_absolute_error(t, p, sample_weight=w), "sklearn")
case("positive", "mean_absolute_percentage_error",
     lambda t, p, w: 100 * sk.mean_absolute_percentage_error(t, p, sample_weight=w), "sklearn")
case("positive", "mean_squared_logarithmic_error", lambda t, p, w: sk.mean_squared_log_error(t, p, sample_weight=w), "sklearn")
case("regression", "log_cosh_error", row_mean(lambda t, p: np.log(np.cosh(p - t)).mean(1)), "numpy")
case("regression", "cosine_similarity", row_mean(lambda t, p: 1 - paired_cosine_distances(t, p)), "sklearn")
for mode, other in (("uniform_average", "uniform_average"), ("variance_weighted_average", "variance_weighted"), (None, "raw_values")):
    config = {} if mode == "uniform_average" else {"classAggregation": mode}
    # Σ(y − mean)² where labels lie near 1000 with deviation 0.5: two ways of rounding differ by more than 1e-12.
    case("regression", "r2_score", lambda t, p, w: sk.r2_score(t, p, multioutput=other, sample_weight=w), "sklearn r2_score",
         config, 1e-11)


def adjusted(t, p, w):
    rows = np.count_nonzero(w)
    return 1 - (1 - sk.r2_score(t, p, sample_weight=w)) * (rows - 1) / (rows - 5 - 1)


case("regression", "r2_score", adjusted, "sklearn r2_score, adjusted", {"numRegressors": 5}, 1e-11)
case("constant", "r2_score", lambda t, p, w: sk.r2_score(t, p, sample_weight=w), "sklearn r2_score")


# Probabilistic.
def tensors(*arrays):
    return [torch.tensor(a, dtype=torch.float64) for a in arrays]


def torch_rows(f):
    return row_mean(lambda t, p: f(*tensors(t, p)).numpy())


bce = torch.nn.functional.binary_cross_entropy
bce_logits = torch.nn.functional.binary_cross_entropy_with_logits
cross = torch.nn.functional.cross_entropy
for name in ("binary", "multilabel"):
    case(name, "binary_crossentropy", torch_rows(lambda t, p: bce(p, t, reduction="none").mean(1)), "torch")
case("binary", "binary_crossentropy", torch_rows(lambda t, p: bce(p, 0.8 * t + 0.1, reduction="none").mean(1)), "torch",
     {"labelSmoothing": 0.2})
case("binaryLogits", "binary_crossentropy", torch_rows(lambda t, p: bce_logits(p, t, reduction="none").mean(1)), "torch",
     {"fromLogits": True})
# float32 probabilities do not sum to exactly 1: dividing by the sum is part of the metric.
case("multiclass", "categorical_crossentropy",
     torch_rows(lambda t, p: cross(p.log(), t, reduction="none")), "torch")
case("logits", "categorical_crossentropy", torch_rows(lambda t, p: cross(p, t, reduction="none")), "torch", {"fromLogits": True})
case("logits", "categorical_crossentropy",
     torch_rows(lambda t, p: cross(p, t, reduction="none", label_smoothing=0.3)), "torch",
     {"fromLogits": True, "labelSmoothing": 0.3})
case("multiclass", "categorical_crossentropy",
     torch_rows(lambda t, p: cross(p.log(), t, reduction="none", label_smoothing=0.3)), "torch", {"labelSmoothing": 0.3})
case("sparse", "sparse_categorical_crossentropy",
     torch_rows(lambda t, p: cross(p.log(), t[:, 0].long(), reduction="none")), "torch")
case("sparseLogits", "sparse_categorical_crossentropy",
     torch_rows(lambda t, p: cross(p, t[:, 0].long(), reduction="none")), "torch", {"fromLogits": True})


def ignoring(t, p, w):
    keep = t[:, 0] != 2
    t, p = tensors(t[keep], p[keep])
    return np.average(cross(p, t[:, 0].long(), reduction="none").numpy(), weights=w[keep])


case("sparseLogits", "sparse_categorical_crossentropy", ignoring, "torch", {"fromLogits": True, "ignoreClass": 2})


def kl(t, p):  # SciPy scales both to sum 1 (float32 sums are off by 1e-8): compare what it gives before scaling
    return np.array([entropy(a, b) for a, b in zip(t, p)])


case("distributions", "kl_divergence", row_mean(kl), "scipy entropy", tolerance=1e-6)
case("distributions", "kl_divergence",
     torch_rows(lambda t, p: torch.nn.functional.kl_div(p.log(), t, reduction="none").sum(1)), "torch kl_div")
case("positive", "poisson",
     torch_rows(lambda t, p: torch.nn.functional.poisson_nll_loss(p, t, log_input=False, eps=1e-7, reduction="none").mean(1)),
     "torch poisson_nll_loss")

# Hinges.
case("signs", "hinge", lambda t, p, w: sk.hinge_loss(first(t), p.ravel(), labels=[-1, 1], sample_weight=w), "sklearn hinge_loss")
case("binaryLogits", "hinge", lambda t, p, w: sk.hinge_loss(first(t), p.ravel(), labels=[0, 1], sample_weight=w), "sklearn hinge_loss")
case("signs", "squared_hinge", row_mean(lambda t, p: (np.maximum(1 - t * p, 0) ** 2).mean(1)), "numpy")
case("logits", "categorical_hinge",
     row_mean(lambda t, p: np.maximum(np.where(t > 0, 0, p).max(1) - p[t > 0] + 1, 0)), "numpy")



def shortest(array):
    """The shortest decimals that read back as the same float32."""
    return [float(str(x)) for x in array.ravel()]


out = {"sets": {k: {"rows": len(v["yTrue"]), **{key: shortest(a) for key, a in v.items()}} for k, v in sets.items()},
       "cases": cases}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(out, separators=(",", ":")).replace('},{', '},\n{') + "\n")
print(len(cases), "cases,", path.stat().st_size, "bytes")
