import type { Symbolic } from "../tensor/symbolic.ts";

/** Whether a node of a folded graph is a convolution as the edge runtimes have them: without groups, with a kernel of weights. */
export function isConvolution({ op, inputs, attributes }: Symbolic): boolean {
  const [, kernel, bias] = inputs;
  return op === "conv" && attributes.groups === 1 && kernel.op === "variable" &&
    (bias === undefined || bias.op === "variable");
}
