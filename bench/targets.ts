import type { Results } from "./lib/results.ts";

/** One number that was asked for. */
export interface Target {
  /** What is measured, with its unit. */
  what: string;
  /** The bound: the figure shall be at most or at least this. */
  atMost?: number;
  atLeast?: number;
  /** The figure; undefined if it was not measured. */
  measure: (figure: (name: string) => number | undefined, results: Results) => number | undefined;
  /** The peers' workload that is the same work, and with how many threads ours does it. */
  workload?: readonly [name: string, threads: 1 | 2];
}

const PRODUCTS = ["256x256x256", "512x512x512", "1024x1024x1024", "128x784x512"];

type Measure = Target["measure"];

const plain = (name: string, factor = 1): Measure => (figure) => {
  const value = figure(name);
  return value === undefined ? undefined : value * factor;
};
const quotient = (over: string, under: string): Measure => (figure) => {
  const [a, b] = [figure(over), figure(under)];
  return a === undefined || b === undefined ? undefined : a / b;
};

/** The time of our two threads over that of PyTorch's best. */
const againstPyTorch: Measure = (_figure, { peers }) => {
  const figures = peers.workloads["mlp-32"] ?? {};
  const ratios = Object.entries(figures).flatMap(([name, { ratios }]) =>
    name.startsWith("PyTorch") && ratios["retroprop 2"] !== undefined ? [ratios["retroprop 2"]] : []
  );
  return ratios.length === 0 ? undefined : 1 / Math.min(...ratios);
};

function threadTargets(batch: number, limits: { ms: number; share?: number; gain: number }): Target[] {
  const id = `mlp-${batch}`, what = `784-512-512-10, batch ${batch}, 2 threads`;
  return [
    { what: `${what}, ms a step`, atMost: limits.ms, measure: plain(`${id} 2 ms`), workload: [id, 2] },
    ...(limits.share === undefined ? [] : [
      { what: `${what}, % of twice the core's peak`, atLeast: limits.share, measure: plain(`${id} 2 % of peak`) },
    ]),
    { what: `${what}, times as fast as 1`, atLeast: limits.gain, measure: quotient(`${id} 1 ms`, `${id} 2 ms`) },
  ];
}

