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
import { RACE_HEADER, racePyTorch } from "./lib/race_pytorch.ts";
import { timeSteps } from "./lib/time_steps.ts";

const ROUNDS = Number(Deno.args[0] ?? 5);
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

const figures: Record<string, number> = {};
const rows: string[][] = [];
const profiles: Table[] = [];
for (const id of ids) {
  const { name, batch } = CASES[id];
  const own = [1, 2].map(() => createClassifier(CASES[id]));
  const script = (order: string) => ["bench/peers/cnn.py", id, order, `${MS}`, `${CASES[id].window}`];
  const race = await racePyTorch({
    id: `cnn ${id}`,
    name,
    scripts: { plain: script("plain"), channels_last: script("channels_last") },
    time: (threads, ms) => timeSteps(own[threads - 1], { batch, ms, threads }),
  }, { rounds: ROUNDS, ms: MS });
  rows.push(...race.rows);
  Object.assign(figures, race.figures);
  const costs = profileStep(own[0], batch, 2 * MS);
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
    header: ["network", ...RACE_HEADER],
    rows,
  }, ...profiles],
  figures,
});
