import type { Symbolic } from "../tensor/symbolic.ts";
import type { MergeRule } from "./merge.ts";

/**
 * The larger or the smaller of inputs with masks: where one is masked and the other is not, the other. Inputs are merged from the first to the
 * last, and what was merged has a mask as long as all of them have.
 */
export const pickUnmasked: MergeRule["mergeMasked"] = ({ ops }, inputs, masks, merge) => {
  let merged = inputs[0];
  let mask: Symbolic | null = masks[0];
  for (let i = 1; i < inputs.length; i++) {
    const own = masks[i];
    const x = own === null ? inputs[i] : ops.where(own, inputs[i], merged);
    const before = mask === null ? merged : ops.where(mask, merged, x);
    mask = mask === null || own === null ? null : ops.maximum(mask, own);
    merged = merge(before, x);
  }
  return merged;
};
