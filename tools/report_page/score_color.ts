import type { ReportData } from "../../src/search/report/report_data.ts";

/** The scale of colours for scores that all charts share, as Plot takes it. */
export interface ScoreColor {
  readonly type: "linear";
  readonly domain: readonly [worst: number, best: number];
  readonly scheme: "viridis";
  readonly range: readonly [number, number];
  readonly clamp: true;
  readonly label: string;
}

/**
 * Colours from the worst score to the best. The worst tenth shares one colour, so that a few hopeless trials do not make all others look
 * alike. The best stands out from the page: bright on a dark one, dark on a bright one.
 */
export function scoreColor(data: ReportData, isDark: boolean): ScoreColor {
  const scores = data.trials.flatMap(({ score }) => score === null ? [] : [score]);
  scores.sort((a, b) => data.direction === "max" ? b - a : a - b);
  const best = scores[0] ?? 0;
  const worst = scores[Math.floor((scores.length - 1) * 0.9)] ?? 1;
  return {
    type: "linear",
    domain: [worst, best === worst ? best + 1e-12 : best],
    scheme: "viridis",
    range: isDark ? [0.15, 1] : [0.95, 0.05],
    clamp: true,
    label: data.monitor,
  };
}
