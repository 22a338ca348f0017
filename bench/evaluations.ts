/**
 * How many evaluations CMA-ES and differential evolution need until the best is below 1e-10, beside DEAP's and SciPy's: the median of 15
 * seeds, from the same beginnings.
 *
 * Usage: `deno run -A bench/evaluations.ts`; needs /usr/bin/python3 with DEAP and SciPy.
 *
 * @module
 */
import { optimizers } from "../mod.ts";
import { Draws } from "../src/evolution/draws.ts";
import { RuleMachine } from "../tests/evolution/rule_machine.ts";
import { printReport } from "./lib/print_report.ts";

const SEEDS = 15, LIMIT = 200_000;

const functions: Readonly<Record<string, (x: Float64Array) => number>> = {
  sphere: (x) => x.reduce((sum, v) => sum + v * v, 0),
  ellipsoid: (x) => x.reduce((sum, v, i) => sum + 1e6 ** (i / (x.length - 1)) * v * v, 0),
  rosenbrock: (x) => {
    let sum = 0;
    for (let i = 1; i < x.length; i++) sum += 100 * (x[i] - x[i - 1] ** 2) ** 2 + (1 - x[i - 1]) ** 2;
    return sum;
  },
};
const methods = {
  cma_es: (): optimizers.PopulationOptimizer => optimizers.cmaEs({ initialSigma: 0.5 }),
  differential_evolution: (): optimizers.PopulationOptimizer =>
    optimizers.differentialEvolution({ populationSize: 64 }),
};

function count(method: keyof typeof methods, name: string, size: number, seed: number): number {
  const optimizer = methods[method]();
  const machine = new RuleMachine(optimizer.ruleFor(size), {
    start: new Float64Array(size).fill(name === "rosenbrock" ? 0 : 3),
    objective: functions[name],
    draws: new Draws(seed),
    rates: optimizer.rates as Record<string, number>,
  });
  while (machine.evaluations < LIMIT) if (machine.step() < 1e-10) return machine.evaluations;
  return LIMIT;
}

const { stdout } = await new Deno.Command("/usr/bin/python3", { args: ["bench/peers/evaluations.py", `${SEEDS}`] })
  .output();
const peers: Record<string, number> = JSON.parse(new TextDecoder().decode(stdout));
const rows = Object.entries(peers).map(([key, theirs]) => {
  const [method, name, size] = key.split(" ");
  const all = Array.from({ length: SEEDS }, (_, seed) => count(method as "cma_es", name, Number(size), seed));
  const ours = all.sort((a, b) => a - b)[SEEDS >> 1];
  return [method, name, size, `${ours}`, `${theirs}`, (ours / theirs).toFixed(2)];
});
printReport({
  benchmark: "evaluations",
  tables: [{
    title: `evaluations until the best is below 1e-10, median of ${SEEDS} seeds`,
    header: ["method", "function", "weights", "retroprop", "DEAP, SciPy", "quotient"],
    rows,
  }],
  figures: Object.fromEntries(
    rows.map(([method, name, size, , , quotient]) => [`${method} ${name} ${size} quotient`, +quotient]),
  ),
});
