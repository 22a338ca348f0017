// What must pass `tsc --strict`; compiled, not run.
import { type Callback, callbacks, layers, losses, type Sequential, sequential, tensor } from "retroprop";
import { runGridCommand } from "retroprop/cli";
import { load } from "retroprop/edge";
import { diagnose, type Diagnosis, explain, watch } from "retroprop/explain";
import { readImage } from "retroprop/image";
import kernels from "retroprop/edge/kernels.wasm";

const options: layers.DenseOptions = { units: 1, activation: "sigmoid", inputShape: [2] };
const model: Sequential = sequential([layers.dense(options)], { seed: 1 });
model.compile({ optimizer: "adam", loss: losses.binaryCrossentropy({ fromLogits: false }) });
const callback: Callback = {
  onEpochEnd: (_epoch, logs) => console.log(logs.loss.toFixed(4), logs.val_loss.toFixed(4)),
};
const history = await model.fit([[0, 1]], [1], { epochs: 1, callbacks: [callback, callbacks.terminateOnNaN()] });
const last: number | undefined = history.history.loss.at(-1);
const rows: number[][] = model.predict([[0, 1]]).toArray();
const classes: Float32Array = tensor([[1, 2]]).argMax(-1).data;
const edge = load(new Uint8Array(), { module: kernels });
const code: number = await runGridCommand(["--help"]);
const image = await readImage(new Uint8Array(), { colorMode: "grayscale" });
model.predict([image]);
const seen = watch({ every: 1 });
await model.fit([[0, 1]], [1], { callbacks: [seen] });
const found: Diagnosis = diagnose(history, model, { x: [[0, 1]], y: [1] });
console.log(explain(model, [[0, 1]], [1]).path("dense/kernel[0,0]").toString(), found.findings.length);
console.log(last, rows, classes, edge.predict([0, 1]), code);
// @ts-expect-error an option that does not exist
layers.dense({ unit: 1 });
// @ts-expect-error a name that does not exist
layers.Dense;