/** All numbers that were asked for. */
export const targets: readonly Target[] = [
  { what: "XOR 2-7-1, 200 epochs, ms", atMost: 0.5, measure: plain("xor fit ms"), workload: ["xor", 1] },
  { what: "XOR, whole process from cold, ms", atMost: 60, measure: plain("cold xor ms"), workload: ["cold", 1] },
  ...PRODUCTS.map((product): Target => ({
    what: `matmul ${product.replaceAll("x", "×")}, worst of nn, nt, tn, % of the core's peak`,
    atLeast: 90,
    measure: (figure) => {
      const shares = ["nn", "nt", "tn"].map((form) => figure(`matmul ${form} ${product} % of peak`));
      return shares.includes(undefined) ? undefined : Math.min(...shares as number[]);
    },
  })),
  {
    what: "784-512-512-10, batch 128, 1 thread, ms a step",
    atMost: 8.2,
    measure: plain("mlp-128 1 ms"),
    workload: ["mlp-128", 1],
  },
  ...["1", "auto"].map((threads): Target => ({
    what: `20-64-64-3, batch 32, ${threads === "1" ? "1 thread" : "threads as fit chooses"}, µs a step`,
    atMost: 40,
    measure: plain(`small-32 ${threads} ms`, 1000),
    workload: ["small-32", 1],
  })),
  {
    what: "784-512-512-10, the model's memory, % of the bound",
    atMost: 100,
    measure: (figure) => {
      const [memory, bound] = [figure("memory model MiB"), figure("memory bound MiB")];
      return memory === undefined || bound === undefined ? undefined : 100 * memory / bound;
    },
  },
  {
    what: "10,000 fits of new XOR models, growth in the second half, MiB",
    atMost: 8,
    measure: plain("memory growth new MiB"),
  },
  ...(["mlp", "cnn"] as const).flatMap((id): Target[] => {
    const what = id === "mlp" ? "784-512-512-10" : "28×28×1, conv 16, conv 32";
    return [
      { what: `watch, ${what}, % of an epoch of 10,000`, atMost: 5, measure: plain(`watch ${id} % of an epoch`) },
      { what: `probe, ${what}, over forward and backward`, atMost: 1.1, measure: plain(`watch ${id} probe over step`) },
    ];
  }),
  ...threadTargets(32, { ms: 1.45, gain: 1.6 }),
  { what: "784-512-512-10, batch 32, 2 threads, time over PyTorch's best", atMost: 1, measure: againstPyTorch },
  ...threadTargets(128, { ms: 4.3, share: 80, gain: 1.85 }),
  ...threadTargets(512, { ms: 16, share: 85, gain: 1.9 }),
  ...[512, 1024].map((size): Target => ({
    what: `matmul ${size}³, 2 threads, % of twice the core's peak`,
    atLeast: 90,
    measure: plain(`matmul ${size} 2 % of peak`),
    workload: [`matmul-${size}`, 2],
  })),
  { what: "two barriers of a team of 2, µs", atMost: 5, measure: plain("two barriers us") },
  {
    what: "Edge runtime with wasm, minified, gzipped, kB",
    atMost: 15,
    measure: plain("edge runtime, gzipped bytes", 1e-3),
  },
  {
    what: "Edge runtime with blocks, minified, gzipped, kB",
    atMost: 30,
    measure: plain("edge runtime with blocks, gzipped bytes", 1e-3),
  },
  {
    what: "Edge runtime with sequences, minified, gzipped, kB",
    atMost: 40,
    measure: plain("edge runtime with sequences, gzipped bytes", 1e-3),
  },
  { what: "toModule of XOR, gzipped, kB", atMost: 2, measure: plain("edge toModule of XOR, gzipped bytes", 1e-3) },
  {
    what: "Edge, whole process to the first prediction of 784-128-10, ms above an empty script",
    atMost: 12,
    measure: plain("edge cold above empty ms"),
  },
  {
    what: "Edge, load and first prediction of 784-128-10, warm process, ms",
    atMost: 2,
    measure: plain("edge load and first predict p50 µs", 1e-3),
  },
  { what: "Edge, one prediction of 784-128-10, p50, µs", atMost: 10, measure: plain("edge 784-128-10 run p50 µs") },
  { what: "Edge, one prediction of 784-128-10, p99, µs", atMost: 30, measure: plain("edge 784-128-10 run p99 µs") },
  { what: "Edge, XOR by run, µs", atMost: 0.4, measure: plain("edge XOR run p50 µs") },
  { what: "Edge, XOR by predict, µs", atMost: 1, measure: plain("edge XOR predict p50 µs") },
  {
    what: "Edge, 784-512-512-10, batch 256, 1 thread, samples/s",
    atLeast: 38000,
    measure: plain("edge 784-512-512-10 batch 256 samples/s"),
  },
  {
    what: "deno serve, 784-128-10 from JSON, % of the requests/s of the server that parses and answers a constant",
    atLeast: 90,
    measure: plain("serve checked % of constant after parsing"),
  },
  {
    what: "grid of 16 trials, 2 threads, from call to result, s",
    atMost: 0.25,
    measure: plain("grid split 2 ms", 1e-3),
  },
  {
    what: "grid of 16 trials, 3 folds and refit, 2 threads, s",
    atMost: 0.6,
    measure: plain("grid folds 2 ms", 1e-3),
  },
  {
    what: "grid of 16 trials, 2 threads, first search of a process, s",
    atMost: 0.25,
    measure: plain("grid split 2 first ms", 1e-3),
  },
  {
    what: "trials of equal cost, 2 threads, times as fast as 1",
    atLeast: 1.9,
    measure: plain("grid gain of 2 threads"),
  },
  { what: "10,000 trials, growth in the second half, MiB", atMost: 8, measure: plain("grid 2 growth MiB") },
  ...["fit", "evaluate", "predict", "search"].map((work): Target => ({
    what:
      `${work} with workers "auto", worst of quiet, beside 1 and 2 busy loops, and on one core, over the best fixed number`,
    atMost: 1.1,
    measure: (figure) => {
      const ratios = ["quiet", "beside 1 loop", "beside 2 loops", "on one core"]
        .flatMap((setting) => figure(`disturbed ${setting} ${work} auto over best`) ?? []);
      return ratios.length === 0 ? undefined : Math.max(...ratios);
    },
  })),
  { what: "journal, ms a trial", atMost: 2, measure: plain("grid journal ms a trial") },
];
