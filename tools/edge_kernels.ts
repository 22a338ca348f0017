import { activationFormulas } from "../src/activations/formulas.ts";
import { arithmetic } from "../src/ops/arithmetic.ts";

/** Elementwise formulas beside the activations that every edge runtime knows. */
const SMALL = ["abs", "add", "affine", "below_zero", "differs_from", "div", "mul", "sqrt", "square", "sub"];

/**
 * The formulas that `retroprop/edge` knows, by their ids, and those that only `retroprop/edge/blocks` knows besides. What the first knows it
 * must always know, since files rely on it. A hand-written kernel says `@edge` or `@edge blocks` in its row.
 */
export const edgeFormulas: { readonly small: readonly string[]; readonly blocks: readonly string[] } = {
  small: [...activationFormulas.map((row) => row.id), ...SMALL].sort(),
  blocks: arithmetic.map((row) => row.id).filter((id) => !SMALL.includes(id)).sort(),
};
