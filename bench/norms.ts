/**
 * LayerNormalization of [128, 512], forward and backward with the gradients of x, gamma and beta, on one thread and on two, beside
 * PyTorch's in the same run.
 *
 * Usage: `deno run -A bench/norms.ts [rounds]` (9 rounds by default). In every round ours and PyTorch's take turns; figures are medians
 * over the rounds, ratios are taken within a round. Without PyTorch ours is measured alone.
 *
 * @module
 */
import { layers, sequential } from "../mod.ts";
import { differentiate } from "../src/graph/differentiate.ts";
import { Graph } from "../src/graph/graph.ts";
import { compileProgram } from "../src/program/compile_program.ts";
import type { Program } from "../src/program/program.ts";
import { partsOf, type Symbolic } from "../src/tensor/symbolic.ts";
import { withTeam } from "../src/training/threads.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize, type Summary } from "./lib/summarize.ts";
import { timeProcess } from "./lib/time_process.ts";

const ROUNDS = Number(Deno.args[0] ?? 9);
const ROWS = 128, WIDTH = 512;
const THREADS = [1, 2];
const MS = 700;
const INPUTS = { x: [ROWS, WIDTH], dy: [ROWS, WIDTH], gamma: [WIDTH], beta: [WIDTH] };

/** The forward and the backward pass of Σ y · dy. */
function createProgram(ranks: number): Program {
  const graph = new Graph({ batch: ROWS });
  const [x, dy, gamma, beta] = Object.entries(INPUTS).map(([name, shape]) => graph.input(name, shape));
  const attributes = { epsilon: 1e-3, center: true, inputs: ["scale", "offset"] };
  const [y] = partsOf(graph, graph.apply("layer_norm", [x, gamma, beta], attributes));
  const gradients = differentiate(graph, graph.apply("weighted_sum", [y, dy]), [x, gamma, beta]) as Symbolic[];
  const outputs = [y, ...gradients].map((node, i) => ({ name: ["y", "dx", "dgamma", "dbeta"][i], node }));
  const locate = () => {
    throw new Error("no variables here");
  };
  return compileProgram({ outputs, inputs: [x, dy, gamma, beta], locate, ranks });
}

/** Milliseconds of a pass on `ranks` threads. */
async function measureOwn(ranks: number): Promise<Summary> {
  const { memory } = sequential([layers.dense({ units: 1, inputShape: [1] })]).network;
  const samples: number[] = [];
  await withTeam(memory, ranks, () => {
    const program = memory.load(createProgram(ranks));
    for (const name of Object.keys(INPUTS)) {
      const values = program.input(name);
      for (let i = 0; i < values.length; i++) values[i] = Math.sin(i * 1.7) + (name === "gamma" ? 1 : 0);
    }
    for (const end = performance.now() + MS; performance.now() < end;) program.run();
    for (const end = performance.now() + MS; performance.now() < end;) {
      const start = performance.now();
      program.run();
      samples.push(performance.now() - start);
    }
    return Promise.resolve();
  });
  return summarize(samples);
}

/** The same of PyTorch; null where it is not installed. */
async function measurePyTorch(threads: number): Promise<Summary | null> {
  try {
    const { stdout } = await timeProcess(["/usr/bin/python3", "bench/peers/norms.py", `${ROWS}`, `${WIDTH}`], {
      env: { OMP_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: "1" },
    });
    return JSON.parse(stdout.trimEnd().split("\n").pop()!) as Summary;
  } catch (error) {
    console.log(`PyTorch is left out: ${error instanceof Error ? error.message.split("\n").pop() : error}`);
    return null;
  }
}

const own = THREADS.map((): Summary[] => []), theirs = THREADS.map((): Summary[] => []);
const ratios = THREADS.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++) {
  for (const [i, threads] of THREADS.entries()) {
    own[i].push(await measureOwn(threads));
    const peer = round > 0 && theirs[i].length === 0 ? null : await measurePyTorch(threads);
    if (peer === null) continue;
    theirs[i].push(peer);
    ratios[i].push(own[i][round].median / peer.median);
  }
}
const median = (values: readonly number[]): number => values.length === 0 ? NaN : summarize([...values]).median;
const medians = (runs: readonly Summary[]): number => median(runs.map((run) => run.median));
const format = (value: number): string => Number.isNaN(value) ? "" : formatFigure(value);
const figures: Record<string, number> = {};
const rows = THREADS.map((threads, i) => {
  figures[`layer norm ${threads} ms`] = medians(own[i]);
  if (ratios[i].length > 0) figures[`layer norm ${threads} of PyTorch's time`] = median(ratios[i]);
  const least = Math.min(...own[i].map((run) => run.min));
  return [`${threads}`, format(medians(own[i])), format(least), format(medians(theirs[i])), format(median(ratios[i]))];
});
printReport({
  benchmark: "norms",
  tables: [{
    title: `LayerNormalization [${ROWS}, ${WIDTH}], forward and backward (${ROUNDS} rounds)`,
    header: ["threads", "median ms", "best ms", "PyTorch ms", "of PyTorch's time"],
    rows,
  }],
  figures,
});
