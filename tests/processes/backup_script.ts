/**
 * A script that is killed and started again until it is through: it prints what it has in the end. Its arguments are the folder of its
 * files and the batches between two backups, or `none`.
 *
 * @module
 */
import { callbacks, layers, sequential } from "../../mod.ts";
import { drawNumbers } from "../models/draw_numbers.ts";
import { hashWeights } from "../models/hash_weights.ts";

const [folder, saveFreq] = Deno.args;
const model = sequential([
  layers.dense({ units: 8, activation: "relu", inputShape: [5] }),
  layers.dropout({ rate: 0.2 }),
  layers.dense({ units: 1 }),
], { seed: 3 });
model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae", "r2_score"] });
const x = drawNumbers(160, 5, 1);
const y = drawNumbers(160, 1, 2);
console.log("begins");
const history = await model.fit(x, y, {
  epochs: 40,
  batchSize: 16,
  validationSplit: 0.2,
  verbose: 0,
  callbacks: [
    callbacks.earlyStopping({ patience: 30, restoreBestWeights: true }),
    callbacks.reduceLROnPlateau({ monitor: "loss", patience: 1, factor: 0.7, minDelta: 0.01 }),
    callbacks.csvLogger({ path: `${folder}/log.csv` }),
    // Slow enough to be killed in the middle.
    { onTrainBatchEnd: () => new Promise((resolve) => setTimeout(resolve, 1)) },
    ...(saveFreq === "none" ? [] : [
      callbacks.backupAndRestore({
        path: `${folder}/backup`,
        saveFreq: saveFreq === "epoch" ? saveFreq : Number(saveFreq),
      }),
    ]),
  ],
});
const log = await Deno.readTextFile(`${folder}/log.csv`);
console.log(JSON.stringify([hashWeights(model), history.epoch, history.history, model.learningRate, log]));
