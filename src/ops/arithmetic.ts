import {
  abs,
  add,
  cos,
  div,
  equal,
  erf,
  exp,
  expm1,
  greater,
  greaterEqual,
  log,
  log1p,
  max,
  min,
  mul,
  neg,
  select,
  sign,
  sin,
  sqrt,
  square,
  sub,
} from "../formula/build.ts";
import { scalar, vector } from "../formula/expression.ts";
import { type FormulaRow, formulaRow } from "../formula/formula_row.ts";

const a = vector("a");
const b = vector("b");
const y = vector("y");
const limit = scalar("limit");
const [low, high] = [scalar("low"), scalar("high")];

/** Plain arithmetic between tensors of one shape, and with a number. */
export const arithmetic: readonly FormulaRow[] = [
  formulaRow("add", add(a, b)),
  formulaRow("sub", sub(a, b)),
  formulaRow("mul", mul(a, b)),
  formulaRow("div", div(a, b)),
  formulaRow("maximum", max(a, b)),
  formulaRow("minimum", min(a, b)),
  formulaRow("abs", abs(a)),
  formulaRow("square", square(a)),
  formulaRow("sqrt", sqrt(a)),
  formulaRow("sign", sign(a), { by: [] }),
  formulaRow("expm1", expm1(a)),
  formulaRow("log", log(a)),
  formulaRow("log1p", log1p(a)),
  formulaRow("erf", erf(a)),
  formulaRow("sin", sin(a)),
  formulaRow("cos", cos(a)),
  // For a < 0 the logarithm is NaN, at 0 it is −∞: exponents of 0 and 1 are told apart, where 0 · −∞ would be NaN.
  formulaRow("power", select(equal(b, 0), 1, exp(mul(b, log(a)))), {
    vectors: ["a", "b"],
    gradients: {
      a: select(equal(b, 0), 0, mul(b, select(equal(b, 1), 1, exp(mul(sub(b, 1), log(a)))))),
      b: select(equal(y, 0), 0, select(equal(b, 0), select(equal(a, 0), 0, log(a)), mul(y, log(a)))),
    },
  }),
  formulaRow("greater", select(greater(a, b), 1, 0), { by: [] }),
  formulaRow("greater_equal", select(greaterEqual(a, b), 1, 0), { by: [] }),
  formulaRow("equal", select(equal(a, b), 1, 0), { by: [] }),
  formulaRow("not_equal", select(equal(a, b), 0, 1), { by: [] }),
  formulaRow("where", select(equal(vector("c"), 0), b, a), { vectors: ["c", "a", "b"], by: ["a", "b"] }),
  // With a number. At a limit nothing flows back but through `clip`, as in PyTorch's `clamp`.
  formulaRow("differs_from", select(equal(a, scalar("value")), 0, 1), { by: [] }),
  formulaRow("at_least", max(a, limit), { gradients: { a: select(greater(a, limit), 1, 0) } }),
  formulaRow("at_most", min(a, limit), { gradients: { a: select(greater(limit, a), 1, 0) } }),
  formulaRow("clip", min(max(a, low), high), {
    gradients: { a: select(greater(low, a), 0, select(greater(a, high), 0, 1)) },
  }),
  formulaRow("divided_by", div(a, scalar("divisor"))),
  formulaRow("quotient_of", div(scalar("dividend"), a), { gradients: { a: neg(div(y, a)) } }),
  formulaRow("affine", add(mul(a, scalar("scale")), scalar("offset"))),
  // min(x, 0): what a learned slope multiplies.
  formulaRow("below_zero", min(a, 0)),
  // Keras's Normalization divides by max(σ, 1e-7).
  formulaRow("deviation", max(sqrt(a), 1e-7), { by: [] }),
  formulaRow("inverse_deviation", div(1, max(sqrt(a), 1e-7)), { by: [] }),
  // The slope of the norm a, times b: b / a, and 0 at the norm 0.
  formulaRow("norm_slope", select(greater(a, 0), div(b, a), 0), { by: [] }),
];
