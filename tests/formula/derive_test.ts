import { assert, assertEquals } from "@std/assert";
import * as f from "../../src/formula/build.ts";
import { derive } from "../../src/formula/derive.ts";
import { evaluate } from "../../src/formula/evaluate.ts";
import { constant, type Expression, keyOf, vector } from "../../src/formula/expression.ts";
import { backwardFormula } from "../../src/formula/formula_row.ts";
import { allFormulaRows } from "../../src/ops/formulas.ts";

const x = vector("x");

/** Every primitive of x, with points inside its domain and away from kinks. */
const PRIMITIVES: Readonly<Record<string, readonly [Expression, readonly number[]]>> = {
  add: [f.add(x, 3), [-2, 0, 5]],
  sub: [f.sub(3, x), [-2, 0, 5]],
  mul: [f.mul(x, f.mul(x, x)), [-2, 0, 5]],
  div: [f.div(f.add(x, 1), f.add(f.square(x), 2)), [-2, 0, 5]],
  neg: [f.neg(f.square(x)), [-2, 3]],
  abs: [f.abs(x), [-2, 3]],
  min: [f.min(f.square(x), 4), [-3, -1, 1, 3]],
  max: [f.max(f.square(x), 4), [-3, -1, 1, 3]],
  sqrt: [f.sqrt(x), [0.3, 2, 50]],
  exp: [f.exp(f.mul(2, x)), [-2, 0, 3]],
  expm1: [f.expm1(x), [-2, 0, 3]],
  log: [f.log(x), [0.3, 2, 50]],
  log1p: [f.log1p(x), [-0.5, 0, 50]],
  tanh: [f.tanh(x), [-2, 0, 0.7]],
  sigmoid: [f.sigmoid(x), [-2, 0, 0.7]],
  erf: [f.erf(x), [-2, 0, 0.7]],
  sin: [f.sin(x), [-2, 0, 0.7]],
  cos: [f.cos(x), [-2, 0.3, 0.7]],
  softplus: [f.softplus(x), [-2, 0, 0.7]],
  select: [f.select(f.greater(x, 1), f.square(x), f.exp(x)), [-1, 0.5, 1.5]],
  greaterEqual: [f.select(f.greaterEqual(x, 1), f.square(x), f.exp(x)), [-1, 0.5, 1.5]],
  equal: [f.select(f.equal(x, 1), 0, f.exp(x)), [-1, 0.5]],
};

/** The derivative by x, by a five-point difference whose error is about 1e-11 of the values around. */
function difference(e: Expression, values: Readonly<Record<string, number>>, name: string): number {
  const h = 5e-4 * Math.max(1, Math.abs(values[name]));
  const at = (k: number): number => evaluate(e, { ...values, [name]: values[name] + k * h });
  return (at(-2) - 8 * at(-1) + 8 * at(1) - at(2)) / (12 * h);
}

for (const [name, [e, points]] of Object.entries(PRIMITIVES)) {
  Deno.test(`derive: ${name}`, () => {
    const slope = derive(e, "x");
    for (const at of points) {
      const want = difference(e, { x: at }, "x");
      const got = evaluate(slope, { x: at });
      assert(Math.abs(got - want) <= 1e-8 * Math.max(1, Math.abs(want)), `at ${at}: ${got}, by differences ${want}`);
    }
  });
}

Deno.test("derive: kinks take the documented value", () => {
  assertEquals(evaluate(derive(f.abs(x), "x"), { x: 0 }), 0);
  assertEquals(evaluate(derive(f.max(x, 0), "x"), { x: 0 }), 0.5);
  assertEquals(evaluate(derive(f.softplus(x), "x"), { x: 0 }), 0.5);
});

Deno.test("derive: a branch that is not taken contributes nothing", () => {
  const e = f.select(f.greater(x, 0), f.sqrt(x), 0);
  assertEquals(evaluate(derive(e, "x"), { x: 0 }), 0);
  assertEquals(derive(vector("a"), "x"), constant(0));
});

/** Points away from the kinks of the rows: and no two of them a margin apart. */
const VALUES = [-3.2, -1.3, -0.63, 0.123, 0.41, 0.77, 1.3, 2.2, 3.7, 7.1];
const SCALARS: Readonly<Record<string, number>> = {
  alpha: 0.8,
  negativeSlope: 0.2,
  threshold: 0.5,
  maxValue: 4,
  delta: 1.234,
};

Deno.test("every row's backward formula is the derivative of its forward formula", () => {
  for (const row of allFormulaRows()) {
    const names = row.forward.vectors;
    const scalars = Object.fromEntries(row.forward.scalars.map((name) => [name, SCALARS[name] ?? 1.5]));
    for (let i = 0; i < VALUES.length ** Math.min(names.length, 2); i++) {
      const values: Record<string, number> = { ...scalars, dy: 1.25 };
      names.forEach((name, j) => values[name] = VALUES[Math.floor(i / VALUES.length ** j) % VALUES.length] + 0.083 * j);
      values.y = evaluate(row.forward.outputs.y, values);
      if (!Number.isFinite(values.y)) continue;
      for (const name of row.by) {
        const want = 1.25 * difference(row.forward.outputs.y, values, name);
        const got = evaluate(backwardFormula(row, name).outputs.y, values);
        if (!Number.isFinite(want)) continue;
        const size = Math.max(1, Math.abs(want), Math.abs(values.y) / Math.max(1e-3, Math.abs(values[name])));
        assert(
          Math.abs(got - want) <= 1e-7 * size,
          `${row.id} by ${name} at ${JSON.stringify(values)}: ${got}, by differences ${want}`,
        );
      }
    }
  }
});

Deno.test("ids of formulas are unique, and no two kernels have one name", () => {
  const names = allFormulaRows().flatMap((
    row,
  ) => [row.forward.name, ...row.by.map((x) => backwardFormula(row, x).name)]);
  assertEquals(names.filter((name, i) => names.indexOf(name) !== i), []);
});

Deno.test("apply folds what is known", () => {
  const a = vector("a");
  const same = (e: Expression, want: Expression): void => assertEquals(keyOf(e), keyOf(want));
  same(f.add(a, 0), a);
  same(f.sub(0, a), f.neg(a));
  same(f.mul(a, 1), a);
  same(f.mul(a, 0), constant(0));
  same(f.mul(-1, f.neg(a)), a);
  same(f.div(a, 1), a);
  same(f.mul(2, constant(3)), constant(6));
  same(f.mul(x, f.select(f.greater(a, 0), 1, 0)), f.select(f.greater(a, 0), x, 0));
  same(f.mul(f.select(f.greater(a, 0), 0, a), x), f.select(f.greater(a, 0), 0, f.mul(a, x)));
});
