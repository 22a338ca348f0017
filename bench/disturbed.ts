/**
 * `workers: "auto"` on a machine that is not quiet: fit, evaluate, predict and search with 1, 2 and `auto` threads in turns, alone, beside
 * 1 and 2 processes that each want a core all the time, and pinned to one core. The figure is the median of `auto` over that of the
 * better fixed number.
 *
 * Usage: `deno run -A bench/disturbed.ts [rounds] [tasks]` (9 rounds by default, all tasks). The processes that disturb are its own; they
 * are killed at the end.
 *
 * @module
 */
import { disturb } from "./lib/disturb.ts";
import { formatFigure } from "./lib/format_figure.ts";
import type { Table } from "./lib/format_table.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";
import { timeProcess } from "./lib/time_process.ts";

const ROUNDS = Deno.args[0] ?? "9";
const TASKS = Deno.args[1] ?? "fit,evaluate,predict,search";
/** The processes that disturb end by themselves after so long. */
const SECONDS = 600;
const SETTINGS = [
  { name: "quiet", loops: 0, pinned: false },
  { name: "beside 1 loop", loops: 1, pinned: false },
  { name: "beside 2 loops", loops: 2, pinned: false },
  { name: "on one core", loops: 0, pinned: true },
];

const figures: Record<string, number> = {};
const table: Table = {
  title: `Threads on a machine that is not quiet (${ROUNDS} rounds)`,
  header: ["setting", "work", "1 thread, ms", "2 threads, ms", "auto, ms", "auto over the better"],
  rows: [],
};
for (const { name, loops, pinned } of SETTINGS) {
  const command = [Deno.execPath(), "run", "--no-prompt", "-A", "bench/disturbed/once.ts", ROUNDS, TASKS];
  let stdout: string;
  try {
    const act = () => timeProcess(pinned ? ["taskset", "-c", "0", ...command] : command);
    ({ stdout } = await disturb({ loops, seconds: SECONDS }, act));
  } catch (error) {
    if (!(pinned && error instanceof Deno.errors.NotFound)) throw error;
    continue; // there is no taskset here
  }
  for (const [task, times] of Object.entries(JSON.parse(stdout) as Record<string, Record<string, number[]>>)) {
    const median = (threads: string): number => summarize(times[threads]).median;
    const all = ["1", "2", "auto"].map(median);
    const [one, two, auto] = all;
    const ratio = auto / Math.min(one, two);
    figures[`disturbed ${name} ${task} auto over best`] = ratio;
    table.rows.push([name, task, ...all.map(formatFigure), ratio.toFixed(2)]);
  }
}
printReport({ benchmark: "disturbed", tables: [table], figures });
