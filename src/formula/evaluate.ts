import type { Expression } from "./expression.ts";
import type { Formula } from "./formula.ts";
import { primitives } from "./primitives.ts";

/** The float64 value of an expression, given the values of its names. */
export function evaluate(e: Expression, values: Readonly<Record<string, number>>): number {
  switch (e.kind) {
    case "constant":
      return e.value;
    case "vector":
    case "scalar":
      return values[e.name];
    case "apply":
      if (e.primitive === "select") {
        return evaluate(e.operands[0], values) !== 0
          ? evaluate(e.operands[1], values)
          : evaluate(e.operands[2], values);
      }
      return primitives[e.primitive].evaluate(...e.operands.map((operand) => evaluate(operand, values)));
  }
}

/**
 * The float64 outputs of a formula over whole arrays: the reference that kernels are held against.
 *
 * @param vectors one array a vector, in the formula's order, all of one length
 * @param scalars the scalars and then the cells, in the formula's order
 */
export function evaluateFormula(
  formula: Formula,
  vectors: readonly ArrayLike<number>[],
  scalars: readonly number[],
): Record<string, Float64Array> {
  const length = vectors[0].length;
  const values: Record<string, number> = {};
  [...formula.scalars, ...formula.cells].forEach((name, i) => values[name] = scalars[i]);
  const names = Object.keys(formula.outputs);
  const outputs: Record<string, Float64Array> = {};
  for (const name of names) outputs[name] = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    formula.vectors.forEach((name, j) => values[name] = vectors[j][i]);
    for (const name of names) outputs[name][i] = evaluate(formula.outputs[name], values);
  }
  return outputs;
}
