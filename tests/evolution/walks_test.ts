import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { exponential } from "../../src/tensor/exponential.ts";
import { Draws } from "../../src/evolution/draws.ts";
import { randomSearch } from "../../src/optimizers/random_search.ts";
import { simulatedAnnealing } from "../../src/optimizers/simulated_annealing.ts";
import { RuleMachine } from "./rule_machine.ts";

const start = Float64Array.of(3, -2);
const bowl = (x: Float64Array): number => x.reduce((sum, v) => sum + v * v, 0);

function anneal(options: object, steps: number, temperature: number, seed = 1): RuleMachine {
  const machine = new RuleMachine(simulatedAnnealing(options).ruleFor(2), {
    start,
    objective: bowl,
    draws: new Draws(seed),
    rates: { temperature, sigma: 0.5 },
  });
  for (let i = 0; i < steps; i++) machine.step();
  return machine;
}

Deno.test("annealing: at temperature 0 a chain never goes up, at a high one it takes every step", () => {
  const cold = anneal({}, 1, 0);
  for (let i = 0, last = Infinity; i < 200; i++) {
    cold.step();
    const now = cold.generation.population.scores[1];
    assert(now <= last);
    last = now;
  }
  assert(cold.generation.population.scores[2] < 0.05);
  const hot = anneal({}, 1, 1e12);
  for (let i = 0; i < 100; i++) {
    hot.step();
    assertEquals(hot.rows[1], hot.rows[0]);
  }
});

Deno.test("annealing: a step that is worse by Δ is taken as often as exp(−Δ / temperature)", () => {
  // All candidates are worse by 1: with temperature 1, 1 of e chains moves. 4,000 chains: five standard deviations are 0.038.
  const chains = 4000;
  const machine = new RuleMachine(simulatedAnnealing({ populationSize: chains }).ruleFor(2), {
    start,
    objective: (x) => x[0] === start[0] ? 0 : 1,
    draws: new Draws(4),
    rates: { temperature: 1, sigma: 0.5 },
  });
  machine.step();
  const moved = machine.rows.slice(chains, 2 * chains).filter((row) => row[0] !== start[0]).length;
  assert(Math.abs(moved / chains - Math.exp(-1)) < 0.038, `${moved} of ${chains}`);
});

Deno.test("annealing: a step without a finite score is never taken", () => {
  const machine = new RuleMachine(simulatedAnnealing().ruleFor(2), {
    start,
    objective: (x) => x[0] === start[0] ? 1 : NaN,
    draws: new Draws(4),
    rates: { temperature: 1, sigma: 0.5 },
  });
  for (let i = 0; i < 5; i++) machine.step();
  assertEquals(machine.rows[1], start);
  const known = [[-Infinity, 0], [Infinity, Infinity], [-800, 0], [800, Infinity], [0, 1], [NaN, NaN]];
  for (const [x, y] of known) assertEquals(exponential(x), y);
  for (const x of [-700, -20.5, -1, 1e-9, 0.5, 30, 700]) assertAlmostEquals(exponential(x) / Math.exp(x), 1, 1e-12);
});

Deno.test("annealing: idle chains go back to the best weights, and the temperature to its beginning", () => {
  const machine = anneal({ reheatAfter: 4 }, 1, 1e12, 7);
  const { rule, generation: { arrays } } = machine;
  const ages: number[] = [];
  let back = 0;
  for (let i = 0; i < 60; i++) {
    ages.push(rule.clockOf!("temperature", arrays)!);
    machine.step();
    if (rule.clockOf!("temperature", arrays) !== 0) continue;
    assertEquals(machine.rows[1], machine.rows[2]);
    back++;
  }
  assert(back > 2);
  assert(ages.every((age, i) => age === 0 || age === ages[i - 1] + 1 || i === 0));
  assertEquals(rule.clockOf!("sigma", arrays), null);
});

Deno.test("random search: the best so far, about which or about the start candidates are spread as sigma says", () => {
  for (const around of ["best", "start"] as const) {
    const members = 4000;
    const machine = new RuleMachine(randomSearch({ populationSize: members, around }).ruleFor(2), {
      start,
      objective: bowl,
      draws: new Draws(2),
      rates: { sigma: 0.5 },
    });
    let best = bowl(start);
    for (let i = 0; i < 3; i++) {
      const center = around === "start" || i === 0 ? start : machine.rows[members].slice();
      best = Math.min(best, machine.step());
      assertEquals(machine.chosen, members);
      assertEquals(bowl(machine.rows[members]), best);
      const values = machine.rows.slice(0, members).map((row) => row[0]);
      const mean = values.reduce((sum, v) => sum + v, 0) / members;
      const spread = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / members);
      // Five standard deviations of these estimates: 0.5 · 5 / √4000, and that / √2.
      assert(Math.abs(mean - center[0]) < 0.04 && Math.abs(spread - 0.5) < 0.028, `${mean} ${spread}`);
    }
  }
});
