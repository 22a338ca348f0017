/**
 * Training steps of 784-512-512-10 (batch 32, 128 and 512) and 20-64-64-3 (batch 32): relu, softmax crossentropy, Adam.
 *
 * Usage: `deno run -A bench/mlp.ts [rounds]` (9 rounds by default). Each round measures the peak of a core (fused multiply-adds in
 * registers), steps of `fit` for each number of threads, and the peak again; the share of the peak is of the better of the two, times
 * the threads. Figures are medians over the rounds. A host may move the cores of a virtual machine to parts of the processor that share
 * no cache: before and after steps on several threads it is measured how long two threads take to meet, and rounds in which they were far
 * apart are counted and reported by themselves; there are more rounds, then, until at least three were not.
 *
 * Then every instruction of a step is timed by itself on one thread, beside its bound: flops over the peak, or bytes over the bandwidth
 * of a copy of about the same size, whichever is longer. And every phase of a step on two threads: what they do between two meetings.
 *
 * @module
 */
import { createMlp } from "./lib/create_mlp.ts";
import { createMeetingMeter } from "./lib/create_meeting_meter.ts";
import { createPeakMeter } from "./lib/create_peak_meter.ts";
import { formatFigure } from "./lib/format_figure.ts";
import type { Table } from "./lib/format_table.ts";
import { measureBandwidth } from "./lib/measure_bandwidth.ts";
import { printReport } from "./lib/print_report.ts";
import { profilePhases } from "./lib/profile_phases.ts";
import { profileStep } from "./lib/profile_step.ts";
import { summarize } from "./lib/summarize.ts";
import { THREAD_COUNTS } from "./lib/thread_counts.ts";
import { timeSteps } from "./lib/time_steps.ts";

const ROUNDS = Number(Deno.args[0] ?? 9);
const MS = 250;
/** Two threads that take longer than this to meet, in microseconds, run on parts of the processor that share no cache. */
const FAR_APART = 0.4;
const BATCHES_IN_DATA = 4;
const CASES = [
  { id: "mlp-32", widths: [784, 512, 512, 10], batch: 32 },
  { id: "mlp-128", widths: [784, 512, 512, 10], batch: 128 },
  { id: "mlp-512", widths: [784, 512, 512, 10], batch: 512 },
  { id: "small-32", widths: [20, 64, 64, 3], batch: 32 },
];

const measurePeak = await createPeakMeter();
const measureMeeting = createMeetingMeter();
const bandwidth = measureBandwidth();
const figures: Record<string, number> = { "bandwidth GB/s": bandwidth };
const steps: Table = {
  title: "Training steps",
  header: [
    "network",
    "batch",
    "threads",
    "median ms",
    "best ms",
    "samples/s",
    "GFLOP/s",
    "peak",
    "share of the peak",
    "meeting µs",
    "rounds apart",
    "ms apart",
  ],
  rows: [],
};
const profiles: Table[] = [];

for (const { id, widths, batch } of CASES) {
  const rows = batch * (id.startsWith("small") ? 32 : BATCHES_IN_DATA);
  const classifiers = THREAD_COUNTS.map(() => createMlp(widths, rows));
  const times: number[][] = THREAD_COUNTS.map(() => []), best: number[] = THREAD_COUNTS.map(() => Infinity);
  const peaks: number[][] = THREAD_COUNTS.map(() => []), shares: number[][] = THREAD_COUNTS.map(() => []);
  const meetings: number[][] = THREAD_COUNTS.map(() => []);
  const flops = classifiers[0].flopsPerSample * batch;
  for (const [i, threads] of THREAD_COUNTS.entries()) await timeSteps(classifiers[i], { batch, ms: 800, threads });
  const apart: number[][] = THREAD_COUNTS.map(() => []);
  const needsMore = (): boolean => times.some((list) => list.length < 3);
  for (let round = 0; round < ROUNDS || (round < 3 * ROUNDS && needsMore()); round++) {
    for (const [i, threads] of THREAD_COUNTS.entries()) {
      const before = [measurePeak(), threads === 1 ? 0 : await measureMeeting()];
      const { median, min } = summarize(await timeSteps(classifiers[i], { batch, ms: MS, threads }));
      const after = [measurePeak(), threads === 1 ? 0 : await measureMeeting()];
      const [peak, meeting] = before.map((value, which) => Math.max(value, after[which]));
      if (meeting > FAR_APART) {
        apart[i].push(median);
        continue;
      }
      times[i].push(median);
      best[i] = Math.min(best[i], min);
      peaks[i].push(peak);
      meetings[i].push(meeting);
      shares[i].push(flops / 1e6 / median / peak / (threads === "auto" ? NaN : threads));
    }
  }
  for (const [i, threads] of THREAD_COUNTS.entries()) {
    const [ms, peak, share, meeting, far] = [times[i], peaks[i], shares[i], meetings[i], apart[i]]
      .map((values) => values.length === 0 ? NaN : summarize(values).median);
    const figureOrNone = (value: number): string => Number.isNaN(value) ? "" : formatFigure(value);
    steps.rows.push([
      widths.join("-"),
      ...[batch, threads].map(String),
      ...[ms, best[i], batch / ms * 1000, flops / 1e6 / ms, peak].map(formatFigure),
      Number.isNaN(share) ? "" : `${(share * 100).toFixed(1)} %`,
      threads === 1 ? "" : figureOrNone(meeting),
      threads === 1 ? "" : String(apart[i].length),
      figureOrNone(far),
    ]);
    figures[`${id} ${threads} ms`] = ms;
    if (threads !== "auto") figures[`${id} ${threads} % of peak`] = share * 100;
  }
  profiles.push(profile(id, widths, batch, rows));
  if (!id.startsWith("small")) profiles.push(await profileTeam(widths, batch, rows));
}

