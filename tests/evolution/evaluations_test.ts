import { assert } from "@std/assert";
import { optimizers } from "../../mod.ts";
import { Draws } from "../../src/evolution/draws.ts";
import { RuleMachine } from "./rule_machine.ts";

const SEEDS = 15;
/** How many times as many evaluations may be needed as by the peers. */
const FACTOR = 1.2;

const functions: Readonly<Record<string, (x: Float64Array) => number>> = {
  sphere: (x) => x.reduce((sum, v) => sum + v * v, 0),
  ellipsoid: (x) => x.reduce((sum, v, i) => sum + 1e6 ** (i / (x.length - 1)) * v * v, 0),
  rosenbrock: (x) => {
    let sum = 0;
    for (let i = 1; i < x.length; i++) sum += 100 * (x[i] - x[i - 1] ** 2) ** 2 + (1 - x[i - 1]) ** 2;
    return sum;
  },
};

/** Median evaluations until the best is below 1e-10: DEAP's `cma.Strategy`, SciPy's `differential_evolution`, by bench/peers/evaluations.py 3. */
const peers: readonly [method: "cma_es" | "differential_evolution", name: string, size: number, evaluations: number][] =
  [
    ["cma_es", "sphere", 2, 348],
    ["cma_es", "sphere", 10, 1700],
    ["cma_es", "sphere", 20, 3300],
    ["cma_es", "ellipsoid", 5, 2408],
    ["cma_es", "ellipsoid", 10, 6230],
    ["cma_es", "rosenbrock", 5, 2184],
    ["differential_evolution", "sphere", 5, 5180],
    ["differential_evolution", "ellipsoid", 2, 3156],
  ];

for (const [method, name, size, theirs] of peers) {
  Deno.test(`${method}: ${name} of ${size} weights to 1e-10 within ${FACTOR} times ${theirs} evaluations, the peers' median`, () => {
    const optimizer = method === "cma_es"
      ? optimizers.cmaEs({ initialSigma: 0.5 })
      : optimizers.differentialEvolution({ populationSize: 64 });
    const found = Array.from({ length: SEEDS }, (_, seed) => {
      const machine = new RuleMachine(optimizer.ruleFor(size), {
        start: new Float64Array(size).fill(name === "rosenbrock" ? 0 : 3),
        objective: functions[name],
        draws: new Draws(seed),
        rates: optimizer.rates as Record<string, number>,
      });
      while (machine.evaluations < 10 * theirs) if (machine.step() < 1e-10) break;
      return machine.evaluations;
    });
    const median = found.sort((a, b) => a - b)[SEEDS >> 1];
    assert(median <= FACTOR * theirs, `${median}`);
  });
}
