/**
 * tf.js Layers, as its users write it. Usage: `deno run -A --no-lock bench/peers/tfjs.ts <workload> wasm|cpu`.
 *
 * @module
 */
import { drawKernel, drawSamples, drawUniform, runPeer, timeOf, xorX, xorY } from "./measure.ts";

const VERSION = "4.22.0";

interface Tensor {
  dispose(): void;
  dataSync(): Float32Array;
}
interface Model {
  add(layer: unknown): void;
  setWeights(weights: Tensor[]): void;
  compile(options: { optimizer: unknown; loss: string }): void;
  fit(x: Tensor, y: Tensor, options: Record<string, unknown>): Promise<unknown>;
  trainOnBatch(x: Tensor, y: Tensor): Promise<number>;
  dispose(): void;
}
interface Core {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor2d(values: Float32Array, shape: number[]): Tensor;
  zeros(shape: number[]): Tensor;
  matMul(a: Tensor, b: Tensor): Tensor;
  train: { sgd(rate: number): unknown; adam(rate: number): unknown };
}
interface Layers {
  sequential(): Model;
  layers: { dense(options: Record<string, unknown>): unknown };
}

/** The name of a package, as npm's import. It is not in the module graph, so that nothing else depends on it. */
const nameOf = (part: string): string => `npm:@tensorflow/tfjs-${part}@${VERSION}`;
const load = async (part: string): Promise<unknown> => await import(nameOf(part));

const tf = await load("core") as Core;
const { sequential, layers } = await load("layers") as Layers;
const backend = Deno.args[1] ?? "wasm";
await load("backend-cpu");
if (backend === "wasm") {
  const { setWasmPaths } = await load("backend-wasm") as { setWasmPaths(folder: string): void };
  const file = new URL(import.meta.resolve(`${nameOf("backend-wasm")}/wasm-out/tfjs-backend-wasm.wasm`));
  setWasmPaths(decodeURIComponent(new URL("./", file).pathname));
}
if (!await tf.setBackend(backend)) throw new Error(`Cannot run tf.js: it has no backend ${backend} here`);
await tf.ready();

function createModel(widths: number[], activation: string, last: string): Model {
  const model = sequential();
  for (const [i, units] of widths.slice(1).entries()) {
    const isLast = i === widths.length - 2;
    model.add(layers.dense({
      units,
      activation: isLast ? last : activation,
      ...(i === 0 ? { inputShape: [widths[0]] } : {}),
    }));
  }
  model.setWeights(
    widths.slice(1).flatMap((units, i) => [
      tf.tensor2d(drawKernel(widths[i], units), [widths[i], units]),
      tf.zeros([units]),
    ]),
  );
  return model;
}

await runPeer({
  version: VERSION,
  fitXor: async () => {
    const model = createModel([2, 7, 1], "sigmoid", "sigmoid");
    model.compile({ optimizer: tf.train.sgd(4.5), loss: "binaryCrossentropy" });
    const x = tf.tensor2d(xorX, [4, 2]), y = tf.tensor2d(xorY, [4, 1]);
    const start = performance.now();
    await model.fit(x, y, { epochs: 200, batchSize: 4, verbose: 0, shuffle: false });
    const ms = performance.now() - start;
    for (const thing of [model, x, y]) thing.dispose();
    return ms;
  },
  createStep: (widths, batch) => {
    const classes = widths[widths.length - 1];
    const model = createModel(widths, "relu", "softmax");
    model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy" });
    const samples = drawSamples(batch, widths[0], classes);
    const x = tf.tensor2d(samples.x, [batch, widths[0]]), y = tf.tensor2d(samples.y, [batch, classes]);
    return timeOf(() => model.trainOnBatch(x, y));
  },
  createProduct: (size) => {
    const [a, b] = [1, 2].map(() => tf.tensor2d(drawUniform(size * size, -1, 1), [size, size]));
    return timeOf(() => tf.matMul(a, b).dispose());
  },
});
