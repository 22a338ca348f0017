import type { DataInputs, SampleInputs } from "../../data/data_input.ts";
import type { AnyModel } from "../trace/internals_of.ts";
import type { RateComparison } from "./rate_comparison.ts";
import type { CompareRatesOptions } from "./train_rates.ts";

/**
 * Trains a fresh model at each learning rate from the same seeds, and says of every rate whether it is too small, good or too large: with the share of
 * seeds that solve the task, loss, rises, swing, update, and η·λmax before the first step, where about 2 is the edge for gradient descent.
 *
 * @example
 * ```ts ignore
 * import { compareRates } from "retroprop/explain";
 * console.log(await compareRates(make, x, y, [0.1, 4.5, 9, 18, 25], { seeds: 20 }));
 * ```
 * @param make makes a compiled model for a learning rate and a seed: `(learningRate, seed) => model`
 * @throws {TypeError | RangeError} If a rate or an option is out of range, `make` gives no model, or the data do not fit
 */
export async function compareRates(
  make: (learningRate: number, seed: number) => AnyModel,
  x: SampleInputs,
  y: DataInputs,
  rates: readonly number[],
  options: CompareRatesOptions = {},
): Promise<RateComparison> {
  const { trainRates } = await import("./explain_runs.ts");
  return await trainRates(make, x, y, rates, options);
}
