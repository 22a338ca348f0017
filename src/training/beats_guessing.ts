import type { Dataset } from "../data/dataset.ts";
import { logarithm } from "../tensor/logarithm.ts";
import type { Network } from "./network.ts";
import type { Objective } from "./objective.ts";

/** Fewer epochs say nothing. */
const EPOCHS = 5;
/** The share of the loss of the best constant answer by which a training is better that has learnt. */
const LEARNT = 0.1;

/**
 * Whether the loss of the last quarter of the epochs is better than that of the best constant answer, by a tenth at least. null where that is not
 * told: for other losses than squared errors and crossentropies of one label a sample, with weights or penalties, or if all labels are alike.
 */
export function beatsGuessing(
  { variables }: Network,
  { goals: [{ loss: { id, config } }, ...others] }: Objective,
  { targets: [{ data }], weights: [weights], rows, count }: Dataset,
  losses: readonly number[],
): boolean | null {
  const isSquare = id === "mean_squared_error";
  const { reduction, labelSmoothing, ignoreClass } = config;
  const isTold = isSquare || id === "sparse_categorical_crossentropy" ||
    id === "binary_crossentropy" && data.every((label) => label === 0 || label === 1);
  if (
    !isTold || others.length > 0 || losses.length < EPOCHS || data.length !== count || rows !== null ||
    weights !== null || reduction !== "sum_over_batch_size" || labelSmoothing || ignoreClass != null ||
    variables.some(({ spec }) => spec.regularizer)
  ) return null;
  let guess = 0;
  if (isSquare) {
    const mean = data.reduce((sum, label) => sum + label, 0) / count;
    for (const label of data) guess += (label - mean) * (label - mean) / count;
  } else {
    const counts = new Map<number, number>();
    for (const label of data) counts.set(label, (counts.get(label) ?? 0) + 1);
    for (const times of counts.values()) guess -= times / count * logarithm(times / count);
  }
  if (!(guess > 1e-9)) return null;
  const last = losses.slice(-Math.ceil(losses.length / 4));
  return last.reduce((sum, loss) => sum + loss, 0) <= last.length * (1 - LEARNT) * guess;
}

/** What is said of a training that does not. */
export const DID_NOT_LEARN =
  "did not learn: the loss is hardly better than that of a constant answer; why: diagnose(history, model, { x, y }) of " +
  '"retroprop/explain"';
