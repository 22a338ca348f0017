/**
 * A script that is interrupted by Ctrl-C: trains until it is, and says what it has then. Its arguments: `verbose`, what `onTrainEnd` does
 * (`hang` or `return`), and the path of a backup or nothing.
 *
 * @module
 */
import { callbacks, layers, sequential } from "../../mod.ts";

const [verbose, end, path] = Deno.args;
const model = sequential([layers.dense({ units: 1, inputShape: [2] })], { seed: 1 });
model.compile({ optimizer: "sgd", loss: "mse" });
const x = Array.from({ length: 64 }, (_, i) => [i / 64, 1]);
const y = x.map(([a]) => a);
let epochs = 0;
try {
  await model.fit(x, y, {
    epochs: 1e9,
    verbose: Number(verbose) as 0,
    callbacks: [
      {
        onEpochEnd: () => {
          if (++epochs === 21) console.log("ready");
        },
        onTrainEnd: () => {
          console.log("ending");
          return end === "hang" ? new Promise(() => {}) : undefined;
        },
      },
      ...(path === undefined ? [] : [callbacks.backupAndRestore({ path })]),
    ],
  });
} catch (error) {
  const { name, message, history } = error as Error & { history: { epoch: number[] } };
  console.log(JSON.stringify({ name, message, epochs: history.epoch.length, iteration: model.iteration }));
  console.log("after");
  await new Promise((resolve) => setTimeout(resolve, 60_000)); // until the next Ctrl-C
}
