import { formatShape } from "../tensor/format_shape.ts";
import type { Symbolic } from "../tensor/symbolic.ts";

/**
 * Nodes of a graph as text, one line each: `%7 = matmul(%3, %5) [32, 4] {"transposeA":true}  dense`, with the layer at the end that it was
 * traced from. A leaf has its name instead of inputs, a formula stands under its own name.
 */
export function printGraph(nodes: readonly Symbolic[]): string {
  return nodes.map(printNode).join("\n");
}

function printNode({ id, op, inputs, attributes, shape, layer }: Symbolic): string {
  const { name, formula, shape: _, ...rest } = attributes;
  const isLeaf = typeof name === "string";
  const what = isLeaf
    ? `${op} ${JSON.stringify(name)}`
    : `${formula ?? op}(${inputs.map((input) => `%${input.id}`).join(", ")})`;
  const settings = Object.entries(rest).filter(([, value]) => JSON.stringify(value) !== "{}");
  const text = settings.length === 0 ? "" : ` ${JSON.stringify(Object.fromEntries(settings))}`;
  return `%${id} = ${what} ${formatShape(shape)}${text}${layer === "" ? "" : `  ${layer}`}`;
}
