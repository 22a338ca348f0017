import type { Formula } from "./formula.ts";
import { printExpression } from "./print_expression.ts";

/**
 * A formula as text, one line an output: `elu_forward(x; alpha): y = x > 0 ? x : alpha * expm1(x)`. Behind the semicolon stand the numbers
 * that are the same for every element: scalars, then cells, which may change from step to step.
 */
export function printFormula({ name, vectors, scalars, cells, outputs }: Formula): string {
  const numbers = [...scalars, ...cells];
  const head = `${name}(${vectors.join(", ")}${numbers.length === 0 ? "" : `; ${numbers.join(", ")}`})`;
  const lines = Object.entries(outputs).map(([output, expression]) => `${output} = ${printExpression(expression)}`);
  return lines.length === 1 ? `${head}: ${lines[0]}` : [`${head}:`, ...lines.map((line) => `  ${line}`)].join("\n");
}
