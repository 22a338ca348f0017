import { RandomStream } from "../../tensor/random_stream.ts";
import { growRegressionTree, type Leaf } from "./grow_regression_tree.ts";
import { keyOfParams } from "../space/key_of_params.ts";
import type { Params } from "../space/params.ts";
import { SEARCH_STREAMS } from "../samplers/search_streams.ts";
import type { ResolvedSpace } from "../space/space.ts";

/** What part of the differences between scores one parameter explains. */
export interface ParameterImportance {
  /** The name of the parameter. */
  readonly name: string;
  /** From 0 to 1. */
  readonly value: number;
}

const TREES = 32;
/** A tree is grown from at most so many trials. */
const MOST_ROWS = 1000;
/** Scores farther from the quartiles than this many times their distance are drawn in: one diverged run must not be all. */
const FENCE = 3;

/**
 * How much each parameter matters: the share of the variance of the score over the whole space that its main effect has, by a
 * functional analysis of variance of a forest of regression trees; of a complete grid one tree has all scores, and the shares
 * are exact. What is missing from a sum of 1 is due to parameters acting
 * together. Where a parameter is left out by its condition, it counts as in the middle of its range. The result is a function of the
 * trials alone.
 *
 * Source: Hutter, Hoos, Leyton-Brown 2014, An efficient approach for assessing hyperparameter importance.
 *
 * @param trials Trials with their params and scores; those without a finite score are ignored.
 * @param space The space.
 * @returns All parameters, the most important first; all 0 if the scores are equal or there are fewer than 2.
 */
export function importance(
  trials: readonly { readonly params: Params; readonly score: number | null }[],
  space: ResolvedSpace,
): ParameterImportance[] {
  const scored = trials.filter(({ score }) => score !== null && Number.isFinite(score));
  const parameters = space.names.map((name) => space.parameters.find((each) => each.name === name)!);
  const columns = parameters.map(({ name, axis: { low, high, positionOf } }) => {
    return Float64Array.from(scored, ({ params }) => {
      const x = Object.hasOwn(params, name) ? (positionOf(params[name]) - low) / (high - low) : NaN;
      return Number.isNaN(x) ? 0.5 : x;
    });
  });
  const points = parameters.reduce((product, { axis }) => product * axis.count, 1);
  const isGrid = scored.length === points && new Set(scored.map(({ params }) => keyOfParams(params))).size === points;
  const shares = explain(columns, drawIn(Float64Array.from(scored, ({ score }) => score!)), isGrid);
  return space.names
    .map((name, j) => ({ name, value: shares[j] }))
    .sort((a, b) => b.value - a.value);
}

/** Scores with those beyond the fences set to the fences. */
function drawIn(scores: Float64Array): Float64Array {
  const sorted = scores.toSorted();
  const lower = sorted[Math.floor((scores.length - 1) / 4)];
  const upper = sorted[Math.ceil((scores.length - 1) * 3 / 4)];
  const reach = FENCE * (upper - lower);
  if (!(reach > 0)) return scores;
  return scores.map((score) => Math.min(upper + reach, Math.max(lower - reach, score)));
}

/** The share of every column, as the mean over the trees. */
function explain(columns: readonly Float64Array[], scores: Float64Array, isGrid: boolean): Float64Array {
  const n = scores.length;
  const shares = new Float64Array(columns.length);
  if (n < 2) return shares;
  let trees = 0;
  for (let tree = 0; tree < (isGrid ? 1 : TREES); tree++) {
    const random = new RandomStream(0, SEARCH_STREAMS.forest, tree);
    const rows = isGrid
      ? Uint32Array.from(scores.keys())
      : Uint32Array.from({ length: Math.min(n, MOST_ROWS) }, () => random.nextInteger(n));
    const leaves = growRegressionTree(columns, scores, rows);
    const mean = leaves.reduce((sum, leaf) => sum + volume(leaf) * leaf.value, 0);
    const variance = leaves.reduce((sum, leaf) => sum + volume(leaf) * (leaf.value - mean) ** 2, 0);
    if (!(variance > 0)) continue;
    trees++;
    for (let j = 0; j < columns.length; j++) shares[j] += measureMainEffect(leaves, j, mean) / variance;
  }
  return trees === 0 ? shares : shares.map((share) => Math.min(1, share / trees));
}

function volume({ low, high }: Leaf): number {
  let product = 1;
  for (let j = 0; j < low.length; j++) product *= high[j] - low[j];
  return product;
}

/** The variance of the tree's mean over all other columns, as a function of column j: a step function between the leaves' edges. */
function measureMainEffect(leaves: readonly Leaf[], j: number, mean: number): number {
  const edges = Float64Array.from(new Set(leaves.flatMap(({ low, high }) => [low[j], high[j]]))).sort();
  const numbers = new Map(Array.from(edges, (edge, i) => [edge, i]));
  // rises[i]: by how much the step function rises at edge i.
  const rises = new Float64Array(edges.length);
  for (const leaf of leaves) {
    const share = leaf.value * volume(leaf) / (leaf.high[j] - leaf.low[j]);
    rises[numbers.get(leaf.low[j])!] += share;
    rises[numbers.get(leaf.high[j])!] -= share;
  }
  let height = 0;
  let variance = 0;
  for (let i = 0; i < edges.length - 1; i++) {
    height += rises[i];
    variance += (edges[i + 1] - edges[i]) * (height - mean) ** 2;
  }
  return variance;
}
