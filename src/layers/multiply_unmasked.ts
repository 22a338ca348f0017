import type { Symbolic } from "../tensor/symbolic.ts";
import type { MergeRule } from "./merge.ts";

/** The product of inputs with masks: what is masked counts as 1, and the product is 0 where all are masked. */
export const multiplyUnmasked: MergeRule["mergeMasked"] = ({ ops }, inputs, masks, merge) => {
  const factors = inputs.map((x, i): Symbolic => {
    const mask = masks[i];
    return mask === null ? x : ops.where(mask, x, 1);
  });
  const product = factors.reduce(merge);
  const known = masks.filter((mask) => mask !== null);
  return known.length < masks.length ? product : ops.where(known.reduce((a, b) => ops.maximum(a, b)), product, 0);
};
