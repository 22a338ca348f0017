/**
 * Whole processes from cold to the first prediction of 784-128-10 with the edge runtime, beside an empty script.
 *
 * Usage: `deno run -A bench/edge_cold.ts [rounds]` (25 rounds by default). Files and compiled code are cached; the runtime is taken as it
 * is published, and as one bundled file.
 *
 * @module
 */
import { compileModel } from "../mod.ts";
import { createMlp } from "./lib/create_mlp.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";
import { timeProcess } from "./lib/time_process.ts";

const ROUNDS = Number(Deno.args[0] ?? 25);
const folder = await Deno.makeTempDir();
try {
  const model = `${folder}/digits.safetensors`;
  const bundled = `${folder}/edge.js`;
  await Deno.writeFile(model, compileModel(createMlp([784, 128, 10], 2).model));
  await timeProcess([Deno.execPath(), "bundle", "--minify", "-o", bundled, "bench/cold/edge.ts"]);
  const scripts = [
    { what: "empty script", args: ["bench/cold/empty.ts"] },
    { what: "runtime as published", args: ["--allow-read", "bench/cold/edge.ts", model] },
    { what: "runtime as one file", args: ["--allow-read", bundled, model] },
  ];
  const samples: number[][] = scripts.map(() => []);
  for (let round = -2; round < ROUNDS; round++) {
    for (const [i, { args }] of scripts.entries()) {
      const { ms } = await timeProcess([Deno.execPath(), "run", "--no-prompt", ...args]);
      if (round >= 0) samples[i].push(ms);
    }
  }
  const summaries = samples.map(summarize);
  const above = summaries.map(({ median }) => median - summaries[0].median);
  printReport({
    benchmark: "edge_cold",
    tables: [{
      title: `Whole process to the first prediction (${ROUNDS} rounds)`,
      header: ["deno run", "median ms", "best ms", "above empty ms"],
      rows: scripts.map((
        { what },
        i,
      ) => [what, ...[summaries[i].median, summaries[i].min, above[i]].map(formatFigure)]),
    }],
    figures: { "edge cold above empty ms": above[1], "edge cold bundled above empty ms": above[2] },
  });
} finally {
  await Deno.remove(folder, { recursive: true });
}
