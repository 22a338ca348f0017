/**
 * What teams of several sizes cost, also of more threads than there are cores: to open and close one, to run a program, to meet at a
 * barrier, and to train a small model.
 *
 * Usage: `deno run -A bench/barrier.ts [rounds]` (200 rounds by default). `bench/team.ts` has what two threads bring.
 *
 * @module
 */
import { layers, sequential } from "../mod.ts";
import type { Program } from "../src/program/program.ts";
import { withTeam } from "../src/training/threads.ts";
import { formatFigure } from "./lib/format_figure.ts";
import type { Table } from "./lib/format_table.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";

const ROUNDS = Number(Deno.args[0] ?? 200);
const CALLS = 50;
const BARRIERS = 50;
const TEAMS = [2, 3, 4, 7];

const figures: Record<string, number> = {};
const table: Table = {
  title: `Teams on ${navigator.hardwareConcurrency} cores (${ROUNDS} rounds)`,
  header: [
    "threads",
    "open and close ms",
    "two barriers µs",
    "least",
    "one more barrier µs",
    "least",
    "fit of 24 steps ms",
  ],
  rows: [],
};

/** Microseconds of one run, each sample the mean of some. */
function timeRuns(run: () => void): number[] {
  for (let i = 0; i < 500; i++) run();
  return Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    for (let i = 0; i < CALLS; i++) run();
    return (performance.now() - start) * 1000 / CALLS;
  });
}

/** The program without instructions, or with a tiny one after each of `barriers` barriers. */
function withBarriers(program: Program, barriers: number): Program {
  const instructions = Array.from({ length: barriers }, () => program.instructions[0]);
  return { ...program, instructions, barriers: instructions.map((_, i) => i) };
}

for (const ranks of TEAMS) {
  const model = sequential([
    layers.dense({ units: 16, activation: "tanh", inputShape: [8] }),
    layers.dense({ units: 3 }),
  ], { seed: 1 });
  model.compile({ optimizer: "adam", loss: "mse" });
  const { network } = model;
  const x = Array.from({ length: 71 }, (_, i) => new Array(8).fill(i / 71));
  const y = Array.from({ length: 71 }, () => [0, 1, 2]);
  const fit = (): Promise<unknown> => model.fit(x, y, { epochs: 8, batchSize: 33, workers: ranks, verbose: 0 });
  const opens: number[] = [], fits: number[] = [];
  for (let i = 0; i < 60; i++) {
    let start = performance.now();
    await withTeam(network.memory, ranks, () => Promise.resolve());
    opens.push(performance.now() - start);
    start = performance.now();
    await fit();
    fits.push(performance.now() - start);
  }
  await withTeam(network.memory, ranks, () => {
    const { program } = network.predictor(8, ranks);
    const [empty, one, many] = [0, 1, 1 + BARRIERS].map((count) => network.memory.load(withBarriers(program, count)));
    const runs = summarize(timeRuns(() => empty.run()));
    const base = summarize(timeRuns(() => one.run()));
    const all = summarize(timeRuns(() => many.run()));
    const barrier = (kind: "median" | "min"): number => (all[kind] - base[kind]) / BARRIERS;
    const cells = [summarize(opens.slice(10)).median, 2 * runs.median, 2 * runs.min, barrier("median"), barrier("min")];
    table.rows.push([`${ranks}`, ...cells.map(formatFigure), formatFigure(summarize(fits.slice(10)).median)]);
    figures[`two barriers of ${ranks} threads us`] = 2 * runs.median;
    return Promise.resolve();
  });
}
printReport({ benchmark: "barrier", tables: [table], figures });
