import { hasRate } from "../configuration/optimizer_fields.ts";
import type { ReplyBody, Request } from "../protocol.ts";
import { compareRates } from "../../../src/explain/curvature/compare_rates.ts";
import { makeNetwork } from "./network.ts";
import type { Situation } from "./situation.ts";

/** Limits of a comparison, whose models are trained one after the other. */
const MOST = { rates: 10, epochs: 2000, steps: 200_000 };
/** Seeds for every rate: the run's own, and those behind it. */
const SEEDS = 5;

/** Trains networks like the run's with several rates, each with the same seeds. */
export async function compareSomeRates(
  { rates, epochs }: Request & { readonly kind: "compareRates" },
  { session, language }: Situation,
): Promise<ReplyBody> {
  const { configuration, data, train, loop } = session;
  if (!hasRate(configuration.optimizer.name)) {
    throw new TypeError(`${configuration.optimizer.name} has no learning rate`);
  }
  if (rates.length === 0 || rates.length > MOST.rates || rates.some((rate) => !(rate >= 0 && rate <= 1000))) {
    throw new RangeError(`1 to ${MOST.rates} rates from 0 to 1000 can be compared`);
  }
  if (!Number.isInteger(epochs) || epochs < 2 || epochs > MOST.epochs) {
    throw new RangeError(`A comparison has 2 to ${MOST.epochs} epochs`);
  }
  const steps = rates.length * SEEDS * epochs * loop.batches;
  if (steps > MOST.steps) throw new RangeError(`A comparison has at most ${MOST.steps} steps, this one has ${steps}`);
  const { inputs: [x], targets: [y] } = train.dataset;
  const make = (learningRate: number, seed: number) =>
    makeNetwork({ ...configuration, learningRate, schedule: null, seed, weights: null }, train.samples, data.outputs);
  const found = await compareRates(make, x, y, rates, {
    epochs,
    seeds: Array.from({ length: SEEDS }, (_, i) => configuration.seed + i),
    batchSize: configuration.batchSize ?? train.samples.count,
    verbose: 0,
    language,
  });
  return { kind: "rates", html: found.toHTML(), text: String(found) };
}
