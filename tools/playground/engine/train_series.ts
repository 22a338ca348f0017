import { hasRate } from "../configuration/optimizer_fields.ts";
import type { Configuration } from "../configuration/configuration.ts";
import type { ReplyBody, Request } from "../protocol.ts";
import { series } from "../../../src/explain/curvature/series.ts";
import { makeNetwork } from "./network.ts";
import type { Situation } from "./situation.ts";

/** Limits of a series, whose models are trained one after the other. */
const MOST = { each: 10, seeds: 50, units: 32, epochs: 5000, steps: 600_000 };

/** Trains networks like the run's with every size of the first hidden layer, rate and seed, and shows them on one page. */
export async function trainSeries(
  { hidden, rates, epochs, seeds }: Request & { readonly kind: "series" },
  { session, language }: Situation,
): Promise<ReplyBody> {
  const { configuration, data, train, loop } = session;
  if (!hasRate(configuration.optimizer.name)) {
    throw new TypeError(`${configuration.optimizer.name} has no learning rate`);
  }
  const at = configuration.layers.findIndex(({ name }) => name === "dense");
  if (at < 0) throw new TypeError("The network has no hidden layer whose size could be changed");
  const check = (list: readonly number[], most: number, isRight: (value: number) => boolean, what: string): void => {
    if (list.length > 0 && list.length <= most && list.every(isRight)) return;
    throw new RangeError(`A series has 1 to ${most} ${what}`);
  };
  const within = (least: number, most: number) => (value: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
  check(hidden, MOST.each, within(1, MOST.units), `sizes, from 1 to ${MOST.units}`);
  check(rates, MOST.each, (rate) => rate >= 0 && rate <= 1000, "rates, from 0 to 1000");
  check(epochs, MOST.each, within(1, MOST.epochs), `numbers of epochs, from 1 to ${MOST.epochs}`);
  check(seeds, MOST.seeds, within(0, 2 ** 31 - 1), "seeds");
  const steps = hidden.length * rates.length * seeds.length * Math.max(...epochs) * loop.batches;
  if (steps > MOST.steps) throw new RangeError(`A series has at most ${MOST.steps} steps, this one has ${steps}`);
  const build = (units: number, learningRate: number, seed: number) => {
    const layers = configuration.layers.map((layer, i) =>
      i === at ? { ...layer, options: { ...layer.options, units } } : layer
    );
    const changed: Configuration = { ...configuration, layers, learningRate, schedule: null, seed, weights: null };
    return makeNetwork(changed, train.samples, data.outputs);
  };
  const { inputs: [x], targets: [y] } = train.dataset;
  const batchSize = configuration.batchSize ?? train.samples.count;
  const found = await series({ hidden, rates, epochs, seeds, build, x, y, batchSize, verbose: 0, language });
  return { kind: "series", html: found.toHTML(), text: String(found) };
}
