/**
 * A script as users write it: it trains with two threads and ends as its argument says. It gets no permissions.
 *
 * @module
 */
import { layers, sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { dyingSource } from "../workers/dying_source.ts";
import { withThreads } from "../workers/fake_threads.ts";

const x = drawNumbers(64, 10, 1);
const y = drawNumbers(64, 3, 2);
const model = sequential([
  layers.dense({ units: 40, activation: "relu", inputShape: [10] }),
  layers.dense({ units: 3 }),
], { seed: 1 });
model.compile({ optimizer: "adam", loss: "mse" });

/** Trains for as long as the process lives, and says when it has begun. */
async function trainForEver(onTrainBatchEnd?: () => void): Promise<void> {
  const onEpochEnd = (epoch: number): void => {
    if (epoch === 3) console.log("training");
  };
  await model.fit(x, y, { epochs: 1e9, verbose: 0, workers: 2, callbacks: [{ onEpochEnd, onTrainBatchEnd }] });
}

async function train(): Promise<void> {
  await model.fit(x, y, { epochs: 3, verbose: 0, workers: 2 });
}

const endings: Readonly<Record<string, () => Promise<void> | void>> = {
  "after a fit": train,
  "after a fit on all cores": () => void model.fit(x, y, { epochs: 3, verbose: 0, workers: 7 }),
  "after predict": () => void model.predict(x, { workers: 2 }),
  "by a throw after a fit": async () => {
    await train();
    console.log("last line");
    throw new RangeError("thrown after the fit");
  },
  "by Deno.exit during a fit": async () => {
    await trainForEver(() => {
      if (model.iteration < 100) return;
      console.log("last line");
      Deno.exit(7);
    });
  },
  "by Deno.exit while a fit begins": () => {
    trainForEver();
    console.log("last line");
    Deno.exit(8);
  },
  "by a signal during a fit": () => trainForEver(),
  "after a worker was lost": async () => {
    const source = dyingSource({ launch: 3, barrier: 0, deed: "while (true);" });
    await withThreads({ source: () => source }, async () => {
      try {
        await train();
      } catch (error) {
        console.log((error as Error).message);
      }
    });
  },
};

const ending = Deno.args[0];
await endings[ending]();
console.log("last line");
