/// <reference lib="dom" />
import { dot, line, plot, pointer, tip } from "npm:@observablehq/plot@0.6.17";
import type { ReportData, ReportTrial } from "../../src/search/report/report_data.ts";
import { describeTrial } from "./describe_trial.ts";
import { formatValue } from "./format_value.ts";
import type { ScoreColor } from "./score_color.ts";

const MOST_DOTS = 3000;

/** The score of every trial by its number, and the best so far. */
export function drawSearchProgress(data: ReportData, color: ScoreColor, width: number): Element {
  const trials = data.trials.filter(({ score }) => score !== null).toSorted((a, b) => a.id - b.id);
  const sign = data.direction === "max" ? 1 : -1;
  const steps: { id: number; score: number }[] = [];
  for (const { id, score, status } of trials) {
    const last = steps.at(-1);
    if (status === "done" && (last === undefined || sign * (score! - last.score) > 0)) {
      steps.push({ id, score: score! });
    }
  }
  if (steps.length > 0) steps.push({ id: trials.at(-1)!.id, score: steps.at(-1)!.score });
  const dots = trials.filter((_, i) => i % Math.ceil(trials.length / MOST_DOTS) === 0);
  const scores = trials.map(({ score }) => score!).sort((a, b) => sign * (a - b));
  const worst = scores[Math.floor(scores.length * 0.02)]; // a few hopeless trials must not press all others together
  return plot({
    width,
    height: 300,
    marginLeft: 60,
    marginBottom: 42,
    x: { label: "trial", labelAnchor: "center", tickFormat: (id: number) => Number.isInteger(id) ? String(id) : "" },
    y: {
      label: data.monitor,
      grid: true,
      ticks: 6,
      tickFormat: formatValue,
      domain: extent([worst, scores.at(-1)!]),
      clamp: true,
      nice: true,
    },
    color,
    marks: [
      line(steps, { x: "id", y: "score", curve: "step-after", stroke: "var(--accent)", strokeWidth: 2 }),
      dot(dots, { x: "id", y: "score", fill: "score", r: 3 }),
      tip(
        dots,
        pointer({
          lineHeight: 1.25,
          x: "id",
          y: "score",
          title: (trial: ReportTrial) => describeTrial(trial, data.monitor),
        }),
      ),
    ],
  });
}

function extent([a, b]: readonly [number, number]): [number, number] {
  return a === b ? [a - 0.5, b + 0.5] : [Math.min(a, b), Math.max(a, b)];
}
