import { mul, sub } from "../formula/build.ts";
import { scalar, substitute, vector } from "../formula/expression.ts";
import type { Formula } from "../formula/formula.ts";

/**
 * The same step, taken from w − w · decay: weight decay apart from the gradient (Loshchilov and Hutter 2019, arXiv:1711.05101),
 * fused so that the weights are read once. The new last cell `decay` is weightDecay · learningRate.
 */
export function withWeightDecay(formula: Formula): Formula {
  const w = vector("w");
  const decayed = sub(w, mul(w, scalar("decay")));
  const outputs = Object.fromEntries(
    Object.entries(formula.outputs).map(([name, e]) => [name, substitute(e, w, decayed)]),
  );
  return { ...formula, name: `${formula.name}_decay`, cells: [...formula.cells, "decay"], outputs };
}
