import type { Internals } from "../../models/internals.ts";
import { sizeOf } from "../../tensor/size_of.ts";
import type { Shape } from "../../tensor/shape.ts";
import type { Goal } from "../../training/objective.ts";
import { RANGES } from "./rules/label_mismatch.ts";

/** How large logits may be that stand for certainty. */
const CERTAIN = 15;

/** Losses of answers that need no model, for the labels of some samples, in float64. */
export interface OutputLosses {
  /** Of the best constant answer: the mean, the median, or the sign of the labels, whichever is best. */
  readonly constant: number;
  /** Of answers as right as can be: the labels themselves. */
  readonly best: number;
  /** Of what the output's activation gives for 0. */
  readonly zero: number;
  /** Of the best answers that the output's activation can give. */
  readonly reachable: number;
}

/**
 * @param labels the labels, one sample after the other
 * @param shape one sample's predictions
 */
export function outputLosses(
  { Graph, evaluateGraph }: Internals,
  { loss }: Goal,
  { labels, rows, shape, labelShape, activation }: {
    readonly labels: ArrayLike<number>;
    readonly rows: number;
    readonly shape: Shape;
    readonly labelShape: Shape;
    readonly activation: string | null;
  },
): OutputLosses {
  const width = sizeOf(shape);
  const graph = new Graph({ batch: rows });
  const y = graph.input("y", [rows, ...labelShape]);
  const p = graph.input("p", [rows, ...shape]);
  const values = loss.call(graph, y, p);
  const given = Float64Array.from(labels);
  const counts = loss.rowWeights?.(labels) ?? null;
  const measure = (predictions: Float64Array): number => {
    const [found] = evaluateGraph([values], ({ attributes }) => attributes.name === "y" ? given : predictions);
    let [sum, count] = [0, 0];
    for (let i = 0; i < found.length; i++) {
      const weight = counts === null ? 1 : counts[i];
      if (weight === 0) continue;
      sum += weight * found[i];
      count += weight;
    }
    return count === 0 ? 0 : loss.reduction === "sum" ? sum : sum / count;
  };
  const spread = (answer: (element: number) => number): Float64Array => {
    const one = Float64Array.from({ length: width }, (_, i) => answer(i));
    return Float64Array.from({ length: rows * width }, (_, i) => one[i % width]);
  };
  const { link } = loss;
  const toAnswer = (value: number): number => {
    if (link === undefined) return value;
    const odds = link === "sigmoid" ? Math.log(value / (1 - value)) : Math.log(value);
    return Math.min(CERTAIN, Math.max(-CERTAIN, odds));
  };
  const isIndex = loss.target === "class_index";
  const classes = shape[shape.length - 1] ?? 1;
  // What a label is in terms of predictions: of a class, 1 at its place.
  const target = isIndex
    ? Float64Array.from({ length: rows * width }, (_, i) => {
      return given[Math.floor(i / classes)] === i % classes ? 1 : 0;
    })
    : given;
  const column = (i: number): number[] => Array.from({ length: rows }, (_, row) => target[row * width + i]);
  const middles = Array.from({ length: width }, (_, i) => {
    const sorted = column(i).sort((a, b) => a - b);
    return {
      mean: sorted.reduce((sum, value) => sum + value, 0) / rows,
      median: (sorted[(rows - 1) >> 1] + sorted[rows >> 1]) / 2,
    };
  });
  const candidates = [
    measure(spread((i) => toAnswer(middles[i].mean))),
    ...(link === undefined && !isIndex
      ? [
        measure(spread((i) => middles[i].median)),
        measure(
          spread((i) => Math.sign(middles[i].mean - 0.5 * +(loss.target === "hinge" && given.every((v) => v >= 0)))),
        ),
      ]
      : []),
  ].filter(Number.isFinite);
  const [low, high] = activation !== null && link === undefined
    ? RANGES[activation] ?? [-Infinity, Infinity]
    : [-Infinity, Infinity];
  const right = target.map(toAnswer);
  const zero = link !== undefined ? 0 : ZEROS[activation ?? "linear"] ?? (activation === "softmax" ? 1 / classes : 0);
  return {
    constant: candidates.reduce((least, each) => Math.min(least, each), Infinity),
    best: measure(right),
    zero: measure(spread(() => zero)),
    reachable: measure(right.map((value) => Math.min(high, Math.max(low, value)))),
  };
}

/** What activations give for 0, where that is not 0. */
const ZEROS: Readonly<Record<string, number>> = { sigmoid: 0.5, hard_sigmoid: 0.5, exponential: 1, softplus: Math.LN2 };
