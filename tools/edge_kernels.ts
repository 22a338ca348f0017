import { activationFormulas } from "../src/activations/formulas.ts";

/** Elementwise formulas beside the activations that forward programs use. */
const ARITHMETIC = ["abs", "add", "affine", "below_zero", "div", "mul", "sqrt", "square", "sub"];

/** The formulas that the edge runtime knows, by their ids. */
export const edgeFormulas: readonly string[] = [...activationFormulas.map((row) => row.id), ...ARITHMETIC].sort();

/** The hand-written kernels that it uses besides. */
const HAND_WRITTEN = [
  "edge_matmul",
  "edge_pack",
  "l2_normalize_forward",
  "log_softmax_forward",
  "max_rows_forward",
  "normalize_columns_forward",
  "normalize_columns_offset_forward",
  "scale_columns_forward",
  "scale_rows_forward",
  "softmax_forward",
  "sum_rows_forward",
];

/** The kernels of the edge runtime's wasm. A layer that needs another one cannot be compiled for it. */
export const edgeKernels: readonly string[] = [...edgeFormulas.map((id) => `${id}_forward`), ...HAND_WRITTEN].sort();
