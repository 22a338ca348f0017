/**
 * Single predictions of compiled models beside onnxruntime-web's in the same run, both on one thread: one character of a network with an
 * LSTM(128), one image of the small network of bench/cnn.ts.
 *
 * Usage: `deno run -A --no-lock bench/edge_peers.ts`, which needs the package onnxruntime-web from npm. Both have the same weights, and must give
 * the same numbers. Ours and the peer's take turns of 100 predictions. On a core that others use as well figures swing, so a figure is the
 * mean of the fastest turn, in brackets the median of all. The bound of a
 * character is the time in which its weights are read once from the second cache, at the bandwidth of sums over an array of their size, measured
 * in the same turns.
 *
 * @module
 */
import { compileModel, compileStepper, layers, type Sequential, sequential } from "../mod.ts";
import { load, loadStepper } from "../src/edge/sequences.ts";
import { createReader } from "./lib/create_reader.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";
import type { OnnxTensor } from "./lib/write_onnx.ts";
import { loadOnnx } from "./peers/onnx.ts";

const TURNS = 60, CALLS = 100, WARM_TURNS = 20;
const WORDS = 64, UNITS = 128, GATES = 4;

/** The weights of a model by name. */
function weightsOf(model: Sequential): (name: string) => OnnxTensor {
  const all = new Map(model.weights.map(({ name, shape }, i) => [name, { shape, data: model.getWeights()[i].data }]));
  return (name) => ({ name, ...all.get(name)! });
}

/** A matrix [k, parts · n] as [parts · n, k], with its parts in another order. */
function transposeParts({ shape: [k, width], data }: OnnxTensor, order: readonly number[]): Float32Array {
  const n = width / order.length;
  return Float32Array.from({ length: k * width }, (_, i) => {
    const [row, column] = [Math.floor(i / k), i % k];
    return data[column * width + order[Math.floor(row / n)] * n + row % n];
  });
}

/** Microseconds of a call, of each turn. */
async function timeInTurns(calls: readonly (() => unknown)[]): Promise<number[][]> {
  const samples: number[][] = calls.map(() => []);
  for (let turn = -WARM_TURNS; turn < TURNS; turn++) {
    for (const [i, call] of calls.entries()) {
      const start = performance.now();
      for (let n = 0; n < CALLS; n++) await call();
      if (turn >= 0) samples[i].push((performance.now() - start) * 1e3 / CALLS);
    }
  }
  return samples;
}

function check(ours: ArrayLike<number>, theirs: ArrayLike<number>): void {
  const worst = Math.max(...Array.from(ours, (v, i) => Math.abs(v - theirs[i])));
  if (!(ours.length === theirs.length && worst < 1e-5)) throw new Error(`The peer gives other numbers, by ${worst}`);
}

const rows: string[][] = [];
const figures: Record<string, number> = {};
function report(what: string, samples: readonly number[]): number {
  const { median } = summarize([...samples]), least = Math.min(...samples);
  rows.push([what, `${formatFigure(least)} (${formatFigure(median)}) µs`]);
  figures[`edge peers ${what} us`] = least;
  return least;
}
function reportRatio(what: string, value: number): void {
  rows.push([what, formatFigure(value)]);
  figures[`edge peers ${what}`] = value;
}

async function timeCharacter(): Promise<void> {
  const model = sequential([
    layers.embedding({ inputDim: WORDS, outputDim: WORDS, inputShape: [null], name: "table" }),
    layers.lstm({ units: UNITS, name: "lstm" }),
    layers.dense({ units: WORDS, activation: "softmax", name: "head" }),
  ], { seed: 1 });
  const weight = weightsOf(model);
  const [kernel, recurrent, bias] = ["kernel", "recurrent_kernel", "bias"].map((name) => weight(`lstm/${name}`));
  // Of its gates the peer has i, o, f, c̃, and a bias for each product.
  const order = [0, 3, 1, 2];
  const biases = new Float32Array(2 * GATES * UNITS);
  order.forEach((part, i) => biases.set(bias.data.subarray(part * UNITS, (part + 1) * UNITS), i * UNITS));
  const state = [1, 1, UNITS];
  const peer = await loadOnnx({
    inputs: [
      { name: "x", shape: [1, 1], isIndex: true },
      { name: "h", shape: state },
      { name: "c", shape: state },
    ],
    outputs: [{ name: "y", shape: [1, WORDS] }, { name: "hn", shape: state }, { name: "cn", shape: state }],
    tensors: [
      { ...weight("table/embeddings"), name: "table" },
      { name: "W", shape: [1, GATES * UNITS, WORDS], data: transposeParts(kernel, order) },
      { name: "R", shape: [1, GATES * UNITS, UNITS], data: transposeParts(recurrent, order) },
      { name: "B", shape: [1, 2 * GATES * UNITS], data: biases },
      { ...weight("head/kernel"), name: "K" },
      { ...weight("head/bias"), name: "b" },
    ],
    nodes: [
      { op: "Gather", inputs: ["table", "x"], outputs: ["e"] },
      {
        op: "LSTM",
        inputs: ["e", "W", "R", "B", "", "h", "c"],
        outputs: ["", "hn", "cn"],
        attributes: { hidden_size: UNITS },
      },
      { op: "Flatten", inputs: ["hn"], outputs: ["flat"] },
      { op: "Gemm", inputs: ["flat", "K", "b"], outputs: ["z"] },
      { op: "Softmax", inputs: ["z"], outputs: ["y"] },
    ],
  });
  const stepper = loadStepper(compileStepper(model));
  const x = new Float32Array(1), y = new Float32Array(WORDS);
  const word = BigInt64Array.of(0n);
  const zeros = (): ReturnType<typeof peer.tensor> => peer.tensor(new Float32Array(UNITS), state);
  let [h, c] = [zeros(), zeros()], theirs: ArrayLike<number> = [];
  let turn = 0, other = 0;
  const ours = (): void => {
    x[0] = turn++ % WORDS;
    stepper.run(x, y);
  };
  const run = async (): Promise<void> => {
    word[0] = BigInt(other++ % WORDS);
    const found = await peer.run({ x: peer.tensor(word, [1, 1]), h, c });
    [h, c, theirs] = [found.hn, found.cn, found.y.data as Float32Array];
  };
  for (let i = 0; i < 5; i++) {
    ours();
    await run();
    check(y, theirs);
  }
  const elements = WORDS + GATES * UNITS * (WORDS + UNITS + 1) + UNITS * WORDS + WORDS;
  const reader = createReader(elements);
  const [mine, peers, bound] = await timeInTurns([ours, run, reader]);
  const [a, b, least] = [
    report("a character, LSTM(128), ours", mine),
    report(`a character, LSTM(128), ${peer.name}`, peers),
    report(`reading its ${Math.round(elements * 4 / 1024)} KiB of weights`, bound),
  ];
  reportRatio("a character, of the bound", a / least);
  reportRatio(`a character, of ${peer.name}`, a / b);
}

