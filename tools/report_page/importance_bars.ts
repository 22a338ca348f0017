/// <reference lib="dom" />
import { largestOf } from "../../src/tensor/largest_of.ts";
import { barX, plot, text } from "npm:@observablehq/plot@0.6.17";
import type { ReportParameter } from "../../src/search/report/report_data.ts";

/** A bar for every parameter: how much of the score's variation it explains. */
export function drawImportanceBars(parameters: readonly ReportParameter[], width: number): Element {
  const sorted = parameters.toSorted((a, b) => (b.importance ?? 0) - (a.importance ?? 0));
  const keys = sorted.map((_, i) => i);
  const share = (i: number): number => sorted[i].importance ?? 0;
  return plot({
    width,
    height: 30 + 30 * keys.length,
    marginLeft: 156,
    marginRight: 50,
    x: { axis: null, domain: [0, largestOf(keys.map(share), 1e-9)] },
    y: { domain: keys, label: null, tickSize: 0, tickFormat: (i: number) => cut(sorted[i].name) },
    marks: [
      barX(keys, { x: share, y: (i: number) => i, fill: "var(--accent)", insetTop: 3, insetBottom: 3 }),
      text(keys, {
        x: share,
        y: (i: number) => i,
        text: (i: number) => `${(100 * share(i)).toFixed(share(i) < 0.1 ? 1 : 0)} %`,
        textAnchor: "start",
        dx: 6,
      }),
    ],
  });
}

function cut(text: string): string {
  return text.length <= 20 ? text : `${text.slice(0, 19)}…`;
}
