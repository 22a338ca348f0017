import type { TracedOptimizer } from "./optimizer.ts";
import { type CommonParts, settleCommon } from "./settle_common.ts";

/** What sets one traced optimizer apart from the others. */
export type TracedParts = CommonParts & Pick<TracedOptimizer, "cells" | "cellCount" | "slotsOf" | "decayOf" | "step">;

/** Makes an optimizer whose step is traced: checks the common options and puts the saved form together. */
export function buildTracedOptimizer(parts: TracedParts): TracedOptimizer {
  const { cells, cellCount, slotsOf, decayOf, step } = parts;
  const own = decayOf === undefined ? {} : { decayOf };
  return Object.freeze({ ...settleCommon(parts), cells, cellCount, slotsOf, ...own, step });
}
