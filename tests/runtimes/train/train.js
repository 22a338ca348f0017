/**
 * Runs in every runtime, beside a copy of dist/: trains the mix with one thread and with two, and tells what came of it in one line of JSON; in
 * a browser the line is posted to /result.
 *
 * @module
 */
import * as library from "./dist/mod.js";
import { half, halfEpochs } from "./saved.js";
import { searchGrid } from "./search_grid.js";
import { trainMix } from "./train_mix.js";

const threads = globalThis.process?.getBuiltinModule?.("node:worker_threads");

/** Counts the workers that are started, with whatever this runtime calls them. */
function countWorkers() {
  const count = { started: 0 };
  const home = threads ?? globalThis;
  home.Worker = new Proxy(home.Worker, {
    construct(Original, given) {
      count.started++;
      return new Original(...given);
    },
  });
  return count;
}

const workers = countWorkers();
const warnings = [];
console.warn = (message) => warnings.push(message);

const result = { portable: {}, fast: {}, later: { portable: {}, fast: {} }, loss: {}, warnings };
const epochs = 2 * halfEpochs;
for (const numerics of ["portable", "fast"]) {
  for (const count of [1, 2]) {
    const { hash, later, loss } = await trainMix(library, { numerics, workers: count, epochs });
    result[numerics][count] = hash;
    result.later[numerics][count] = later;
    result.loss[numerics] = loss;
    if (count === 1 && numerics === "portable") result.startedForOne = workers.started;
  }
}
const files = half.map((text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)));
const continued = await trainMix(library, { workers: 2, epochs: halfEpochs, files });
result.continued = continued.hash;
result.laterContinued = continued.later;
result.started = workers.started;

// Enough work for `auto`: 200 steps of about 1 ms each.
const { layers, loadModel, sequential, toModule } = library;
const model = sequential([
  layers.dense({ units: 256, activation: "relu", inputShape: [64] }),
  layers.dense({ units: 256, activation: "relu" }),
  layers.dense({ units: 1 }),
]);
model.compile({ optimizer: "adam", loss: "mean_squared_error" });
const x = { data: new Float32Array(640 * 64).map((_, i) => Math.fround((i % 97) / 97)), shape: [640, 64] };
const before = performance.now();
const { history } = await model.fit(x, new Float32Array(640), { epochs: 20, batchSize: 64, verbose: 0 });
result.auto = { started: workers.started, ms: performance.now() - before, learned: history.loss[19] < history.loss[0] };

// A search with two threads, a module without imports, a report, and progress where this runtime shows it.
const found = await searchGrid(library, 2);
result.search = found.trials.map(({ score }) => score);
result.report = found.report().startsWith("<!doctype html>");
const [p] = found.best.model.predict([[1, 1]]).data;
const source = toModule(found.best.model);
// Bun reads base64 only, if the text has certain characters.
const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(source)));
const { predict } = await import(`data:text/javascript;base64,${encoded}`);
result.module = Math.abs(predict([1, 1])[0] - p) < 1e-5;
await found.best.model.fit([[1, 1]], [2], { epochs: 1 });

const [, , folder] = globalThis.process?.argv ?? [];
if (folder === "no-files") {
  result.file = "not tried";
} else {
  try {
    await model.save(`${folder}/saved.safetensors`);
    const again = await loadModel(`${folder}/saved.safetensors`);
    result.file = String(again.toBytes()) === String(model.toBytes()) ? "the same" : "differs";
  } catch (error) {
    result.file = error.message;
  }
}

const line = JSON.stringify(result);
if (globalThis.process === undefined) await fetch("/result", { method: "POST", body: line });
else console.log(line);
