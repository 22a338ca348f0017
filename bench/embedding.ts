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
import { summarize } from "./lib/summarize.ts";
import { timeProcess } from "./lib/time_process.ts";
import { timeSteps } from "./lib/time_steps.ts";

const ROUNDS = Number(Deno.args[0] ?? 5);
const THREADS = [1, 2];
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

interface Times {
  readonly median: number;
  readonly least: number;
}

/** PyTorch's times with these threads of OpenMP and OpenBLAS; null where it is not installed. */
async function measurePyTorch({ optimizer, kind }: Case, openMp: number, openBlas: number): Promise<Times | null> {
  try {
    const command = ["/usr/bin/python3", "bench/peers/embedding.py", optimizer, kind, `${MS}`, `${WINDOW}`];
    const { stdout } = await timeProcess(command, {
      env: { OMP_NUM_THREADS: `${openMp}`, OPENBLAS_NUM_THREADS: `${openBlas}` },
    });
    return JSON.parse(stdout.trimEnd().split("\n").pop()!) as Times;
  } catch (error) {
    console.log(`PyTorch is left out: ${error instanceof Error ? error.message.split("\n").pop() : error}`);
    return null;
  }
}

const SETTINGS = [1, 2].flatMap((openMp) => [1, 2].map((openBlas) => ({ openMp, openBlas })));
const figures: Record<string, number> = {};
const rows: string[][] = [];
const profiles: Table[] = [];
for (const each of CASES) {
  const name = `${each.optimizer}, ${each.kind}`;
  const own = THREADS.map(() => ({ classifier: createClassifier(each), times: [] as number[] }));
  for (const [i, { classifier }] of own.entries()) {
    await timeSteps(classifier, { batch: BATCH, ms: MS, threads: THREADS[i] });
  }
  const theirs: (Times & { setting: string; alone: boolean })[] = [];
  let withPeer = true;
  for (let round = 0; round < ROUNDS; round++) {
    for (const { openMp, openBlas } of SETTINGS) {
      for (const [i, { classifier, times }] of own.entries()) {
        times.push(...await timeSteps(classifier, { batch: BATCH, ms: MS / 4, threads: THREADS[i] }));
      }
      const peer = withPeer ? await measurePyTorch(each, openMp, openBlas) : null;
      if (peer === null) withPeer = false;
      else theirs.push({ ...peer, setting: `${openMp}/${openBlas}`, alone: openMp === 1 && openBlas === 1 });
    }
  }
  const fastest = theirs.reduce((a, b) => a.least < b.least ? a : b, { least: Infinity, setting: "" });
  const alone = Math.min(...theirs.filter((times) => times.alone).map(({ least }) => least));
  THREADS.forEach((threads, i) => {
    const { min, median } = summarize(own[i].times);
    figures[`embedding ${name} ${threads} ms`] = min;
    if (withPeer) figures[`embedding ${name} ${threads} of PyTorch's best time`] = min / fastest.least;
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
  const costs = profileStep(own[0].classifier, BATCH, MS);
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
    header: [
      "optimizer",
      "threads",
      "least ms",
      "median ms",
      "PyTorch, one thread, ms",
      "PyTorch's best, ms",
      "of that",
    ],
    rows,
  }, ...profiles],
  figures,
});
