/**
 * One process of a search that the tests kill. Started with the path of the journal, or with none; prints a line when it starts, and the
 * outcome when all is done.
 *
 * @module
 */
import { gridSearch } from "../../mod.ts";
import { moonModel, twoMoons } from "./two_moons.ts";

const { x, y } = twoMoons(100);
console.log("start");
const [path] = Deno.args;
const result = await gridSearch({
  space: { hidden: [3, 5, 7, 9], learningRate: [0.003, 0.01, 0.03] },
  build: (params) => moonModel(params),
  x,
  y,
  epochs: 1500,
  batchSize: 8,
  validation: { folds: 2 },
  monitor: "val_accuracy",
  seed: 2,
  workers: 2,
  verbose: 0,
  ...(path === undefined
    ? {}
    : { journal: { path, heartbeatSeconds: 0.05, staleSeconds: 0.5, checkpointSeconds: 0.01 } }),
});
const trials = result.trials.map(({ seconds: _, attempts: __, ...trial }) => trial);
const weights = result.best.model.getWeights().map(({ data }) => [...data]);
console.log(JSON.stringify({ trials, best: result.best.id, weights }));
