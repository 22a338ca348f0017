/**
 * How good samplers are after 100 evaluations: the median of the least value found over 20 seeds, and the p value of a one-sided
 * Mann-Whitney test that it is less than random search's.
 *
 * Usage: `deno run bench/samplers.ts [seeds] [trials]`.
 *
 * @module
 */
import { cmaEs } from "../src/search/samplers/cma_es.ts";
import { quasiRandom } from "../src/search/samplers/quasi_random.ts";
import { random } from "../src/search/samplers/random.ts";
import { tpe } from "../src/search/samplers/tpe.ts";
import type { Sampler } from "../src/search/samplers/sampler.ts";
import { formatTable } from "./lib/format_table.ts";
import { mannWhitney } from "./lib/mann_whitney.ts";
import { objectives } from "./lib/objectives.ts";
import { runSampler } from "./lib/run_sampler.ts";

const SEEDS = Number(Deno.args[0] ?? 20);
const TRIALS = Number(Deno.args[1] ?? 100);

/** Random search gets other seeds than the samplers that begin with it, so that the samples are independent. */
const candidates: readonly [title: string, sampler: Sampler, firstSeed: number][] = [
  ["random", random(), 1000],
  ["quasiRandom", quasiRandom(), 0],
  ["tpe", tpe(), 0],
  ["tpe, multivariate: false", tpe({ multivariate: false }), 0],
  ["cmaEs", cmaEs(), 0],
];

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const rows: string[][] = [];
for (const [name, objective] of Object.entries(objectives)) {
  let baseline: number[] = [];
  for (const [title, sampler, firstSeed] of candidates) {
    const start = performance.now();
    const best = Array.from({ length: SEEDS }, (_, i) => {
      return runSampler(sampler, objective, { trials: TRIALS, seed: firstSeed + i });
    });
    const milliseconds = (performance.now() - start) / SEEDS / TRIALS;
    if (baseline.length === 0) baseline = best;
    const p = best === baseline ? "" : mannWhitney(best, baseline).toExponential(1);
    rows.push([name, title, (median(best) - objective.minimum).toFixed(4), p, milliseconds.toFixed(3)]);
  }
}
const header = ["function", "sampler", "median above minimum", "p (< random)", "ms a proposal"];
console.log(`${SEEDS} seeds, ${TRIALS} evaluations\n`);
console.log(formatTable({ title: "Samplers", header, rows }));
