import { checkInteger } from "../errors/check_integer.ts";
import type { Network } from "../training/network.ts";
import { findBatchSize } from "../layers/find_batch_size.ts";

/** The samples of every batch, where layers are stateful; else null. */
function fixedBatchSize(network: Network): number | null {
  return network.isStateful ? findBatchSize(network.graph.outputs) : null;
}

/**
 * The samples of a batch: what is given, or what a stateful model was made for, or 32.
 *
 * @throws {RangeError} If it is no integer >= 1, or not what a stateful model was made for
 */
export function settleBatchSize(what: string, network: Network, given: unknown, option = "batchSize"): number {
  const fixed = fixedBatchSize(network);
  const size = checkInteger(what, option, given ?? fixed ?? 32, { min: 1 });
  if (fixed === null || size === fixed) return size;
  throw new RangeError(`Cannot ${what}: the model is stateful, so ${option} must be ${fixed}, got ${size}`);
}

/** Checks that so many samples are whole batches of a stateful model. @throws {RangeError} If they are not */
export function checkWholeBatches(what: string, network: Network, count: number): void {
  const fixed = fixedBatchSize(network);
  if (fixed === null || count % fixed === 0) return;
  throw new RangeError(
    `Cannot ${what}: the model is stateful, so the number of samples must be a multiple of its batchSize, ${fixed}, got ${count}`,
  );
}
