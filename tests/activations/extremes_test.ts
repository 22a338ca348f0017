import { assert, assertEquals } from "@std/assert";
import { activationFormulas } from "../../src/activations/formulas.ts";
import { activationTable } from "../../src/activations/gen/table.ts";
import { backwardFormula, type FormulaRow } from "../../src/formula/formula_row.ts";
import { evaluateFloat32 } from "../formula/evaluate_float32.ts";

const SIZES = [
  0,
  1e-45,
  1e-38,
  1e-30,
  1e-8,
  0.1,
  0.5,
  1,
  3,
  6,
  16,
  17,
  20,
  40,
  44,
  50,
  87,
  88,
  89,
  103,
  104,
  710,
  1e4,
  1e12,
  1e19,
  1e20,
  1e30,
  3e38,
];
const POINTS = SIZES.flatMap((size) => [size, -size]);

/** Options that are common, and ones at the limits of what is allowed; of others the default. */
const SCALARS: Readonly<Record<string, readonly number[]>> = {
  alpha: [1, 0.7, 1e-3, 30],
  negativeSlope: [0, 0.2, 1],
  threshold: [0, 0.5, 2],
  maxValue: [0, 6],
  defaultValue: [-2, 0],
};

function choices({ forward }: FormulaRow): Record<string, number>[] {
  const owner = Object.values(activationTable).find(({ formulas }) => formulas.some((row) => row.forward === forward))!;
  const valuesOf = (name: string): readonly number[] => SCALARS[name] ?? [owner.create().config[name] as number];
  return forward.scalars.reduce<Record<string, number>[]>(
    (all, name) => all.flatMap((values) => valuesOf(name).map((value) => ({ ...values, [name]: value }))),
    [{}],
  );
}

for (const row of activationFormulas) {
  Deno.test(`${row.id}: no NaN in float32 for finite x, forward and backward`, () => {
    const backward = backwardFormula(row, "x");
    for (const scalars of choices(row)) {
      for (const at of POINTS) {
        const x = Math.fround(at);
        const y = evaluateFloat32(row.forward, { ...scalars, x });
        const dx = evaluateFloat32(backward, { ...scalars, x, y, dy: 1 });
        const where = `at ${x} with ${JSON.stringify(scalars)}`;
        if (row.id === "exponential" && x > 88) {
          assertEquals([y, dx], [Infinity, Infinity], where);
        } else {
          assert(Number.isFinite(y), `y is ${y} ${where}`);
          assert(Number.isFinite(dx), `dx is ${dx} ${where}`);
        }
      }
    }
  });

  Deno.test(`${row.id}: NaN stays NaN`, () => {
    for (const scalars of choices(row)) {
      assertEquals(evaluateFloat32(row.forward, { ...scalars, x: NaN }), NaN);
    }
  });
}

Deno.test("what needs no x does not keep it", () => {
  const byOutput = activationFormulas.filter((row) => !backwardFormula(row, "x").vectors.includes("x")).map((row) =>
    row.id
  );
  const known = [
    "celu",
    "elu",
    "exponential",
    "hard_shrink",
    "hard_sigmoid",
    "hard_tanh",
    "leaky_relu",
    "relu",
    "relu6",
    "selu",
    "sigmoid",
    "soft_shrink",
    "softsign",
    "tanh",
  ];
  assertEquals(known.filter((id) => !byOutput.includes(id)), []);
});
