import { assert, assertEquals } from "@std/assert";
import { Draws } from "../../src/evolution/draws.ts";
import { optimizerTable } from "../../src/optimizers/gen/table.ts";
import { isPopulation, type PopulationOptimizer } from "../../src/optimizers/population_optimizer.ts";
import golden from "../golden/evolution.json" with { type: "json" };
import { RuleMachine } from "./rule_machine.ts";

/** The numbers that tests/golden/evolution.py draws. */
class FedDraws extends Draws {
  #state = 0;

  constructor() {
    super(0);
  }

  override at(step: number, member: number): this {
    this.#state = (step * 7919 + member * 104729 + 12345) % 2 ** 32;
    for (let i = 0; i < 3; i++) this.word();
    return this;
  }

  word(): number {
    return this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
  }

  override uniform(): number {
    return this.word() * 2 ** -32;
  }

  override normal(): number {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += this.uniform();
    return sum - 6;
  }
}

function rosenbrock(x: Float64Array): number {
  let sum = 0;
  for (let i = 1; i < x.length; i++) sum += 100 * (x[i] - x[i - 1] ** 2) ** 2 + (1 - x[i - 1]) ** 2;
  return sum;
}

// Both sides compute in float64, and add up in another order: some tens of roundings a generation, relative to numbers up to 1e4 apart.
const TOLERANCE = 1e-9;

function assertNear(found: ArrayLike<number>, expected: readonly number[], where: string): void {
  assertEquals(found.length, expected.length, where);
  expected.forEach((value, i) => {
    const error = Math.abs(found[i] - value);
    assert(error <= TOLERANCE * Math.max(1, Math.abs(value)), `${where}, element ${i}: ${found[i]}, golden ${value}`);
  });
}

interface GoldenCase {
  readonly options: object;
  readonly size: number;
  readonly generations: readonly {
    readonly best: number;
    readonly members?: readonly (readonly number[])[];
    readonly mean?: readonly number[];
    readonly sigma?: number;
    readonly diagonal?: readonly number[];
    readonly gradient?: readonly number[];
  }[];
}

for (const [id, cases] of Object.entries(golden) as unknown as [keyof typeof optimizerTable, GoldenCase[]][]) {
  for (const { options, size, generations } of cases) {
    Deno.test(`${id} ${JSON.stringify(options)}, ${size} weights: generations of the transcription`, () => {
      const optimizer = optimizerTable[id].create(options) as PopulationOptimizer;
      const machine = new RuleMachine(optimizer.ruleFor(size), {
        start: Float64Array.from({ length: size }, (_, i) => i % 2 === 0 ? -1 : 1),
        objective: rosenbrock,
        draws: new FedDraws(),
        rates: optimizer.rates as Record<string, number>,
        ...(id === "cma_es" ? { replace: (step: number) => generations[step].members! } : {}),
      });
      const { gradient, generation: { arrays, weights } } = machine;
      let best = Infinity;
      generations.forEach((expected, g) => {
        const where = `generation ${g}`;
        const found = machine.step();
        best = Math.min(best, found);
        const keepsBest = expected.mean === undefined && expected.gradient === undefined;
        assertNear([keepsBest ? best : found], [expected.best], `${where}, best`);
        if (expected.mean !== undefined) {
          assertNear(arrays.mean, expected.mean, `${where}, mean`);
          assertNear([arrays.numbers[0]], [expected.sigma!], `${where}, sigma`);
          const variances = arrays.variances ?? expected.mean.map((_, i) => arrays.covariance[i * size + i]);
          assertNear(variances, expected.diagonal!, `${where}, diagonal of the covariance`);
        } else if (expected.gradient !== undefined) {
          assertNear(gradient, expected.gradient, `${where}, gradient`);
          for (let i = 0; i < size; i++) weights[i] -= 0.05 * gradient[i];
        } else {
          expected.members!.forEach((member, row) => assertNear(machine.rows[row], member, `${where}, member ${row}`));
        }
      });
    });
  }
}

Deno.test("every method that is no walk of single steps has golden generations", () => {
  const missing = Object.keys(optimizerTable)
    .filter((id) => isPopulation(optimizerTable[id as "sgd"].create()) && !Object.hasOwn(golden, id));
  assertEquals(missing, ["random_search", "simulated_annealing"]); // tests/evolution/walks_test.ts
});
