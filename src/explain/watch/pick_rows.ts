import type { Dataset } from "../../data/dataset.ts";
import type { Internals } from "../../models/internals.ts";

/** The number of the shuffle by which rows are chosen: no epoch has it. */
const CHOICE = 0xffffffff;

/** `count` of the samples, chosen by the seed, in the order in which they lie. */
export function pickRows({ Dataset, permuteInto }: Internals, samples: Dataset, count: number, seed: number): Dataset {
  if (count >= samples.count) return samples;
  const order = new Uint32Array(samples.count);
  permuteInto(order, seed, CHOICE);
  const { inputs, targets, weights, shapes } = samples;
  const rows = order.subarray(0, count).sort().map((row) => samples.rows?.[row] ?? row);
  return new Dataset(inputs, targets, weights, { rows, shapes });
}

/** A copy of the first `count` samples of a batch, whose arrays may change. */
export function copyRows({ Dataset, Tensor }: Internals, batch: Dataset, count: number): Dataset {
  const { inputs, targets, weights, shapes } = batch.slice(0, Math.min(count, batch.count));
  const copy = ({ data, shape }: { readonly data: Float32Array; readonly shape: readonly number[] }) =>
    new Tensor(data.slice(), shape);
  return new Dataset(inputs.map(copy), targets.map(copy), weights.map((each) => each?.slice() ?? null), { shapes });
}
