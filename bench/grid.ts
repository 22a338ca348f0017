/**
 * A grid search of 16 trials, hidden {4, 8, 16, 32} × rate {0.001, 0.003, 0.01, 0.03}, one relu layer, 1,000 points of two moons, 50 epochs,
 * batch 32, Adam: with a held-out part, and with 3 folds and a training of the best on all data; scikit-learn in turns with it, where
 * there is one. Then the gain of a second thread, and 10,000 trials in one process.
 *
 * Usage: `deno run -A bench/grid.ts [rounds]` (9 rounds by default).
 *
 * @module
 */
import { gridSearch, samplers, search } from "../mod.ts";
import { createMlp } from "./lib/create_mlp.ts";
import { createXor } from "./lib/create_xor.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { makeMoons, searchMoons } from "./lib/grid_of_moons.ts";
import type { Table } from "./lib/format_table.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";
import { timeProcess } from "./lib/time_process.ts";

const ROUNDS = Number(Deno.args[0] ?? 9);
const TRIALS = 10_000;
const figures: Record<string, number> = {};

/** Milliseconds that `act` takes. */
async function time(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

/** scikit-learn in a process of its own, asked line by line; null where there is none. */
async function openScikitLearn(): Promise<{ ask(line: string): Promise<number>; close(): Promise<void> } | null> {
  try {
    const script = new URL("grid/scikit_learn.py", import.meta.url).pathname;
    const child = new Deno.Command("/usr/bin/python3", {
      args: [script],
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
      env: { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" },
    }).spawn();
    const writer = child.stdin.getWriter();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    const ask = async (line: string): Promise<number> => {
      await writer.write(new TextEncoder().encode(`${line}\n`));
      let text = "";
      while (!text.endsWith("\n")) {
        const { value, done } = await reader.read();
        if (done) throw new Error("scikit-learn has ended");
        text += value;
      }
      return 1000 * Number(text.split(" ")[0]);
    };
    await ask("split 2"); // it starts its processes
    return {
      ask,
      async close(): Promise<void> {
        await writer.close();
        await child.status;
      },
    };
  } catch {
    return null;
  }
}

async function measureGrid(): Promise<Table> {
  const data = makeMoons();
  const peer = await openScikitLearn();
  const samples = new Map<string, number[]>();
  const add = (name: string, ms: number): void => void samples.set(name, [...samples.get(name) ?? [], ms]);
  for (let round = -1; round < ROUNDS; round++) {
    for (const kind of ["split", "folds"] as const) {
      for (const workers of [1, 2]) {
        if (workers > 1) await searchMoons(data, kind, workers); // others have run meanwhile, and the workers are cold
        const ms = await time(() => searchMoons(data, kind, workers));
        if (round >= 0) add(`${kind} ${workers}`, ms);
      }
      if (round >= 0 && round < 5) {
        const script = ["run", "--no-prompt", "bench/grid/once.ts", kind, "2"];
        const { ms, stdout } = await timeProcess([Deno.execPath(), ...script]);
        add(`${kind} 2 first`, Number(stdout));
        add(`${kind} 2 process`, ms);
        if (peer !== null) add(`${kind} scikit-learn 2`, await peer.ask(`${kind} 2`));
      }
    }
  }
  await peer?.close();
  const titles: Record<string, string> = { split: "a fifth held out", folds: "3 folds and refit" };
  const ways: Record<string, string> = {
    "1": "1 thread",
    "2": "2 threads",
    "2 first": "2 threads, first search of a process",
    "2 process": "2 threads, whole process from cold",
    "scikit-learn 2": "scikit-learn, 2 jobs",
  };
  for (const [name, values] of samples) figures[`grid ${name} ms`] = summarize(values).median;
  const rows = [...samples].map(([name, values]) => {
    const kind = name.slice(0, name.indexOf(" "));
    const { median, min } = summarize(values);
    return [titles[kind], ways[name.slice(kind.length + 1)], formatFigure(median), formatFigure(min)];
  });
  return { title: `16 trials (${ROUNDS} rounds)`, header: ["validation", "how", "median ms", "best ms"], rows };
}

/** 32 trials of equal cost, long enough that what surrounds them does not count. */
async function measureGain(): Promise<Table> {
  const { x, y } = createMlp([20, 1, 3], 512);
  const run = (workers: number): Promise<unknown> =>
    gridSearch({
      space: { number: Array.from({ length: 32 }, (_, i) => i) },
      build: ({ number }) => {
        const { model } = createMlp([20, 64, 64, 3], 1);
        model.learningRate = 0.001 + number * 1e-5;
        return model;
      },
      x,
      y,
      epochs: 100,
      validation: null,
      workers,
      verbose: 0,
    });
  await run(2);
  const samples: [number[], number[]] = [[], []];
  for (let round = 0; round < Math.min(5, ROUNDS); round++) {
    for (const workers of [1, 2]) samples[workers - 1].push(await time(() => run(workers)));
  }
  const [one, two] = samples.map((values) => summarize(values).median);
  // Of pairs run one after the other: what else the machine does is in both.
  const gain = summarize(samples[0].map((ms, i) => ms / samples[1][i])).median;
  figures["grid gain of 2 threads"] = gain;
  const rows = [[formatFigure(one), formatFigure(two), formatFigure(gain)]];
  return {
    title: "32 trials of equal cost (20-64-64-3, 512 samples, 100 epochs)",
    header: ["1 thread ms", "2 threads ms", "times as fast"],
    rows,
  };
}

/** Many small trials in one process: what they take, what they leave, and what a journal adds. */
async function measureMany(): Promise<Table> {
  const { x, y } = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] };
  const folder = await Deno.makeTempDir();
  const MIB = 1 << 20;
  const run = async (trials: number, options: object): Promise<{ ms: number; growth: number }> => {
    let half = 0, built = 0, highest = 0;
    const ms = await time(() =>
      search({
        space: { learningRate: { kind: "uniform", min: 0.1, max: 10 } },
        sampler: samplers.random(),
        trials,
        build: ({ learningRate }) => {
          const { rss } = Deno.memoryUsage();
          if (++built <= trials / 2) half = Math.max(half, rss);
          else highest = Math.max(highest, rss);
          const model = createXor(built);
          model.learningRate = learningRate;
          return model;
        },
        x,
        y,
        epochs: 5,
        validation: null,
        verbose: 0,
        ...options,
      })
    );
    return { ms, growth: Math.max(0, highest - half) / MIB };
  };
  await run(500, { workers: 2 });
  const rows: string[][] = [];
  for (const workers of [1, 2]) {
    const { ms, growth } = await run(TRIALS, { workers });
    figures[`grid ${workers} growth MiB`] = growth;
    rows.push([`${workers} thread${workers > 1 ? "s" : ""}`, formatFigure(ms / TRIALS), formatFigure(growth)]);
  }
  const plain = await run(1000, { workers: 1 });
  const journaled = await run(1000, { workers: 1, journal: `${folder}/run.db` });
  figures["grid journal ms a trial"] = (journaled.ms - plain.ms) / 1000;
  rows.push(["1 thread, 1,000 trials, no journal", formatFigure(plain.ms / 1000), formatFigure(plain.growth)]);
  rows.push(["1 thread, 1,000 trials, journal", formatFigure(journaled.ms / 1000), formatFigure(journaled.growth)]);
  await Deno.remove(folder, { recursive: true });
  return {
    title: `${TRIALS} trials of XOR, 5 epochs each`,
    header: ["how", "ms a trial", "growth of the highest resident set in the second half, MiB"],
    rows,
  };
}

const tables = [await measureGrid(), await measureGain(), await measureMany()];
printReport({ benchmark: "grid", tables, figures });
