/**
 * Training steps of an embedding of 10,000 words by 64 numbers: 50 words a sample, their mean, dense 10, batch 32, on one thread and on two,
 * beside PyTorch's in the same run. With Adam every row is updated in every step; with sgd and adagrad the table is dense, and sparse.
 *
 * Usage: `deno run -A bench/embedding.ts [rounds] [adam|sgd|adagrad] [dense|sparse]` (5 rounds of all by default). In every round ours and
 * PyTorch's take turns: ours on one thread and on two, PyTorch's with one and two threads of OpenMP and of OpenBLAS. On a core that others use as
 * well figures swing, so a figure is the least mean of some steps in a row, of ours as of PyTorch's. Ours are steps of `fit`, with all that it does
 * for them. Without PyTorch ours is measured alone.
 *
 * Then every instruction of a step is timed by itself on one thread: where the time goes.
 *
 * @module
 */
import { layers, sequential, tensor } from "../mod.ts";
import type { Classifier } from "./lib/create_mlp.ts";
import { formatFigure } from "./lib/format_figure.ts";
import type { Table } from "./lib/format_table.ts";
import { printReport } from "./lib/print_report.ts";
import { profileStep } from "./lib/profile_step.ts";
import { RACE_HEADER, racePyTorch } from "./lib/race_pytorch.ts";
import { timeSteps } from "./lib/time_steps.ts";

const ROUNDS = Number(Deno.args[0] ?? 5);
const MS = 700;
const BATCH = 32;
const WORDS = 50;
/** Steps whose mean is taken. */
const WINDOW = 16;

interface Case {
  readonly optimizer: "adam" | "sgd" | "adagrad";
  readonly kind: "dense" | "sparse";
}
const CASES: readonly Case[] = [
  { optimizer: "adam", kind: "dense" },
  { optimizer: "sgd", kind: "dense" },
  { optimizer: "sgd", kind: "sparse" },
  { optimizer: "adagrad", kind: "dense" },
  { optimizer: "adagrad", kind: "sparse" },
].filter(({ optimizer, kind }) =>
  (Deno.args[1] ?? optimizer) === optimizer && (Deno.args[2] ?? kind) === kind
) as Case[];

/** A model and samples for as many steps as are taken together, with labels at random: gradients stay large. */
function createClassifier({ optimizer, kind }: Case): Classifier {
  const model = sequential([
    layers.embedding({ inputDim: 10000, outputDim: 64, inputShape: [WORDS], sparse: kind === "sparse" }),
    layers.globalAveragePooling1d(),
    layers.dense({ units: 10, activation: "softmax" }),
  ], { seed: 1 });
  model.compile({
    optimizer: { id: optimizer, config: { learningRate: 1e-3 } },
    loss: "sparse_categorical_crossentropy",
  });
  let state = 1;
  const draw = (): number => (state = state * 48271 % 2147483647) / 2147483647;
  const rows = BATCH * WINDOW;
  const x = Float32Array.from({ length: rows * WORDS }, () => Math.floor(draw() * 10000));
  const y = Float32Array.from({ length: rows }, () => Math.floor(draw() * 10));
  return { model, x: tensor(x, [rows, WORDS]), y, flopsPerSample: 0 };
}

const figures: Record<string, number> = {};
const rows: string[][] = [];
const profiles: Table[] = [];
for (const each of CASES) {
  const name = `${each.optimizer}, ${each.kind}`;
  const own = [1, 2].map(() => createClassifier(each));
  const race = await racePyTorch({
    id: `embedding ${name}`,
    name,
    scripts: { "": ["bench/peers/embedding.py", each.optimizer, each.kind, `${MS}`, `${WINDOW}`] },
    time: (threads, ms) => timeSteps(own[threads - 1], { batch: BATCH, ms, threads }),
  }, { rounds: ROUNDS, ms: MS });
  rows.push(...race.rows);
  Object.assign(figures, race.figures);
  const costs = profileStep(own[0], BATCH, MS);
  profiles.push({
    title: `One step with ${name} table by kernels, one thread`,
    header: ["kernel", "calls", "µs"],
    rows: costs.slice(0, 12).map(({ kernel, calls, microseconds }) => [kernel, `${calls}`, formatFigure(microseconds)]),
  });
}
printReport({
  benchmark: "embedding",
  tables: [{
    title: `Training steps of an embedding of 10,000 × 64 (${ROUNDS} rounds)`,
    header: ["optimizer", ...RACE_HEADER],
    rows,
  }, ...profiles],
  figures,
});
