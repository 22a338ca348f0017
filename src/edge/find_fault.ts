import { addUp, readSum } from "./operations.ts";
import type { PlannedCall } from "./runtime.ts";

/** The rule that a call breaks beyond those of its single arguments: how counts must fit together, and working memory. */
export function findFault({ operation: { parameters, checks }, fixed, perRow }: PlannedCall): string | undefined {
  for (const check of checks) {
    // Two sums: the first must not be larger, or with something behind them must divide the other.
    const sums = check.split("~").map(readSum);
    const [left, right] = sums.map((sum) => addUp(sum, fixed));
    const holds = sums.length > 2 ? right % left === 0 : left <= right;
    if (!holds || sums.flat(2).some((i) => perRow[i] > 0)) return "its counts must fit each other, for every sample";
  }
  const works = fixed.filter((_, i) => parameters[i].letter === "T");
  if (new Set(works.map((at) => at < 0)).size > 1) return "working memory must be there as a whole or not at all";
  return undefined;
}
