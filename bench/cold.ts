/**
 * Whole processes from cold: `deno run examples/xor.ts --quiet` beside an empty script and one that only imports the library.
 *
 * Usage: `deno run -A bench/cold.ts [rounds]` (15 rounds by default). Every round runs each once; files and compiled code are cached.
 *
 * @module
 */
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";
import { summarize } from "./lib/summarize.ts";
import { timeProcess } from "./lib/time_process.ts";

const ROUNDS = Number(Deno.args[0] ?? 15);
const SCRIPTS = [
  { what: "empty script", id: "empty", args: ["bench/cold/empty.ts"] },
  { what: "import of the library", id: "import", args: ["bench/cold/import_only.ts"] },
  { what: "examples/xor.ts --quiet", id: "xor", args: ["examples/xor.ts", "--quiet"] },
];

const samples: number[][] = SCRIPTS.map(() => []);
for (let round = -1; round < ROUNDS; round++) {
  for (const [i, { args }] of SCRIPTS.entries()) {
    const { ms } = await timeProcess([Deno.execPath(), "run", "--no-prompt", ...args]);
    if (round >= 0) samples[i].push(ms); // the first round fills the caches
  }
}
const summaries = samples.map(summarize);
printReport({
  benchmark: "cold",
  tables: [{
    title: `Whole process from cold (${ROUNDS} rounds)`,
    header: ["deno run", "median ms", "best ms", "above empty ms"],
    rows: SCRIPTS.map(({ what }, i) => {
      const { median, min } = summaries[i];
      return [what, ...[median, min].map(formatFigure), i === 0 ? "" : formatFigure(median - summaries[0].median)];
    }),
  }],
  figures: Object.fromEntries(SCRIPTS.map(({ id }, i) => [`cold ${id} ms`, summaries[i].median])),
});
