/**
 * Training steps of attention, with Adam and the mean squared error, on one thread and on two, beside PyTorch's in the same run: `heads`, 4 heads of 16
 * over 64 steps, batch 16; `block`, a block of a transformer of width 128 with 4 heads and 512 units inside, 128 steps, batch 8; `long`, 8 heads of 32
 * over 512 steps, batch 16.
 *
 * Usage: `deno run -A bench/attention.ts [rounds] [heads|block|long]` (5 rounds of all by default). In every round ours and PyTorch's take turns: ours
 * on one thread and on two, PyTorch's with one and two threads of OpenMP and of OpenBLAS. A figure is the least mean of some steps in a row, of ours
 * as of PyTorch's. Ours are steps of `fit`, with all that it does for them. Without PyTorch ours is measured alone.
 *
 * Then every instruction of a step is timed by itself on one thread: where the time goes, and of attention the share of the core's peak, counting the
 * products of scores and values once forward and twice backward. The arena is what a step takes besides weights and samples.
 *
 * @module
 */
import { layers, type Sequential, sequential, tensor } from "../mod.ts";
import { createPeakMeter } from "./lib/create_peak_meter.ts";
import { formatFigure } from "./lib/format_figure.ts";
import type { Table } from "./lib/format_table.ts";
import { printReport } from "./lib/print_report.ts";
import { profileStep } from "./lib/profile_step.ts";
import { RACE_HEADER, racePyTorch } from "./lib/race_pytorch.ts";
import { timeSteps, type Trained } from "./lib/time_steps.ts";

const ROUNDS = Number(Deno.args[0] ?? 5);
const MS = 700;

interface Case {
  readonly name: string;
  readonly batch: number;
  readonly steps: number;
  readonly width: number;
  readonly heads: number;
  /** Steps of training whose mean is taken. */
  readonly window: number;
  readonly create: (inputShape: readonly number[]) => Sequential;
}
const CASES: Readonly<Record<string, Case>> = {
  heads: {
    name: "4 heads of 16, 64 steps, batch 16",
    batch: 16,
    steps: 64,
    width: 64,
    heads: 4,
    window: 8,
    create: (inputShape) =>
      sequential([layers.multiHeadAttention({ numHeads: 4, keyDim: 16, inputShape })], { seed: 1 }),
  },
  block: {
    name: "block of 128, 4 heads, 512 inside, 128 steps, batch 8",
    batch: 8,
    steps: 128,
    width: 128,
    heads: 4,
    window: 4,
    create: (inputShape) =>
      sequential([layers.transformerEncoder({ intermediateDim: 512, numHeads: 4, inputShape })], { seed: 1 }),
  },
  long: {
    name: "8 heads of 32, 512 steps, batch 16",
    batch: 16,
    steps: 512,
    width: 256,
    heads: 8,
    window: 1,
    create: (inputShape) =>
      sequential([layers.multiHeadAttention({ numHeads: 8, keyDim: 32, inputShape })], { seed: 1 }),
  },
};
const ids = Object.keys(CASES).filter((id) => (Deno.args[1] ?? id) === id);

/** A model, and samples and targets at random for as many steps as are taken together: nothing that can be learnt, so that gradients stay large. */
function createCase({ batch, steps, width, window, create }: Case): Trained {
  const model = create([steps, width]);
  model.compile({ optimizer: "adam", loss: "mse" });
  let state = 1;
  const draw = (): number => (state = state * 48271 % 2147483647) / 2147483647;
  const [x, y] = [0, 1].map(() => {
    const rows = batch * window;
    return tensor(Float32Array.from({ length: rows * steps * width }, () => 4 * draw() - 2), [rows, steps, width]);
  });
  return { model, x, y };
}

const measurePeak = await createPeakMeter();
const figures: Record<string, number> = {};
const rows: string[][] = [];
const profiles: Table[] = [];
for (const id of ids) {
  const { name, batch, steps, width } = CASES[id];
  const own = [1, 2].map(() => createCase(CASES[id]));
  const race = await racePyTorch({
    id: `attention ${id}`,
    name,
    scripts: { "": ["bench/peers/attention.py", id, `${MS}`, `${CASES[id].window}`] },
    time: (threads, ms) => timeSteps(own[threads - 1], { batch, ms, threads }),
  }, { rounds: ROUNDS, ms: MS });
  const arena = own[0].model.trainer.program("train", batch).program.arenaElements * 4 / 2 ** 20;
  rows.push(...race.rows.map((row) => [...row, formatFigure(arena)]));
  Object.assign(figures, race.figures);
  const { model, x, y } = own[0];
  const costs = profileStep({ model, x, y: y instanceof Float32Array ? y : y.data, flopsPerSample: 0 }, batch, 2 * MS);
  const peak = Math.max(...Array.from({ length: 20 }, measurePeak));
  const spent = costs.filter(({ kernel }) => kernel.startsWith("attention_"));
  const flops = 3 * 4 * batch * steps * steps * width;
  figures[`attention ${id} % of peak`] = flops / spent.reduce((sum, { microseconds }) => sum + microseconds, 0) / peak /
    10;
  profiles.push({
    title: `One step of ${name} by kernels, one thread; attention at ${
      formatFigure(figures[`attention ${id} % of peak`])
    } % of the core's peak, ${formatFigure(peak)} GFLOP/s`,
    header: ["kernel", "calls", "µs", "GFLOP/s"],
    rows: costs.slice(0, 12).map(({ kernel, calls, microseconds, flops }) => [
      kernel,
      `${calls}`,
      formatFigure(microseconds),
      flops > 0 ? formatFigure(flops / microseconds / 1e3) : "",
    ]),
  });
}
printReport({
  benchmark: "attention",
  tables: [{
    title: `Training steps of attention (${ROUNDS} rounds)`,
    header: ["layer", ...RACE_HEADER, "arena, MiB"],
    rows,
  }, ...profiles],
  figures,
});
