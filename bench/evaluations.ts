/**
 * How many evaluations CMA-ES and differential evolution need until the best is below 1e-10, beside DEAP's and SciPy's: the median of 15
 * seeds, from the same beginnings. And how far annealing comes in 20,000 evaluations, beside SciPy's dual_annealing without local search.
 *
 * Usage: `deno run -A bench/evaluations.ts [seeds]` (15 by default); needs /usr/bin/python3 with DEAP and SciPy. Takes a minute a seed.
 *
 * @module
 */
import { optimizers } from "../mod.ts";
import { Draws } from "../src/evolution/draws.ts";
import { RuleMachine } from "../tests/evolution/rule_machine.ts";
import { formatFigure } from "./lib/format_figure.ts";
import { printReport } from "./lib/print_report.ts";

const SEEDS = Number(Deno.args[0] ?? 15), LIMIT = 100_000, ANNEALED = 20_000;

const functions: Readonly<Record<string, (x: Float64Array) => number>> = {
  sphere: (x) => x.reduce((sum, v) => sum + v * v, 0),
  ellipsoid: (x) => x.reduce((sum, v, i) => sum + 1e6 ** (i / (x.length - 1)) * v * v, 0),
  rosenbrock: (x) => {
    let sum = 0;
    for (let i = 1; i < x.length; i++) sum += 100 * (x[i] - x[i - 1] ** 2) ** 2 + (1 - x[i - 1]) ** 2;
    return sum;
  },
  rastrigin: (x) => x.reduce((sum, v) => sum + v * v - 10 * Math.cos(2 * Math.PI * v) + 10, 0),
  ackley: (x) => {
    const squares = x.reduce((sum, v) => sum + v * v, 0) / x.length;
    const waves = x.reduce((sum, v) => sum + Math.cos(2 * Math.PI * v), 0) / x.length;
    return 20 - 20 * Math.exp(-0.2 * Math.sqrt(squares)) + Math.E - Math.exp(waves);
  },
};

function create(method: string, name: string, size: number): optimizers.PopulationOptimizer {
  if (method === "differential_evolution") return optimizers.differentialEvolution({ populationSize: 64 });
  if (method === "simulated_annealing") return optimizers.simulatedAnnealing();
  // Many hills: as wide as they lie apart, and with as many members as Hansen and Kern 2004 take.
  return name === "rastrigin" || name === "ackley"
    ? optimizers.cmaEs({ initialSigma: 2, populationSize: 20 * size })
    : optimizers.cmaEs({ initialSigma: 0.5 });
}

function machineFor(method: string, name: string, size: number, seed: number): RuleMachine {
  const optimizer = create(method, name, size);
  return new RuleMachine(optimizer.ruleFor(size), {
    start: new Float64Array(size).fill(name === "rosenbrock" ? 0 : 3),
    objective: functions[name],
    draws: new Draws(seed),
    rates: optimizer.rates as Record<string, number>,
  });
}

function count(method: string, name: string, size: number, seed: number): number {
  const machine = machineFor(method, name, size, seed);
  while (machine.evaluations < LIMIT) if (machine.step() < 1e-10) return machine.evaluations;
  return LIMIT;
}

/** The best after so many evaluations, with a temperature that falls from 10 to 1e-7, and steps that become smaller from 1 to 1e-3. */
function anneal(method: string, name: string, size: number, seed: number): number {
  const machine = machineFor(method, name, size, seed);
  const rates = { temperature: 10, sigma: 1 };
  machine.generation.rates = rates;
  let best = Infinity;
  while (machine.evaluations < ANNEALED) {
    const done = machine.evaluations / ANNEALED;
    rates.temperature = 10 * 1e-8 ** done;
    rates.sigma = 1e-3 ** done;
    best = Math.min(best, machine.step());
  }
  return best;
}

const python = new Deno.Command("/usr/bin/python3", { args: ["bench/peers/evaluations.py", `${SEEDS}`] });
const { success, stdout, stderr } = await python.output();
if (!success) throw new Error(`Python failed: ${new TextDecoder().decode(stderr)}`);
const peers: Record<string, [median: number, solved: number]> = JSON.parse(new TextDecoder().decode(stdout));
const [counted, annealed]: string[][][] = [[], []];
for (const [key, [theirs, theirSolved]] of Object.entries(peers)) {
  const [method, name, size] = key.split(" ");
  const isAnnealing = method === "simulated_annealing";
  const run = isAnnealing ? anneal : count;
  const all = Array.from({ length: SEEDS }, (_, seed) => run(method, name, Number(size), seed)).sort((a, b) => a - b);
  const ours = all[SEEDS >> 1];
  const solved = all.filter((result) => result < LIMIT).length;
  if (isAnnealing) annealed.push([name, size, formatFigure(ours), formatFigure(theirs)]);
  else {
    const cell = (median: number, share: number) => share * 2 > SEEDS ? `${median}` : "–";
    const quotient = Math.min(solved, theirSolved) * 2 > SEEDS ? (ours / theirs).toFixed(2) : "–";
    const reached = `${solved}, ${theirSolved}`;
    counted.push([method, name, size, cell(ours, solved), cell(theirs, theirSolved), quotient, reached]);
  }
}
printReport({
  benchmark: "evaluations",
  tables: [{
    title: `evaluations until the best is below 1e-10, median of ${SEEDS} seeds`,
    header: ["method", "function", "weights", "retroprop", "DEAP, SciPy", "quotient", "seeds that come there"],
    rows: counted,
  }, {
    title: `annealing: the best after ${ANNEALED} evaluations, median of ${SEEDS} seeds`,
    header: ["function", "weights", "retroprop", "SciPy"],
    rows: annealed,
  }],
  figures: Object.fromEntries(
    counted.filter(([, , , , , quotient]) => quotient !== "–").map((
      [method, name, size, , , quotient],
    ) => [`${method} ${name} ${size} quotient`, +quotient]),
  ),
});