/** A table of where the time of a step goes on two threads, from meeting to meeting. */
async function profileTeam(widths: number[], batch: number, rows: number): Promise<Table> {
  const ranks = 2;
  await profilePhases(createMlp(widths, rows), { rows: batch, ranks, ms: 300 });
  const phases = await profilePhases(createMlp(widths, rows), { rows: batch, ranks, ms: 700 });
  const peak = Math.max(...Array.from({ length: 20 }, measurePeak));
  const row = (what: string, microseconds: number, flops: number): string[] => [
    what,
    formatFigure(microseconds),
    flops === 0 ? "" : formatFigure(flops / 1e6),
    flops === 0 ? "" : formatFigure(flops / 1000 / peak / ranks),
  ];
  const sum = (value: (cost: typeof phases[number]) => number): number =>
    phases.reduce((all, cost) => all + value(cost), 0);
  return {
    title: `From meeting to meeting: ${widths.join("-")}, batch ${batch}, ${ranks} threads`,
    header: ["kernels", "µs", "MFLOP", "µs at the peak"],
    rows: [
      ...phases.map((phase) => row(phase.kernels, phase.microseconds, phase.flops)),
      row("all", sum((p) => p.microseconds), sum((p) => p.flops)),
    ],
  };
}

/** A table of where the time of a step goes. */
function profile(id: string, widths: number[], batch: number, rows: number): Table {
  const classifier = createMlp(widths, rows);
  profileStep(classifier, batch, 300);
  const costs = profileStep(classifier, batch, 700);
  const peak = Math.max(...Array.from({ length: 20 }, measurePeak));
  const bound = (flops: number, bytes: number): number => Math.max(flops / peak, bytes / bandwidth) / 1000;
  const total = costs.reduce((sum, { microseconds }) => sum + microseconds, 0);
  const row = (
    what: string,
    calls: number,
    microseconds: number,
    flops: number,
    bytes: number,
    least: number,
  ): string[] => [
    what,
    String(calls),
    formatFigure(microseconds),
    `${(100 * microseconds / total).toFixed(1)} %`,
    ...[flops / 1e6, bytes / 1e6].map((value) => value === 0 ? "" : formatFigure(value)),
    flops === 0 ? "" : formatFigure(flops / 1000 / microseconds),
    formatFigure(bytes / 1000 / microseconds),
    formatFigure(least),
  ];
  const sum = (value: (cost: typeof costs[number]) => number): number =>
    costs.reduce((all, cost) => all + value(cost), 0);
  const least = sum((cost) => bound(cost.flops, cost.bytes));
  figures[`${id} bound ms`] = least / 1000;
  return {
    title: `Where the time goes: ${widths.join("-")}, batch ${batch}, one thread`,
    header: ["kernel", "calls", "µs", "share", "MFLOP", "MB", "GFLOP/s", "GB/s", "bound µs"],
    rows: [
      ...costs.map((c) => row(c.kernel, c.calls, c.microseconds, c.flops, c.bytes, bound(c.flops, c.bytes))),
      row("all", sum((c) => c.calls), total, sum((c) => c.flops), sum((c) => c.bytes), least),
    ],
  };
}

steps.title += ` (${ROUNDS} rounds; a copy moves ${bandwidth.toFixed(0)} GB/s)`;
printReport({ benchmark: "mlp", tables: [steps, ...profiles], figures });
