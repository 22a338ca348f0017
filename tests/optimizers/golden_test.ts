import { assert, assertEquals } from "@std/assert";
import type { Optimizer } from "../../src/optimizers/optimizer.ts";
import golden from "../golden/optimizers.json" with { type: "json" };
import { OptimizerMachine } from "./optimizer_machine.ts";
import { beginReference, takeReferenceStep } from "./reference_step.ts";
import { gradientOptimizers, resolveGradientOptimizer as resolveOptimizer } from "./gradient_optimizers.ts";

// Five steps in float64: some tens of roundings of 1.1e-16 each, relative to weights up to 4.
const FLOAT64_TOLERANCE = 1e-12;
// Five steps in float32: every step rounds the weight (6e-8 · |w|) and is itself right to about 1e-6 of its size, which is below 1.
const FLOAT32_TOLERANCE = 1e-6;

/** One variable of six elements, or several of different shapes. */
interface Setting {
  readonly variables: readonly { readonly name: string; readonly shape: number[] }[];
  readonly initial: readonly number[][];
  /** By step and variable. */
  readonly gradients: readonly number[][][];
}

const single: Setting = {
  variables: [{ name: "w", shape: [6] }],
  initial: [golden.initial],
  gradients: golden.gradients.map((g) => [g]),
};
const layered: Setting = {
  variables: golden.layers.names.map((name, i) => ({ name, shape: golden.layers.shapes[i] })),
  initial: golden.layers.initial,
  gradients: golden.layers.gradients,
};
const cases = [
  ...golden.cases.map((row) => {
    const slots: Record<string, number[][]> = "slots" in row ? row.slots as object as Record<string, number[][]> : {};
    return { ...row, weights: row.weights.map((w) => [w]), slots, setting: single };
  }),
  ...golden.layered.map((row) => ({ ...row, slots: {}, setting: layered })),
];

function assertNear(found: ArrayLike<number>, expected: readonly number[], tolerance: number, where: string): void {
  assertEquals(found.length, expected.length);
  expected.forEach((value, i) => {
    const error = Math.abs(found[i] - value);
    assert(error <= tolerance * Math.max(1, Math.abs(value)), `${where}, weight ${i}: ${found[i]}, golden ${value}`);
  });
}

function rateOf({ learningRate }: Optimizer, iteration: number): number {
  return typeof learningRate === "number" ? learningRate : learningRate.at(iteration);
}

for (const [i, { optimizer: id, options, source, weights, slots, setting }] of cases.entries()) {
  const { variables, initial, gradients } = setting;
  const name = `optimizer ${id}, case ${i} (${source}) ${JSON.stringify(options)}`;
  const create = () => resolveOptimizer({ id, config: options as unknown as Optimizer["config"] });

  Deno.test(`${name}: the rule in float64`, () => {
    const optimizer = create();
    const states = variables.map((variable, v) => beginReference(optimizer, variable, initial[v]));
    gradients.forEach((of, step) => {
      states.forEach((state, v) => {
        takeReferenceStep(optimizer, state, of[v], { iteration: step, rate: rateOf(optimizer, step) });
        assertNear(state.w, weights[step][v], FLOAT64_TOLERANCE, `step ${step}, ${state.name}`);
        for (const [slot, values] of Object.entries(slots)) {
          assertNear(state.slots[slot], values[step], FLOAT64_TOLERANCE, `step ${step}, slot ${slot}`);
        }
      });
    });
  });

  for (const numerics of ["fast", "portable"] as const) {
    Deno.test(`${name}: the ${numerics} kernels in float32`, () => {
      const machine = new OptimizerMachine(create(), variables, { numerics });
      initial.forEach((values, v) => machine.values(v).set(values));
      gradients.forEach((of, step) => {
        machine.train(...of);
        variables.forEach(({ name }, v) =>
          assertNear(machine.values(v), weights[step][v], FLOAT32_TOLERANCE, `step ${step}, ${name}`)
        );
        for (const [slot, values] of Object.entries(slots)) {
          assertNear(machine.values(0, `slot/${slot}`), values[step], FLOAT32_TOLERANCE, `step ${step}, slot ${slot}`);
        }
      });
    });
  }
}

Deno.test("optimizers: every row has golden steps", () => {
  const covered = new Set(cases.map(({ optimizer }) => optimizer));
  assertEquals(gradientOptimizers.filter((id) => !covered.has(id)), []);
});
