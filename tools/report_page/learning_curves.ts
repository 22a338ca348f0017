/// <reference lib="dom" />
import { line, plot, pointer, tip } from "npm:@observablehq/plot@0.6.17";
import type { ReportData, ReportTrial } from "../../src/search/report/report_data.ts";
import { describeTrial } from "./describe_trial.ts";
import { formatValue } from "./format_value.ts";
import type { ScoreColor } from "./score_color.ts";

interface Point {
  readonly epoch: number;
  readonly value: number | null;
  readonly trial: ReportTrial;
}

/** A curve for every trial: one number of its logs over the epochs. */
export function drawLearningCurves(
  data: ReportData,
  name: string,
  { color, width, isLog }: { color: ScoreColor; width: number; isLog: boolean },
): Element {
  const points: Point[] = [];
  for (const trial of data.trials.toReversed()) {
    for (
      const [epoch, value] of trial.curves !== undefined && Object.hasOwn(trial.curves, name) ? trial.curves[name] : []
    ) {
      points.push({ epoch, value: isLog && !(value! > 0) ? null : value, trial });
    }
  }
  const bestId = data.trials.find(({ score }) => score !== null)?.id;
  return plot({
    width,
    height: 360,
    marginLeft: 60,
    marginBottom: 42,
    x: {
      label: "epoch",
      labelAnchor: "center",
      tickFormat: (epoch: number) => Number.isInteger(epoch) ? String(epoch) : "",
    },
    y: {
      label: name,
      grid: true,
      type: isLog ? "log" : "linear",
      tickFormat: isLog ? formatValue : undefined,
      ticks: 6,
    },
    color: { ...color, unknown: "#8888" },
    marks: [
      line(points, {
        x: "epoch",
        y: "value",
        z: (point: Point) => point.trial.id,
        stroke: (point: Point) => point.trial.score,
        strokeWidth: 1.3,
        strokeOpacity: data.curveCount > 200 ? 0.3 : 0.75,
        ariaLabel: (point: Point) => `trial ${point.trial.id}`,
      }),
      line(points.filter(({ trial }) => trial.id === bestId), {
        x: "epoch",
        y: "value",
        stroke: "var(--accent)",
        strokeWidth: 3,
      }),
      tip(
        points.filter(({ value }) => value !== null),
        pointer({
          lineHeight: 1.25,
          x: "epoch",
          y: "value",
          title: ({ trial, epoch, value }: Point) =>
            `epoch ${epoch}: ${name} ${formatValue(value)}\n${describeTrial(trial, data.monitor)}`,
        }),
      ),
    ],
  });
}
