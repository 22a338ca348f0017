import { assertEquals } from "@std/assert";
import { add, div, exp, greater, mul, neg, select, sub } from "../../src/formula/build.ts";
import { erf } from "../../src/formula/erf.ts";
import { evaluate } from "../../src/formula/evaluate.ts";
import { constant, type Expression, scalar, vector } from "../../src/formula/expression.ts";
import type { Formula } from "../../src/formula/formula.ts";
import { backwardFormula } from "../../src/formula/formula_row.ts";
import { primitives } from "../../src/formula/primitives.ts";
import { printExpression } from "../../src/formula/print_expression.ts";
import { printFormula } from "../../src/formula/print_formula.ts";
import { allFormulaRows } from "../../src/ops/formulas.ts";
import { optimizers } from "../../mod.ts";

const [x, y] = [vector("x"), vector("y")];

Deno.test("printExpression puts parentheses where the order of computing would be another one without", () => {
  const texts: [Expression, string][] = [
    [add(add(x, y), 1), "x + y + 1"],
    [add(x, add(y, 1)), "x + (y + 1)"],
    [sub(x, sub(y, 1)), "x - (y - 1)"],
    [mul(add(x, 1), y), "(x + 1) * y"],
    [div(x, mul(y, 3)), "x / (y * 3)"],
    [mul(div(x, y), 3), "x / y * 3"],
    [neg(add(x, y)), "-(x + y)"],
    [sub(x, neg(y)), "x - -y"],
    [mul(x, constant(-2)), "x * -2"],
    [select(greater(x, 0), x, mul(scalar("alpha"), exp(x))), "x > 0 ? x : alpha * exp(x)"],
    [select(greater(x, 0), 1, select(greater(y, 0), 2, 3)), "x > 0 ? 1 : y > 0 ? 2 : 3"],
    [add(select(greater(x, 0), 1, 2), 3), "(x > 0 ? 1 : 2) + 3"],
  ];
  for (const [expression, text] of texts) assertEquals(printExpression(expression), text);
});

/** What the text of an expression may call. */
const FUNCTIONS: Record<string, unknown> = {
  ...Object.fromEntries(
    ["abs", "min", "max", "sqrt", "exp", "expm1", "log", "log1p", "tanh", "sin", "cos"].map((
      name,
    ) => [name, Math[name as "abs"]]),
  ),
  sigmoid: primitives.sigmoid.evaluate,
  softplus: primitives.softplus.evaluate,
  erf,
};

/** The value of a text, as JavaScript reads it. */
function valueOf(text: string, values: Readonly<Record<string, number>>): number {
  const names = { ...FUNCTIONS, ...values };
  return Number(new Function(...Object.keys(names), `return ${text};`)(...Object.values(names)));
}

Deno.test("what printFormula prints is JavaScript with the value of the formula, to the last bit, for every formula there is", () => {
  const formulas: Formula[] = allFormulaRows().flatMap((
    row,
  ) => [row.forward, ...row.by.map((v) => backwardFormula(row, v))]);
  let checked = 0;
  for (const { vectors, scalars, cells, outputs } of formulas) {
    for (const expression of Object.values(outputs)) {
      for (const shift of [0.3, -0.7, 2.1]) {
        const values = Object.fromEntries(
          [...vectors, ...scalars, ...cells].map((name, i) => [name, shift + 0.17 * i]),
        );
        const text = printExpression(expression);
        assertEquals(valueOf(text, values), evaluate(expression, values), text);
        checked++;
      }
    }
  }
  assertEquals(checked > 300, true, `${checked}`);
});

Deno.test("printFormula gives one line, or one for every output", () => {
  const { formula } = optimizers.sgd({ momentum: 0.9 }) as { formula?: Formula };
  assertEquals(
    printFormula(formula!),
    "sgd_step_momentum(w, g, momentum; mu, rate):\n  w = w + (mu * momentum - rate * g)\n  momentum = mu * momentum - rate * g",
  );
  const plain: Formula = { name: "twice", vectors: ["x"], scalars: [], cells: [], outputs: { y: mul(2, x) } };
  assertEquals(printFormula(plain), "twice(x): y = 2 * x");
});
