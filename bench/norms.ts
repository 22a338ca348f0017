/**
 * LayerNormalization and BatchNormalization of [128, 512] in training, forward and backward with the gradients of x, gamma and beta (and the
 * new moving statistics), on one thread and on two, beside PyTorch's in the same run.
 *
 * Usage: `deno run -A bench/norms.ts [rounds] [layer|batch]` (9 rounds of both by default). In every round ours and PyTorch's take turns, on
 * one thread and on two. On a core that others use as well figures swing, most of all where two threads wait for each other; so runs are taken
 * 20 by 20, and a figure is the best of these medians, of ours as of PyTorch's. Without PyTorch ours is measured alone.
 *
 * @module
 */
import { layers, sequential } from "../mod.ts";
import { differentiate } from "../src/graph/differentiate.ts";
import { Graph } from "../src/graph/graph.ts";
import { compileProgram } from "../src/program/compile_program.ts";
import type { Program } from "../src/program/program.ts";
import type { Symbolic } from "../src/tensor/symbolic.ts";
import { withTeam } from "../src/training/threads.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";
import { timeProcess } from "./lib/time_process.ts";

const ROUNDS = Number(Deno.args[0] ?? 9);
const ROWS = 128, WIDTH = 512;
const THREADS = [1, 2];
const MS = 300;
/** Runs whose median is taken together. */
const WINDOW = 20;
const KINDS = {
  layer: { name: "LayerNormalization", create: () => layers.layerNormalization() },
  batch: { name: "BatchNormalization", create: () => layers.batchNormalization() },
} as const;
type Kind = keyof typeof KINDS;
const kinds = (Object.keys(KINDS) as Kind[]).filter((kind) => (Deno.args[1] ?? kind) === kind);

/** What the layer does in a training step whose loss is Σ y · dy. */
function createProgram(kind: Kind, ranks: number): Program {
  const layer = KINDS[kind].create();
  layer.addNode([layers.inputLayer({ shape: [WIDTH] }).open()]);
  const graph = new Graph({ batch: ROWS });
  const [x, dy] = ["x", "dy"].map((name) => graph.input(name, [ROWS, WIDTH]));
  const weights = layer.weights.map(({ name, shape }) => graph.input(name, shape));
  const assigned: Symbolic[] = [];
  const scope = {
    graph,
    training: true,
    seed: 0,
    masks: new Map(),
    nextIndex: () => 0,
    assign: (_: object, __: layers.WeightSpec, value: Symbolic) => assigned.push(value),
    addLoss: () => {},
    changeLabels: () => {},
    isFrozen: () => false,
    variable: (_: object, { name }: layers.WeightSpec) => weights[layer.weights.findIndex((w) => w.name === name)],
  };
  const [y] = layer.trace(scope, [x], { index: 0, path: "layer", options: {} });
  const trained = weights.filter((_, i) => layer.weights[i].trainable);
  const gradients = differentiate(graph, graph.apply("weighted_sum", [y, dy]), [x, ...trained]) as Symbolic[];
  const outputs = [y, ...gradients, ...assigned].map((node, i) => ({ name: `${i}`, node }));
  const locate = () => {
    throw new Error("no variables here");
  };
  return compileProgram({ outputs, inputs: [x, dy, ...weights], locate, ranks });
}

/** What a round found, in milliseconds. */
interface Times {
  /** The median of all runs. */
  readonly median: number;
  /** The best median of runs that followed each other. */
  readonly best: number;
}

function timesOf(samples: readonly number[]): Times {
  const windows = Array.from(
    { length: Math.max(1, Math.floor(samples.length / WINDOW)) },
    (_, i) => summarize(samples.slice(i * WINDOW, (i + 1) * WINDOW)).median,
  );
  return { median: summarize([...samples]).median, best: Math.min(...windows) };
}

/** A pass on `ranks` threads. */
async function measureOwn(kind: Kind, ranks: number): Promise<Times> {
  const { memory } = sequential([layers.dense({ units: 1, inputShape: [1] })]).network;
  const samples: number[] = [];
  await withTeam(memory, ranks, () => {
    const compiled = createProgram(kind, ranks);
    const program = memory.load(compiled);
    for (const name of Object.keys(compiled.inputs)) {
      const values = program.input(name);
      for (let i = 0; i < values.length; i++) values[i] = Math.sin(i * 1.7) + (name === "x" || name === "dy" ? 0 : 1.5);
    }
    for (const end = performance.now() + MS; performance.now() < end;) program.run();
    for (const end = performance.now() + MS; performance.now() < end;) {
      const start = performance.now();
      program.run();
      samples.push(performance.now() - start);
    }
    return Promise.resolve();
  });
  return timesOf(samples);
}

/** The same of PyTorch; null where it is not installed. */
async function measurePyTorch(kind: Kind, threads: number): Promise<Times | null> {
  try {
    const { stdout } = await timeProcess([
      "/usr/bin/python3",
      "bench/peers/norms.py",
      kind,
      `${ROWS}`,
      `${WIDTH}`,
      `${WINDOW}`,
    ], {
      env: { OMP_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: "1" },
    });
    return JSON.parse(stdout.trimEnd().split("\n").pop()!) as Times;
  } catch (error) {
    console.log(`PyTorch is left out: ${error instanceof Error ? error.message.split("\n").pop() : error}`);
    return null;
  }
}

const figures: Record<string, number> = {};
const rows: string[][] = [];
const format = (value: number): string => Number.isFinite(value) ? formatFigure(value) : "";
for (const kind of kinds) {
  const own = THREADS.map((): Times[] => []), theirs = THREADS.map((): Times[] => []);
  let withPeer = true;
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, threads] of THREADS.entries()) {
      own[i].push(await measureOwn(kind, threads));
      const peer = withPeer ? await measurePyTorch(kind, threads) : null;
      if (peer === null) withPeer = false;
      else theirs[i].push(peer);
    }
  }
  const best = (times: readonly Times[]): number => Math.min(...times.map((time) => time.best));
  // PyTorch may be faster on one thread than on two.
  const peer = best(theirs.flat());
  THREADS.forEach((threads, i) => {
    figures[`${kind} norm ${threads} ms`] = best(own[i]);
    if (withPeer) figures[`${kind} norm ${threads} of PyTorch's best time`] = best(own[i]) / peer;
    rows.push([
      KINDS[kind].name,
      `${threads}`,
      format(best(own[i])),
      format(summarize(own[i].map(({ median }) => median)).median),
      format(best(theirs[i])),
      withPeer ? format(best(own[i]) / peer) : "",
    ]);
  });
}
printReport({
  benchmark: "norms",
  tables: [{
    title: `Normalisation of [${ROWS}, ${WIDTH}], forward and backward (${ROUNDS} rounds)`,
    header: ["layer", "threads", "best median ms", "median of all ms", "PyTorch, best median ms", "of PyTorch's best"],
    rows,
  }],
  figures,
});
