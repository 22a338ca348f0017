import type { Internals } from "../../models/internals.ts";
import type { Symbolic } from "../../tensor/symbolic.ts";

/**
 * How a node is computed, as text: `matmul(x/0, dense/kernel)`, or with the formula, `sigmoid(dense/z) = 1 / (1 + exp(-x))`.
 *
 * @param nameOf what a node is called
 */
export function describeNode(
  { formulaOf, printExpression }: Internals,
  { op, inputs, attributes }: Symbolic,
  nameOf: (node: Symbolic) => string,
): string {
  if (op === "input" || op === "variable" || op === "cell") return "";
  if (op === "constant") return `${attributes.value}`;
  const name = op === "map" ? attributes.formula as string : op;
  const call = `${name}(${inputs.map(nameOf).join(", ")})`;
  if (op !== "map") return call;
  const { outputs } = formulaOf(name, (attributes.by ?? null) as string | null);
  const scalars = Object.entries((attributes.scalars ?? {}) as Record<string, number>);
  const where = scalars.length === 0 ? "" : `, ${scalars.map(([key, value]) => `${key} = ${value}`).join(", ")}`;
  return `${call} = ${printExpression(Object.values(outputs)[0])}${where}`;
}
