import { l1 } from "./l1.ts";
import { l1L2 } from "./l1_l2.ts";
import { l2 } from "./l2.ts";
import { orthogonalRegularizer } from "./orthogonal_regularizer.ts";
import type { Regularizer } from "./regularizer.ts";

/** The names of the regularizers. */
export type RegularizerName = "l1" | "l2" | "l1_l2" | "orthogonal_regularizer";

/** The regularizers by name: each makes a regularizer from its options, which it checks. */
export const REGULARIZERS: Readonly<Record<RegularizerName, (options?: Record<string, never>) => Regularizer>> = {
  l1,
  l2,
  l1_l2: l1L2,
  orthogonal_regularizer: orthogonalRegularizer,
};
