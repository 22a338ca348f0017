import type { StringTable } from "../../drawing/language.ts";

/** What is said of many trainings beside each other, in English. */
export const en = {
  rate: () => "rate",
  verdict: () => "verdict",
  solvedShare: () => "solved",
  loss: () => "loss",
  rises: () => "rises",
  swing: () => "swing",
  update: () => "update",
  curves: () => "loss of every seed",
  curvesTitle: (rate: string, loss: string) => `loss at rate ${rate}: ends at ${loss}`,
  too_small: () => "too small",
  good: () => "good",
  too_large: () => "too large",
  diverges: () => "diverges",
  unclear: () => "not the rate alone",
  trainedFor: (epochs: string, seeds: string, baseline: string) =>
    `${epochs} epochs, ${seeds} seeds; answering with the mean label has loss ${baseline}`,
  noSuggestion: () => "2/λmax is a rate to try for gradient descent without momentum alone",
  seriesName: () => "Hidden sizes and learning rates",
  seriesTitle: (epochs: string, seeds: string) => `after ${epochs} epochs: share of ${seeds} seeds that solve the task`,
  seriesLegend: (high: string) =>
    `Curves: loss of every seed, from 0 to ${high} and above. Maps: answers of the first seed, blue 0, orange 1, ` +
    "line at 0.5; circles: label 0, triangles: label 1.",
  hidden: (size: string) => `${size} hidden`,
  boundaryTitle: (size: string, rate: string) => `answers with ${size} hidden, rate ${rate}`,
  solvedBy: (percent: string) => `${percent} solved`,
  suggested: (rate: string) => `a good rate to try is 2/λmax = ${rate}`,
} satisfies StringTable;
