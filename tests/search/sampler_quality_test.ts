import { assert, assertAlmostEquals } from "@std/assert";
import { mannWhitney } from "../../bench/lib/mann_whitney.ts";
import { objectives } from "../../bench/lib/objectives.ts";
import { runSampler } from "../../bench/lib/run_sampler.ts";
import { cmaEs } from "../../src/search/samplers/cma_es.ts";
import { random } from "../../src/search/samplers/random.ts";
import { tpe } from "../../src/search/samplers/tpe.ts";

const SEEDS = 20;
const TRIALS = 100;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[SEEDS / 2 - 1] + sorted[SEEDS / 2]) / 2;
}

Deno.test("the rank test agrees with scipy.stats.mannwhitneyu 1.10.1", () => {
  assertAlmostEquals(mannWhitney([1, 2, 4, 8, 9.5], [3, 5, 6, 7, 10, 11]), 0.16450216450216448, 1e-14);
  assertAlmostEquals(mannWhitney([1.1, 2.2, 3.3, 0.4], [5, 6, 7, 8]), 0.014285714285714285, 1e-15);
  // With ties: the normal approximation.
  assertAlmostEquals(mannWhitney([1, 2, 2, 3, 5, 6], [2, 4, 5, 7, 8, 8, 9]), 0.030558998822980854, 1e-7);
});

for (const [name, objective] of Object.entries(objectives)) {
  Deno.test(`${name} has its published minimum where it should be`, () => {
    assertAlmostEquals(objective.evaluate(objective.argmin), objective.minimum, 1e-4);
  });

  Deno.test(`CMA-ES beats random search on ${name}: 100 evaluations, 20 seeds, p < 0.01`, () => {
    const [found, baseline] = [[cmaEs(), 0] as const, [random(), 1000] as const].map(([sampler, first]) =>
      Array.from({ length: SEEDS }, (_, i) => runSampler(sampler, objective, { trials: TRIALS, seed: first + i }))
    );
    const p = mannWhitney(found, baseline);
    assert(p < 0.01, `p = ${p}, ${median(found)} against ${median(baseline)}`);
  });

  Deno.test(`TPE beats random search on ${name}: 100 evaluations, 20 seeds, p < 0.01`, () => {
    const best = (sampler: ReturnType<typeof random>, firstSeed: number): number[] => {
      return Array.from({ length: SEEDS }, (_, i) => {
        return runSampler(sampler, objective, { trials: TRIALS, seed: firstSeed + i });
      });
    };
    const [found, baseline] = [best(tpe(), 0), best(random(), 1000)];
    assert(median(found) < median(baseline), `${median(found)} against ${median(baseline)}`);
    const p = mannWhitney(found, baseline);
    assert(p < 0.01, `p = ${p}`);
  });
}
