import { activationFormulas } from "../src/activations/formulas.ts";
import { arithmetic } from "../src/ops/arithmetic.ts";
import type { EdgeEntry } from "./edge_entries.ts";

/** Elementwise formulas beside the activations that every edge runtime knows. */
const SMALL = ["abs", "add", "affine", "below_zero", "differs_from", "div", "mul", "sqrt", "square", "sub"];

/**
 * The formulas that an entry knows, by their ids, and those before it do not. What the first knows it must always know, since files rely on it.
 * A hand-written kernel says `@edge`, `@edge blocks` or `@edge sequences` in its row.
 */
export const edgeFormulas: Readonly<Record<EdgeEntry["name"], readonly string[]>> = {
  edge: [...activationFormulas.map((row) => row.id), ...SMALL].sort(),
  blocks: arithmetic.map((row) => row.id).filter((id) => !SMALL.includes(id)).sort(),
  sequences: [],
};
