import { assert, assertEquals } from "@std/assert";
import { evaluateFormula } from "../../src/formula/evaluate.ts";
import type { Optimizer } from "../../src/optimizers/optimizer.ts";
import { resolveOptimizer } from "../../src/optimizers/resolve_optimizer.ts";
import { OPTIMIZERS } from "../../src/optimizers/table.ts";
import golden from "../golden/optimizers.json" with { type: "json" };
import { OptimizerMachine } from "./optimizer_machine.ts";

// Five steps in float64: some tens of roundings of 1.1e-16 each, relative to weights up to 4.
const FLOAT64_TOLERANCE = 1e-12;
// Five steps in float32: every step rounds the weight (6e-8 · |w|) and is itself right to about 1e-6 of its size, which is below 1.
const FLOAT32_TOLERANCE = 1e-6;

function assertNear(found: ArrayLike<number>, expected: readonly number[], tolerance: number, step: number): void {
  expected.forEach((value, i) => {
    const error = Math.abs(found[i] - value);
    assert(
      error <= tolerance * Math.max(1, Math.abs(value)),
      `step ${step}, weight ${i}: ${found[i]}, golden ${value}`,
    );
  });
}

function rateOf({ learningRate }: Optimizer, iteration: number): number {
  return typeof learningRate === "number" ? learningRate : learningRate.at(iteration);
}

for (const [i, { optimizer: id, options, source, weights }] of golden.cases.entries()) {
  const name = `optimizer ${id}, case ${i} (${source}) ${JSON.stringify(options)}`;
  const create = () => resolveOptimizer({ id, config: options as unknown as Optimizer["config"] });

  Deno.test(`${name}: the formula in float64`, () => {
    const optimizer = create();
    const { formula } = optimizer;
    let w = Float64Array.from(golden.initial);
    const slots = optimizer.slots.map(({ initial }) => new Float64Array(w.length).fill(initial));
    golden.gradients.forEach((g, step) => {
      const numbers = [...optimizer.scalars, ...optimizer.cells(step, rateOf(optimizer, step))];
      const outputs = evaluateFormula(formula, [w, g, ...slots], numbers);
      w = Float64Array.from(outputs["w"]);
      optimizer.slots.forEach((slot, j) => slots[j] = Float64Array.from(outputs[slot.name]));
      assertNear(w, weights[step], FLOAT64_TOLERANCE, step);
    });
  });

  for (const numerics of ["fast", "portable"] as const) {
    Deno.test(`${name}: the ${numerics} kernels in float32`, () => {
      const machine = new OptimizerMachine(create(), [{ name: "w", shape: [6] }], { numerics });
      machine.values(0).set(golden.initial);
      golden.gradients.forEach((g, step) => {
        machine.train(g);
        assertNear(machine.values(0), weights[step], FLOAT32_TOLERANCE, step);
      });
    });
  }
}

Deno.test("optimizers: every row has golden steps", () => {
  const covered = new Set(golden.cases.map(({ optimizer }) => optimizer));
  assertEquals(Object.keys(OPTIMIZERS).filter((id) => !covered.has(id)), []);
});
