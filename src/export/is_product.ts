import type { Symbolic } from "../tensor/symbolic.ts";

/** Whether a node of a folded graph is a product with a matrix of weights, as it lies, and with a bias of weights if there is one. */
export function isProduct({ op, inputs, attributes }: Symbolic): boolean {
  const [, kernel, bias] = inputs;
  return op === "matmul" && !attributes.transposeA && !attributes.transposeB && kernel.op === "variable" &&
    kernel.shape.length === 2 && (bias === undefined || bias.op === "variable");
}
