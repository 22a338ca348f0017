import type { Pruner } from "./pruner.ts";
import { asha } from "./asha.ts";
import { halving } from "./halving.ts";
import { median } from "./median.ts";
import { none } from "./none.ts";

/** The names of the pruners. */
export type PrunerName = "none" | "asha" | "halving" | "median";

/** The pruners by name: each makes a pruner from its options, which it checks. */
export const PRUNERS: Readonly<Record<PrunerName, (options?: Record<string, never>) => Pruner>> = {
  none,
  asha,
  halving,
  median,
};
