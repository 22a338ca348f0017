import { assert, assertEquals } from "@std/assert";
import { erf } from "../../src/formula/erf.ts";
import { primitives } from "../../src/formula/primitives.ts";

// mpmath 1.2 with 40 digits, rounded to 17: x, sigmoid(x), softplus(x), erf(x).
const KNOWN: readonly (readonly [number, number, number, number])[] = [
  [-100, 3.720075976020836e-44, 3.720075976020836e-44, -1.0],
  [-20.5, 1.2501528648238605e-09, 1.2501528656053015e-09, -1.0],
  [-3.25, 0.03732688734412946, 0.038041371687783126, -0.9999956972205363],
  [-1, 0.2689414213699951, 0.3132616875182228, -0.8427007929497149],
  [-0.1, 0.47502081252106, 0.6443966600735709, -0.1124629160182849],
  [-1e-10, 0.499999999975, 0.6931471805099453, -1.1283791670955126e-10],
  [0.0, 0.5, 0.6931471805599453, 0.0],
  [1e-20, 0.5, 0.6931471805599453, 1.1283791670955125e-20],
  [0.3, 0.574442516811659, 0.8543552444685271, 0.3286267594591274],
  [0.99, 0.7290879223493065, 1.3059609474567209, 0.8385080695553698],
  [1.0, 0.7310585786300049, 1.3132616875182228, 0.8427007929497149],
  [1.7, 0.8455347349164652, 1.8677860293862658, 0.9837904585907745],
  [2.0, 0.8807970779778824, 2.1269280110429727, 0.9953222650189527],
  [3.3, 0.9644288107273639, 3.336219258870659, 0.9999969422902035],
  [5.9, 0.9972680392369889, 5.902735699378536, 0.9999999999999999],
  [20.5, 0.9999999987498471, 20.500000001250154, 1.0],
  [100, 1.0, 100.0, 1.0],
];

Deno.test("primitives: sigmoid, softplus and erf agree with mpmath to 1e-15", () => {
  for (const [x, sigmoid, softplus, error] of KNOWN) {
    const near = (got: number, want: number, name: string): void =>
      assert(Math.abs(got - want) <= 1e-15 * Math.abs(want), `${name}(${x}) is ${got}, wanted ${want}`);
    near(primitives.sigmoid.evaluate(x), sigmoid, "sigmoid");
    near(primitives.softplus.evaluate(x), softplus, "softplus");
    near(erf(x), error, "erf");
  }
});

Deno.test("primitives: limits and NaN", () => {
  assertEquals([-Infinity, Infinity].map((x) => primitives.sigmoid.evaluate(x)), [0, 1]);
  assertEquals([-Infinity, Infinity].map((x) => primitives.softplus.evaluate(x)), [0, Infinity]);
  assertEquals([-Infinity, -0, Infinity].map(erf), [-1, -0, 1]);
  for (const name of ["sigmoid", "softplus", "erf", "exp", "tanh"] as const) {
    assertEquals(primitives[name].evaluate(NaN), NaN);
  }
  assertEquals([primitives.min.evaluate(NaN, 1), primitives.max.evaluate(1, NaN)], [NaN, NaN]);
});

Deno.test("primitives: comparisons give 1 or 0, also for NaN", () => {
  const { greater, greaterEqual, equal, select } = primitives;
  assertEquals([greater.evaluate(2, 1), greater.evaluate(1, 1), greater.evaluate(NaN, 1)], [1, 0, 0]);
  assertEquals([greaterEqual.evaluate(1, 1), greaterEqual.evaluate(0, 1), greaterEqual.evaluate(NaN, 1)], [1, 0, 0]);
  assertEquals([equal.evaluate(-0, 0), equal.evaluate(NaN, NaN)], [1, 0]);
  assertEquals([select.evaluate(1, 5, 6), select.evaluate(0, 5, 6)], [5, 6]);
});

Deno.test("primitives: as many operands as their arity says", () => {
  for (const [name, { arity, evaluate }] of Object.entries(primitives)) {
    if (!evaluate.toString().includes("...")) assert(evaluate.length === arity, `${name} takes ${evaluate.length}`);
  }
});
