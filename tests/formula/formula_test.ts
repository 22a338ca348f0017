import { assertEquals } from "@std/assert";
import * as f from "../../src/formula/build.ts";
import { evaluateFormula } from "../../src/formula/evaluate.ts";
import { keyOf, scalar, substitute, vector } from "../../src/formula/expression.ts";
import { differentiate, formula } from "../../src/formula/formula.ts";
import { backwardFormula, backwardName, formulaRow } from "../../src/formula/formula_row.ts";

const x = vector("x");
const t = vector("t");

Deno.test("formula finds its vectors and scalars in order of use, unless they are given", () => {
  const y = f.mul(f.sub(x, t), f.add(scalar("b"), scalar("a")));
  assertEquals(formula("y_forward", y).vectors, ["x", "t"]);
  assertEquals(formula("y_forward", y).scalars, ["b", "a"]);
  assertEquals(formula("y_forward", y, { vectors: ["t", "x"], scalars: ["a", "b"] }).vectors, ["t", "x"]);
});

Deno.test("differentiate reads the output where it can, and only what it needs", () => {
  assertEquals(differentiate(formula("sigmoid_forward", f.sigmoid(x)), "x", "sigmoid_backward").vectors, ["dy", "y"]);
  assertEquals(differentiate(formula("square_forward", f.square(x)), "x", "square_backward").vectors, ["dy", "x"]);
  assertEquals(differentiate(formula("add_forward", f.add(x, t)), "x", "add_backward_x").vectors, ["dy"]);
  const scaled = differentiate(
    formula("scale_forward", f.add(f.mul(x, scalar("a")), scalar("b"))),
    "x",
    "scale_backward",
  );
  assertEquals([scaled.vectors, scaled.scalars], [["dy"], ["a"]]);
});

Deno.test("backward kernels are named after what they derive by", () => {
  const both = formulaRow("mul", f.mul(x, t));
  assertEquals(["x", "t"].map((name) => backwardName(both, name)), ["mul_backward_x", "mul_backward_t"]);
  assertEquals(backwardFormula(formulaRow("mul", f.mul(x, t), { by: ["t"] }), "t").name, "mul_backward");
});

Deno.test("a hand-written gradient takes the place of the derived one", () => {
  const row = formulaRow("relu", f.max(x, 0), { gradients: { x: f.select(f.greater(vector("y"), 0), 1, 0) } });
  const backward = backwardFormula(row, "x");
  assertEquals(backward.vectors, ["dy", "y"]);
  assertEquals([...evaluateFormula(backward, [[5, 5, 5], [2, 0, -1]], []).y], [5, 0, 0]);
});

Deno.test("evaluateFormula takes vectors, scalars and then cells in the formula's order", () => {
  const step = {
    name: "step",
    vectors: ["w", "g"],
    scalars: ["decay"],
    cells: ["rate"],
    outputs: {
      w: f.sub(vector("w"), f.mul(scalar("rate"), vector("g"))),
      m: f.mul(scalar("decay"), vector("g")),
    },
  };
  const { w, m } = evaluateFormula(step, [[1, 2], [10, 20]], [0.5, 0.1]);
  assertEquals([[...w], [...m]], [[0, 0], [5, 10]]);
});

Deno.test("substitute replaces equal subexpressions; keyOf tells −0 from 0", () => {
  const s = f.sigmoid(x);
  assertEquals(keyOf(substitute(f.mul(s, f.sub(1, f.sigmoid(vector("x")))), s, vector("y"))), "mul(v:y,sub(c:1,v:y))");
  assertEquals(keyOf({ kind: "constant", value: -0 }), "c:-0");
});
