import type { Builder, Symbolic } from "../tensor/symbolic.ts";

/**
 * What `yPred` was computed from, if it is the output of a sigmoid or of a softmax (also under another shape with the same
 * last axis): the logits, in the shape of `yPred`. Null if it is not.
 *
 * The losses go on from there in a form that neither overflows nor takes the logarithm of 0.
 */
export function findLogits(g: Builder, yPred: Symbolic, activation: "sigmoid" | "softmax"): Symbolic | null {
  const width = yPred.shape[yPred.shape.length - 1];
  let node = yPred;
  while (node.op === "reshape") node = node.inputs[0];
  const found = activation === "softmax"
    ? node.op === "softmax" && node.shape[node.shape.length - 1] === width
    : node.op === "map" && node.attributes.formula === "sigmoid" && (node.attributes.by ?? null) === null;
  if (!found) return null;
  return node === yPred ? node.inputs[0] : g.apply("reshape", [node.inputs[0]], { shape: yPred.shape });
}
