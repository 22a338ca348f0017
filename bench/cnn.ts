/**
 * Training steps of two convolutional networks, with Adam, on one thread and on two, beside PyTorch's in the same run: 28×28×1, conv 16, pool,
 * conv 32, pool, dense 10, batch 32; and 32×32×3, conv 32, conv 64, pool, dense 128, dense 10, batch 64.
 *
 * Usage: `deno run -A bench/cnn.ts [rounds] [small|large]` (5 rounds of both by default). In every round ours and PyTorch's take turns: ours on
 * one thread and on two, PyTorch's with one and two threads of OpenMP and of OpenBLAS, in both orders of memory. On a core that others use as
 * well figures swing, so a figure is the least mean of some steps in a row, of ours as of PyTorch's. Ours are steps of `fit`, with all that it does
 * for them. Without PyTorch ours is measured alone.
 *
 * Then every instruction of a step is timed by itself on one thread: where the time goes.
 *
 * @module
 */
import { layers, type Sequential, sequential, tensor } from "../mod.ts";
import type { Classifier } from "./lib/create_mlp.ts";
import { formatFigure } from "./lib/format_figure.ts";
import type { Table } from "./lib/format_table.ts";
import { printReport } from "./lib/print_report.ts";
import { profileStep } from "./lib/profile_step.ts";
import { summarize } from "./lib/summarize.ts";
import { timeProcess } from "./lib/time_process.ts";
import { timeSteps } from "./lib/time_steps.ts";

const ROUNDS = Number(Deno.args[0] ?? 5);
const THREADS = [1, 2];
const MS = 700;

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly batch: number;
  /** Steps whose mean is taken. */
  readonly window: number;
  readonly create: () => Sequential;
}
const conv = (filters: number, inputShape?: readonly number[]) =>
  layers.conv2d({ filters, kernelSize: 3, activation: "relu", ...(inputShape === undefined ? {} : { inputShape }) });
const CASES: Readonly<Record<string, Case>> = {
  small: {
    name: "28×28×1, batch 32",
    shape: [28, 28, 1],
    batch: 32,
    window: 8,
    create: () =>
      sequential([
        conv(16, [28, 28, 1]),
        layers.maxPooling2d(),
        conv(32),
        layers.maxPooling2d(),
        layers.flatten(),
        layers.dense({ units: 10, activation: "softmax" }),
      ], { seed: 1 }),
  },
  large: {
    name: "32×32×3, batch 64",
    shape: [32, 32, 3],
    batch: 64,
    window: 1,
    create: () =>
      sequential([
        conv(32, [32, 32, 3]),
        conv(64),
        layers.maxPooling2d(),
        layers.flatten(),
        layers.dense({ units: 128, activation: "relu" }),
        layers.dense({ units: 10, activation: "softmax" }),
      ], { seed: 1 }),
  },
};
const ids = Object.keys(CASES).filter((id) => (Deno.args[1] ?? id) === id);

/** A network and samples for as many steps as are taken together: pairs of equal images with different labels, so that gradients stay large. */
function createClassifier({ shape, batch, window, create }: Case): Classifier {
  const model = create();
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
  const rows = batch * window, elements = shape.reduce((a, b) => a * b);
  let state = 1;
  const draw = (): number => (state = state * 48271 % 2147483647) / 2147483647;
  const x = Float32Array.from({ length: rows * elements }, () => 2 * draw() - 1);
  const y = Float32Array.from({ length: rows }, () => Math.floor(draw() * 10));
  for (let row = 1; row < rows; row += 2) {
    x.copyWithin(row * elements, (row - 1) * elements, row * elements);
    y[row] = (y[row - 1] + 1) % 10;
  }
  return { model, x: tensor(x, [rows, ...shape]), y, flopsPerSample: 0 };
}

interface Times {
  readonly median: number;
  readonly least: number;
}

/** PyTorch's times with these threads of OpenMP and OpenBLAS; null where it is not installed. */
async function measurePyTorch(id: string, order: string, openMp: number, openBlas: number): Promise<Times | null> {
  try {
    const command = ["/usr/bin/python3", "bench/peers/cnn.py", id, order, `${MS}`, `${CASES[id].window}`];
    const { stdout } = await timeProcess(command, {
      env: { OMP_NUM_THREADS: `${openMp}`, OPENBLAS_NUM_THREADS: `${openBlas}` },
    });
    return JSON.parse(stdout.trimEnd().split("\n").pop()!) as Times;
  } catch (error) {
    console.log(`PyTorch is left out: ${error instanceof Error ? error.message.split("\n").pop() : error}`);
    return null;
  }
}

const SETTINGS = ["plain", "channels_last"].flatMap((order) =>
  [1, 2].flatMap((openMp) => [1, 2].map((openBlas) => ({ order, openMp, openBlas })))
);
const figures: Record<string, number> = {};
const rows: string[][] = [];
const profiles: Table[] = [];
for (const id of ids) {
  const { name, batch } = CASES[id];
  const own = THREADS.map(() => ({ classifier: createClassifier(CASES[id]), times: [] as number[] }));
  for (const [i, { classifier }] of own.entries()) await timeSteps(classifier, { batch, ms: MS, threads: THREADS[i] });
  const theirs: (Times & { setting: string; alone: boolean })[] = [];
  let withPeer = true;
  for (let round = 0; round < ROUNDS; round++) {
    for (const { order, openMp, openBlas } of SETTINGS) {
      for (const [i, { classifier, times }] of own.entries()) {
        times.push(...await timeSteps(classifier, { batch, ms: MS / 4, threads: THREADS[i] }));
      }
      const peer = withPeer ? await measurePyTorch(id, order, openMp, openBlas) : null;
      if (peer === null) withPeer = false;
      else theirs.push({ ...peer, setting: `${openMp}/${openBlas} ${order}`, alone: openMp === 1 && openBlas === 1 });
    }
  }
  const fastest = theirs.reduce((a, b) => a.least < b.least ? a : b, { least: Infinity, setting: "" });
  const alone = Math.min(...theirs.filter((times) => times.alone).map(({ least }) => least));
  THREADS.forEach((threads, i) => {
    const { min, median } = summarize(own[i].times);
    figures[`cnn ${id} ${threads} ms`] = min;
    if (withPeer) figures[`cnn ${id} ${threads} of PyTorch's best time`] = min / fastest.least;
    rows.push([
      name,
      `${threads}`,
      formatFigure(min),
      formatFigure(median),
      withPeer ? formatFigure(alone) : "",
      withPeer ? `${formatFigure(fastest.least)} (${fastest.setting})` : "",
      withPeer ? formatFigure(min / fastest.least) : "",
    ]);
  });
  const costs = profileStep(own[0].classifier, batch, 2 * MS);
  profiles.push({
    title: `One step of ${name} by kernels, one thread`,
    header: ["kernel", "calls", "µs"],
    rows: costs.slice(0, 14).map(({ kernel, calls, microseconds }) => [kernel, `${calls}`, formatFigure(microseconds)]),
  });
}
printReport({
  benchmark: "cnn",
  tables: [{
    title: `Training steps of convolutional networks (${ROUNDS} rounds)`,
    header: ["network", "threads", "least ms", "median ms", "PyTorch, one thread, ms", "PyTorch's best, ms", "of that"],
    rows,
  }, ...profiles],
  figures,
});
