/// <reference lib="dom" />
import { line, plot, pointer, ruleX, text, tip } from "npm:@observablehq/plot@0.6.17";
import type { ReportData, ReportTrial } from "../../src/search/report/report_data.ts";
import { thinOut } from "../../src/search/report/thin_out.ts";
import { describeTrial } from "./describe_trial.ts";
import { formatValue } from "./format_value.ts";
import { layParameter } from "./lay_parameter.ts";
import type { ScoreColor } from "./score_color.ts";

const MOST_LINES = 1000;

interface Point {
  readonly axis: string;
  readonly at: number;
  readonly trial: ReportTrial;
}

/** A line for every trial, through its value on an axis for every parameter and its score on the last. */
export function drawParallelCoordinates(data: ReportData, color: ScoreColor, width: number): Element {
  const scored = thinOut(data.trials.filter(({ score }) => score !== null), MOST_LINES);
  const [worst, best] = color.domain;
  const scoreAt = (score: number): number => Math.min(1, Math.max(0, (score - worst) / (best - worst)));
  const axes = data.parameters.map((parameter, i) => {
    return { key: String(i), name: parameter.name, ...layParameter(parameter, scored) };
  });
  const keyOfScore = "score";
  const points: Point[] = [];
  for (const trial of scored.toReversed()) { // the best on top
    for (const { key, position } of axes) {
      const at = position(trial);
      if (at !== undefined) points.push({ axis: key, at, trial });
    }
    points.push({ axis: keyOfScore, at: scoreAt(trial.score!), trial });
  }
  const ticks = axes.flatMap(({ key, ticks }) => ticks.map(({ at, label }) => ({ axis: key, at, label: cut(label) })));
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    const label = formatValue(Number((worst + (best - worst) * share).toPrecision(4)));
    ticks.push({ axis: keyOfScore, at: share, label });
  }
  const keys = [...axes.map(({ key }) => key), keyOfScore];
  const names = new Map([...axes.map(({ key, name }): [string, string] => [key, name]), [keyOfScore, data.monitor]]);
  const bestId = scored[0]?.id;
  return plot({
    width: Math.max(width, 90 * keys.length),
    height: 380,
    marginTop: 34,
    marginBottom: 16,
    marginLeft: 40,
    marginRight: 60,
    x: { type: "point", domain: keys, axis: null, padding: 0.08 },
    y: { domain: [0, 1], axis: null },
    color,
    marks: [
      ruleX(keys, { strokeOpacity: 0.35 }),
      line(points, {
        x: "axis",
        y: "at",
        z: (point: Point) => point.trial.id,
        stroke: (point: Point) => point.trial.score,
        strokeWidth: 1.5,
        strokeOpacity: scored.length > 200 ? 0.35 : 0.7,
        ariaLabel: (point: Point) => `trial ${point.trial.id}`,
      }),
      line(points.filter(({ trial }) => trial.id === bestId), {
        x: "axis",
        y: "at",
        stroke: "var(--accent)",
        strokeWidth: 3.5,
      }),
      text(keys, {
        x: (key: string) => key,
        y: 1,
        dy: -18,
        text: (key: string) => cut(names.get(key)!),
        fontWeight: "bold",
      }),
      text(ticks, {
        x: "axis",
        y: "at",
        text: "label",
        textAnchor: "start",
        dx: 5,
        stroke: "var(--card)",
        strokeWidth: 4,
        fill: "currentColor",
      }),
      tip(
        points,
        pointer({
          lineHeight: 1.25,
          x: "axis",
          y: "at",
          title: (point: Point) => describeTrial(point.trial, data.monitor),
        }),
      ),
    ],
  });
}

function cut(text: string): string {
  return text.length <= 16 ? text : `${text.slice(0, 15)}…`;
}
