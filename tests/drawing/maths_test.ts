import { assertEquals } from "@std/assert";
import { latex } from "../../src/drawing/latex.ts";
import {
  call,
  fraction,
  group,
  joined,
  type Maths,
  name,
  number,
  partial,
  row,
  word,
} from "../../src/drawing/maths.ts";
import { mathsText } from "../../src/drawing/maths_text.ts";
import { mathml } from "../../src/drawing/mathml.ts";
import { typesetExpression } from "../../src/drawing/typeset_expression.ts";
import { add, div, exp, greater, mul, neg, select, sigmoid, sub } from "../../src/formula/build.ts";
import { erf } from "../../src/formula/erf.ts";
import { evaluate } from "../../src/formula/evaluate.ts";
import { constant, type Expression, scalar, vector } from "../../src/formula/expression.ts";
import type { Formula } from "../../src/formula/formula.ts";
import { backwardFormula } from "../../src/formula/formula_row.ts";
import { primitives } from "../../src/formula/primitives.ts";
import { allFormulaRows } from "../../src/ops/formulas.ts";
import { checkMarkup } from "./check_markup.ts";

const chain = row(
  partial(name("E"), name("w", 1, 2)),
  "=",
  joined("·", [group(row(name("ŷ"), "−", name("y"))), number(-1.5e-7), number(0.5)]),
);

Deno.test("a formula as text, MathML and LaTeX", () => {
  assertEquals(mathsText(chain), "∂E/∂w[1][2] = (ŷ − y) · −1.5e-7 · 0.5");
  assertEquals(
    latex(chain),
    "\\frac{\\partial E}{\\partial {w}_{1,2}} = \\left( \\hat{y} - y \\right) \\cdot -1.5 \\cdot 10^{-7} \\cdot 0.5",
  );
  const made = mathml(chain, { display: true }).text;
  checkMarkup(made);
  assertEquals(made.slice(0, 26), '<math displaystyle="true">');
  assertEquals(
    made.match(/<mfrac>.*?<\/mfrac>/)![0].replace(/<\/?\w+[^>]*>/g, "|").replace(/\|+/g, "|"),
    "|∂|E|∂|w|1,2|",
  );
});

Deno.test("names with markup, commands and control characters are shown as text", () => {
  const hostile = `\\input{x}$</math><script>alert(1)</script>&amp;\u001b[2J`;
  const m = row(name(hostile, hostile), "=", word(hostile));
  checkMarkup(mathml(m).text);
  assertEquals(mathml(m).text.includes("<script"), false);
  assertEquals(mathsText(m).includes("\u001b"), false);
  const text = latex(m);
  assertEquals(text.includes("\\input"), false);
  assertEquals(text.replace(/\\(text|textbackslash|\^|~)\{|\\[{}$&#%_]/g, "").match(/[$#%&~^\\]/), null);
});

Deno.test("typesetExpression puts parentheses where they matter", () => {
  const [x, y] = [vector("x"), vector("y")];
  const texts: [Expression, string][] = [
    [sub(x, sub(y, 1)), "x − (y − 1)"],
    [mul(sigmoid(x), sub(1, y)), "σ(x) · (1 − y)"],
    [div(mul(x, y), add(x, 3)), "(x · y)/(x + 3)"],
    [div(x, div(y, 3)), "x/(y/3)"],
    [neg(add(x, y)), "−(x + y)"],
    [mul(x, constant(-2e-7)), "x · −2e-7"],
    [select(greater(x, 0), x, mul(scalar("α"), exp(neg(x)))), "{ x if x > 0; α · e^(−x) }"],
  ];
  for (const [e, text] of texts) assertEquals(mathsText(typesetExpression(e)), text);
  assertEquals(mathsText(typesetExpression(mul(x, y), (text) => name(text, 7))), "x[7] · y[7]");
});

/** The shown text of a formula as JavaScript again: what a reader would compute. */
function read(text: string): string {
  let js = text.replaceAll("−", "-").replaceAll("·", "*").replaceAll("√", "sqrt").replaceAll("σ", "sigmoid")
    .replaceAll(" = ", " == ").replaceAll("≥", ">=").replace(/\|([^|]+)\|/g, "abs($1)")
    .replace(/\be\^\(/g, "exp(").replace(/\be\^(\w+)/g, "exp($1)");
  for (let before = ""; before !== js;) {
    before = js;
    js = js.replace(/\{ ([^{}]*?) if ([^{};]*); ([^{}]*) \}/g, "(+($2) ? ($1) : ($3))");
  }
  return js;
}

const FUNCTIONS = {
  ...Object.fromEntries(
    ["exp", "log", "tanh", "sin", "cos", "sqrt", "abs", "min", "max"].map((f) => [f, Reflect.get(Math, f)]),
  ),
  erf,
  sigmoid: primitives.sigmoid.evaluate,
  softplus: primitives.softplus.evaluate,
};

Deno.test("what is shown of every formula is what its kernel computes", () => {
  const formulas: Formula[] = allFormulaRows().flatMap((each) => [
    each.forward,
    ...each.by.map((by) => backwardFormula(each, by)),
  ]);
  for (const formula of formulas) {
    const names = [...formula.vectors, ...formula.scalars, ...formula.cells];
    for (const e of Object.values(formula.outputs)) {
      const maths: Maths = typesetExpression(e);
      checkMarkup(mathml(maths).text);
      const compute = new Function(...names, ...Object.keys(FUNCTIONS), `return ${read(mathsText(maths))}`);
      for (const at of [0.3, 0.7, -0.4, 1.9]) {
        const values = names.map((_, i) => at + 0.11 * i);
        const wanted = evaluate(e, Object.fromEntries(names.map((text, i) => [text, values[i]])));
        const found = Number(compute(...values, ...Object.values(FUNCTIONS)));
        // log1p and expm1 are shown as log(1 + x) and e^x − 1, and a fraction is divided in another order.
        const isClose = Object.is(found, wanted) || Math.abs(found - wanted) <= 1e-12 * Math.max(1, Math.abs(wanted));
        assertEquals(isClose, true, `${formula.name}: ${mathsText(maths)} at ${at}: ${found}, wanted ${wanted}`);
      }
    }
  }
});

Deno.test("calls and fractions within fractions", () => {
  assertEquals(
    mathsText(fraction(name("a"), fraction(name("b"), call("max", name("c"), number(0))))),
    "a/(b/max(c, 0))",
  );
});
