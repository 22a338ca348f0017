/**
 * A team of two threads: matrix products of a dense layer, and what it costs to start a program and to meet at a barrier.
 *
 * Usage: `deno run -A bench/team.ts [rounds]` (15 rounds by default). Each round measures the peak of a core, the product and the peak
 * again; the share is of twice the better of the two. Times include packing, not the copies in and out of the model's memory.
 *
 * @module
 */
import { layers, sequential } from "../mod.ts";
import type { Program } from "../src/program/program.ts";
import { withTeam } from "../src/training/threads.ts";
import { createPeakMeter } from "./lib/create_peak_meter.ts";
import { formatFigure } from "./lib/format_figure.ts";
import type { Table } from "./lib/format_table.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";

const ROUNDS = Number(Deno.args[0] ?? 15);
const RANKS = 2;
const CALLS = 1000;
const MORE_BARRIERS = 100;

const measurePeak = await createPeakMeter();
const figures: Record<string, number> = {};

function createProduct(size: number) {
  return sequential([layers.dense({ units: size, useBias: false, inputShape: [size] })], { seed: 1 }).network;
}

async function measureProduct(size: number): Promise<string[]> {
  const network = createProduct(size);
  const flops = 2 * size ** 3;
  const times: number[] = [], shares: number[] = [];
  await withTeam(network.memory, RANKS, () => {
    const program = network.predictor(size, RANKS);
    program.input("x/0").fill(0.5);
    for (const end = performance.now() + 700; performance.now() < end;) program.run();
    const calls = Math.max(1, Math.round(2e9 / flops));
    for (let round = 0; round < ROUNDS; round++) {
      const before = measurePeak();
      const start = performance.now();
      for (let i = 0; i < calls; i++) program.run();
      const ms = (performance.now() - start) / calls;
      times.push(ms);
      shares.push(flops / 1e6 / ms / RANKS / Math.max(before, measurePeak()));
    }
    return Promise.resolve();
  });
  const { median, min } = summarize(times);
  const share = summarize(shares).median * 100;
  figures[`matmul ${size} ${RANKS} % of peak`] = share;
  return [`${size}³`, ...[median, min, flops / 1e6 / median].map(formatFigure), `${share.toFixed(1)} %`];
}

/** Median microseconds of a run, for programs of the network's memory. */
async function measureRuns(create: (program: Program) => Program): Promise<number> {
  const network = createProduct(8);
  let microseconds = 0;
  await withTeam(network.memory, RANKS, () => {
    const loaded = network.memory.load(create(network.predictor(8, RANKS).program));
    const samples = Array.from({ length: ROUNDS + 20 }, () => {
      const start = performance.now();
      for (let i = 0; i < CALLS; i++) loaded.run();
      return (performance.now() - start) * 1000 / CALLS;
    });
    microseconds = summarize(samples.slice(20)).median;
    return Promise.resolve();
  });
  return microseconds;
}

/** A program of tiny instructions, a barrier before each. */
function repeat(program: Program, count: number): Program {
  const instructions = Array.from({ length: count }, () => program.instructions[0]);
  return { ...program, instructions, barriers: instructions.map((_, i) => i) };
}

const products: Table = {
  title: `Products on ${RANKS} threads (${ROUNDS} rounds)`,
  header: ["m = k = n", "median ms", "best ms", "GFLOP/s", "of twice the core's peak"],
  rows: [],
};
for (const size of [256, 512, 1024]) products.rows.push(await measureProduct(size));

const empty = await measureRuns((program) => ({ ...program, instructions: [], barriers: [] }));
const one = await measureRuns((program) => repeat(program, 1));
const many = await measureRuns((program) => repeat(program, 1 + MORE_BARRIERS));
const barrier = (many - one) / MORE_BARRIERS;
figures["two barriers us"] = 2 * empty;
printReport({
  benchmark: "team",
  tables: [products, {
    title: `What a team of ${RANKS} costs`,
    header: ["what", "µs"],
    rows: [
      ["to run an empty program: start it, meet at its end", formatFigure(empty)],
      ["to run two, as a training step does", formatFigure(2 * empty)],
      ["one more barrier with a tiny instruction", formatFigure(barrier)],
    ],
  }],
  figures,
});