async function timeImage(): Promise<void> {
  const conv = (filters: number, name: string, more = {}): layers.Layer =>
    layers.conv2d({ filters, kernelSize: 3, activation: "relu", name, ...more });
  const model = sequential([
    conv(16, "first", { inputShape: [28, 28, 1] }),
    layers.maxPooling2d(),
    conv(32, "second"),
    layers.maxPooling2d(),
    layers.flatten(),
    layers.dense({ units: 10, activation: "softmax", name: "head" }),
  ], { seed: 1 });
  const weight = weightsOf(model);
  /** Filters [kh, kw, c, n] as [n, c, kh, kw]. */
  const filters = (name: string): OnnxTensor => {
    const { shape: [kh, kw, c, n], data } = weight(`${name}/kernel`);
    const moved = new Float32Array(data.length);
    data.forEach((v, i) => {
      const [o, k, tap] = [i % n, Math.floor(i / n) % c, Math.floor(i / (n * c))];
      moved[(o * c + k) * kh * kw + tap] = v;
    });
    return { name: `${name}K`, shape: [n, c, kh, kw], data: moved };
  };
  // Its images have channels first, so the rows of the last kernel are in another order.
  const head = weight("head/kernel"), SIDE = 5, CHANNELS = 32;
  const kernel = new Float32Array(head.data.length);
  for (let i = 0; i < SIDE * SIDE * CHANNELS; i++) {
    const [pixel, channel] = [Math.floor(i / CHANNELS), i % CHANNELS];
    kernel.set(head.data.subarray(i * 10, (i + 1) * 10), (channel * SIDE * SIDE + pixel) * 10);
  }
  const convolve = (x: string, name: string) => [
    { op: "Conv", inputs: [x, `${name}K`, `${name}b`], outputs: [`${name}z`] },
    { op: "Relu", inputs: [`${name}z`], outputs: [`${name}r`] },
    {
      op: "MaxPool",
      inputs: [`${name}r`],
      outputs: [`${name}y`],
      attributes: { kernel_shape: [2, 2], strides: [2, 2] },
    },
  ];
  const peer = await loadOnnx({
    inputs: [{ name: "x", shape: [1, 1, 28, 28] }],
    outputs: [{ name: "y", shape: [1, 10] }],
    tensors: [
      ...["first", "second"].flatMap((name) => [filters(name), { ...weight(`${name}/bias`), name: `${name}b` }]),
      { name: "K", shape: head.shape, data: kernel },
      { ...weight("head/bias"), name: "b" },
    ],
    nodes: [
      ...convolve("x", "first"),
      ...convolve("firsty", "second"),
      { op: "Flatten", inputs: ["secondy"], outputs: ["flat"] },
      { op: "Gemm", inputs: ["flat", "K", "b"], outputs: ["z"] },
      { op: "Softmax", inputs: ["z"], outputs: ["y"] },
    ],
  });
  const net = load(compileModel(model));
  let seed = 1;
  const x = Float32Array.from({ length: 784 }, () => (seed = seed * 48271 % 2147483647) / 2147483647);
  const y = new Float32Array(10);
  let theirs: ArrayLike<number> = [];
  const ours = (): void => net.run(x, y);
  const run = async (): Promise<void> => {
    theirs = (await peer.run({ x: peer.tensor(x, [1, 1, 28, 28]) })).y.data as Float32Array;
  };
  ours();
  await run();
  check(y, theirs);
  const [mine, peers] = await timeInTurns([ours, run]);
  const [a, b] = [report("an image, small CNN, ours", mine), report(`an image, small CNN, ${peer.name}`, peers)];
  reportRatio(`an image, of ${peer.name}`, a / b);
}

await timeCharacter();
await timeImage();
printReport({
  benchmark: "edge_peers",
  tables: [{
    title: "Single predictions beside onnxruntime-web, one thread, fastest turn (median)",
    header: ["what", "value"],
    rows,
  }],
  figures,
});
