import { activationFormulas } from "../src/activations/formulas.ts";

/** Elementwise formulas beside the activations that forward programs use. */
const ARITHMETIC = ["abs", "add", "affine", "below_zero", "differs_from", "div", "mul", "sqrt", "square", "sub"];

/**
 * The formulas that the edge runtime knows, by their ids. A hand-written kernel says `@edge` in its row. A layer that needs another kernel
 * cannot be compiled for the edge.
 */
export const edgeFormulas: readonly string[] = [...activationFormulas.map((row) => row.id), ...ARITHMETIC].sort();
