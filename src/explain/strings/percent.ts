import { formatNumber } from "../../drawing/format_number.ts";

/** A share of 1 in percent: `82 %`, `0.04 %`. */
export function percent(share: number): string {
  return `${formatNumber(100 * share, 2)} %`;
}
