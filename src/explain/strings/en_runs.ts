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
  planeTitle: () => "loss over a plane of the weights",
  planePrincipal: (both: string, first: string, second: string) =>
    `the plane shows ${both} % of how the points of the paths differ (${first} % + ${second} %)`,
  planeRandom: () => "the plane of two random directions, filter-normalised, through the model's weights",
  planeHessian: (largest: string, smallest: string) =>
    `the plane of the steepest curve (λmax ${largest}) and the one that curves least (λmin ${smallest}) at the model's weights`,
  planeModel: (loss: string) => `the model has loss ${loss}`,
  planePath: (label: string, from: string, to: string, distance: string, gap: string) =>
    `${label}: loss ${from} → ${to}; up to ${distance} beside the plane, where its loss is up to ${gap} from that of the map`,
  planeMarks: () => "points have the colour of their true loss; the largest one is the end",
  direction: (name: string) => `direction ${name}`,
} satisfies StringTable;
